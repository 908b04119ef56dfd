import { expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

test("settings are added, edited and deleted; each success of an edit names all ids", async () => {
  const { mcc, post } = inMemory({ rspamdSettings: [{ desc: "one", content: " a ", active: 1 }] });
  await mcc.rspamdSettings.add({ desc: "two", content: "b" });
  expect(codesIn(await post("edit/rsetting", { items: [1, 2], attr: { active: 0 } }))).toEqual([
    ["object_modified", "1,2"],
    ["object_modified", "1,2"],
  ]);
  expect(await mcc.rspamdSettings.list()).toMatchObject([{ content: "a", active: 0 }, { content: "b" }]);
  await mcc.rspamdSettings.delete(1);
  expect(await mcc.rspamdSettings.get(1)).toBeNull();
});

test("a missing description kills the call, after the content was looked at", async () => {
  const { post } = inMemory();
  expect(codesIn(await post("add/rsetting", {}))).toEqual(["map_content_empty"]);
  expect(await post("add/rsetting", { content: "a" })).toBe("");
});
