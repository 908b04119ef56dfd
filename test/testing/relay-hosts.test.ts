import { expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

test("a relay host names who uses it; those of domains are freed when it goes, those of mailboxes are not", async () => {
  const { mcc } = inMemory({ domains: [{ domain: "a.test", mailboxes: ["ann"] }], relayHosts: [{ hostname: "r:25" }] });
  await mcc.domains.edit("a.test", { relayhost: 1 });
  await mcc.mailboxes.edit("ann@a.test", { relayhost: 1 });
  expect(await mcc.relayHosts.get(1)).toMatchObject({ used_by_domains: "a.test", used_by_mailboxes: "ann@a.test" });
  await mcc.relayHosts.delete(1);
  expect(await mcc.domains.get("a.test")).toMatchObject({ relayhost: "0" });
  expect(await mcc.mailboxes.get("ann@a.test")).toMatchObject({ attributes: { relayhost: "1" } });
});

test("colons are escaped by add, twice in passwords, and not by edit", async () => {
  const { mailcow, post } = inMemory();
  const names = { hostname: "r", username: "a:b", password: "c:d" };
  await post("add/relayhost", names);
  expect(mailcow.look("get/relayhost/1")).toMatchObject({ username: "a\\:b", password: "c\\\\:d" });
  await post("edit/relayhost", { items: [1], attr: names });
  expect(mailcow.look("get/relayhost/1")).toMatchObject({ username: "a:b", password: "c:d", password_short: "c:d..." });
});

test("what the database refuses, mailcow passes on", async () => {
  const { post } = inMemory({ relayHosts: [{ hostname: "r" }] });
  const edit = async (item: unknown, attr: object) => codesIn(await post("edit/relayhost", { items: [item], attr }));
  const error = (...errorInfo: unknown[]) => [["mysql_error", { errorInfo }]];
  expect(await edit(1, { username: "u".repeat(256) })).toEqual(
    error("22001", 1406, "Data too long for column 'username' at row 1"),
  );
  expect(await edit(1, { active: 128 })).toEqual(
    error("22003", 1264, "Out of range value for column 'active' at row 1"),
  );
  expect(await edit("1x", {})).toEqual(error("22007", 1292, "Truncated incorrect DECIMAL value: '1x'"));
  expect(codesIn(await post("delete/relayhost", ["1x", "x"]))).toEqual([
    ["relayhost_removed", "1x"],
    ["relayhost_removed", "x"],
  ]);
});
