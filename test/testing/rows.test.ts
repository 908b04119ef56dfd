import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Validator } from "../../scripts/lib/conformance/validator.ts";
import { files } from "../../scripts/lib/files.ts";
import { MailcowInputError } from "../../src/index.ts";
import { row } from "../../src/testing/index.ts";

const validator = new Validator(JSON.parse(readFileSync(files.contract, "utf8")));
const names = Object.keys(row) as (keyof typeof row)[];
const differencesOf = (name: string, value: unknown) =>
  validator.differences(value, ["components", "schemas", name.charAt(0).toUpperCase() + name.slice(1)]);

describe("row", () => {
  test.each(names)("%s is as the contract describes it", (name) => {
    expect(differencesOf(name, row[name]())).toEqual([]);
    expect(differencesOf(name, { ...row[name](), unheard_of: 1 })).not.toEqual([]);
  });

  test("has what tests of programs need", () => {
    const needed = ["domain", "mailbox", "alias", "aliasDomain", "domainAdmin", "admin", "dkimKey", "appPassword"];
    expect(names).toEqual(expect.arrayContaining([...needed, "syncJob", "resource", "quarantineItem", "syslogLine"]));
  });

  test("has the fields that are given", () => {
    const full = row.domain({ mboxes_left: 0 });
    expect(full).toEqual({ ...row.domain(), mboxes_left: 0 });
    expect(row.watchdogLogLine({ message: "up" })).toMatchObject({ message: "up", service: "Nginx" });
  });

  test("is a new one each time, down to its lists", () => {
    row.mailbox().attributes.sogo_access = "none";
    expect(row.mailbox().attributes.sogo_access).not.toBe("none");
  });

  test("refuses a field that there is not", () => {
    const misspelled = () => row.domain({ mbox_left: 3 } as object);
    expect(misspelled).toThrow(MailcowInputError);
    expect(misspelled).toThrow('unknown field "mbox_left"; did you mean "mboxes_left"?');
  });
});
