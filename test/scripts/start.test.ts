import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { recording } from "../../scripts/lib/story.ts";
import { script } from "../support/project.ts";

const methods = [
  ...["getDomain", "addDomain", "editDomain", "deleteDomain", "addDKIM", "getDKIM", "deleteDKIM", "addAndGetDKIM"],
  ...["addDomainAdmin", "addMailbox", "deleteMailbox", "addAlias", "updateMailboxes", "getMailboxes"],
];

describe("npm start", () => {
  test("calls every documented method on a mailcow in memory, and shows what docs/start.svg shows", async () => {
    const { code, stdout } = await script(".", "start");
    expect(code).toBe(0);
    for (const method of methods) expect(stdout).toContain(`mcc.${method}(`);
    const picture = readFileSync("docs/start.svg", "utf8");
    const shown = [...picture.matchAll(/<text [^>]*>(.*)<\/text>/g)].map(([, text = ""]) => text).join("");
    const [, , ...lines] = stdout.split("\n");
    expect(shown.replace(/^\$ npm start/, "").replace(/\s/g, "")).toBe(lines.join("").replace(/\s/g, ""));
  });

  test("refuses an unknown option", async () => {
    const { code, stderr } = await script(".", "start", "--wirte");
    expect([code, stderr]).toEqual([1, "start: the only option is --write\n"]);
  });
});

test("docs/start.svg is up to date; if not, run: npm run recording", async () => {
  expect(await recording()).toBe(readFileSync("docs/start.svg", "utf8"));
});
