import { expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

const policy = {
  domain: "a.test",
  version: "STSv1",
  mode: "enforce",
  mx: " *.Mx.test, b.test",
  max_age: 86_400,
} as const;

test("a policy is kept, says nothing when it is added, and goes with its domain", async () => {
  const { mailcow, mcc, post } = inMemory({ domains: ["a.test"] });
  expect(await post("add/mta-sts", policy)).toEqual({ type: "success", msg: "Task completed" });
  await mcc.mtaSts.edit("a.test", { mode: "testing" });
  expect(mailcow.state.tables["mta_sts"]).toMatchObject([
    { mode: "testing", mx: "*.Mx.test,b.test", max_age: "86400", active: 0 },
  ]);
  await mcc.domains.delete("a.test");
  expect(mailcow.state.tables["mta_sts"]).toEqual([]);
});

test("the first wrong field is named, and a second policy is the database's to refuse", async () => {
  const { post } = inMemory({ domains: ["a.test"], mtaSts: [policy] });
  const add = async (fields: object) => codesIn(await post("add/mta-sts", { ...policy, ...fields }));
  expect(await add({ mode: "on", max_age: 0 })).toEqual([["mode_invalid", "a.test"]]);
  expect(await add({ max_age: 31_536_001 })).toEqual([["max_age_invalid", "a.test"]]);
  expect(await add({ mx: "b.test,<c>" })).toEqual([["mx_invalid", "&lt;c&gt;"]]);
  expect(await add({})).toEqual([
    "SQLSTATE[23000]: Integrity constraint violation: 1062 Duplicate entry 'a.test' for key 'PRIMARY'",
  ]);
  const edit = { items: ["a.test"], attr: { mode: "none" } };
  expect(codesIn(await post("edit/mta-sts", edit))).toEqual([["version_invalid", "STSv1"]]);
});

test("releases before 2025-09 have no such route", async () => {
  const { post } = inMemory({ domains: ["a.test"], mailcow: "2025-05" });
  expect(await post("add/mta-sts", policy)).toEqual({ type: "error", msg: "route not found" });
});
