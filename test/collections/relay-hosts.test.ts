import { describe, expect, test } from "vitest";
import type { MailcowApiClient } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { allAdded, none, testMethods } from "../support/methods.ts";
import { testNumberedRows } from "../support/numbered-rows.ts";
import { expectRefused, rejectionOf } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";
import { serverOfRows } from "../support/server-of-rows.ts";

const file = "35-relayhost";
const smtp = { hostname: "smtp.example.com:587", username: "user", password: "secret" };
// The mock lists the same before and after, so that nothing would be new.
const answers = { "GET /api/v1/get/relayhost/all": [none] };

testMethods("relayHosts", {
  list: (mcc, options) => mcc.relayHosts.list(options),
  get: (mcc, options) => mcc.relayHosts.get(1, options),
  add: { run: (mcc, options) => mcc.relayHosts.add(smtp, options), answers },
  addMany: { run: async (mcc, options) => allAdded(await mcc.relayHosts.addMany([smtp], options)), answers },
  edit: (mcc, options) => mcc.relayHosts.edit(1, { username: "ann" }, options),
  delete: (mcc, options) => mcc.relayHosts.delete([1, 2], options),
});

testNumberedRows({
  file,
  word: "relayhost",
  of: (mcc) => mcc.relayHosts,
  one: "by id; the password is plain",
  add: {
    input: { hostname: " b1-one.test:587", username: "user", password: "secret" },
    sent: { hostname: "b1-one.test:587", username: "user", password: "secret" },
    said: "same hostname again",
    id: 8,
  },
  many: { good: "same hostname again", bad: "hostname 0", code: "invalid_host", list: "several", id: 8 },
  before: "one",
  edit: { said: "active as a string", attr: { active: "1" }, refused: "unknown only", code: "relayhost_invalid" },
});

describe("add", () => {
  test("throws mailcow's code for an invalid hostname", async () => {
    const { mcc } = await replay(recorded(file, "none", "all"), recorded(file, "hostname 0", "add/relayhost"));
    expect((await rejectionOf(mcc.relayHosts.add({ hostname: "0" }))).codes).toEqual(["invalid_host"]);
  });
});

const spellings = [
  [" SMTP.Example.com:587 ", "smtp.example.com:587"],
  ["[Bücher.example]:25", "[xn--bcher-kva.example]:25"],
  ["2001:DB8:0:0::1", "2001:db8::1"],
] as const;

test.each(spellings)("add, edit: send the host %j in the spelling that mailcow looks up", async (hostname, stored) => {
  const other = { id: 3, hostname: "else.example.com" };
  const { mcc, server } = await serverOfRows([other], [other, { id: 4, hostname: stored }]);
  expect(await mcc.relayHosts.add({ hostname })).toMatchObject({ id: 4 });
  await mcc.relayHosts.edit("4", { hostname });
  expect(bodiesOf(server)).toEqual([{ hostname: stored }, { items: ["4"], attr: { hostname: stored } }]);
});

describe("credentials that Postfix would not send unchanged [guard everywhere/colons]", () => {
  const host = { hostname: "smtp.example.com" };
  test.each<[string, (mcc: MailcowApiClient) => Promise<unknown>, RegExp]>([
    [
      "add: a user name with a colon",
      (mcc) => mcc.relayHosts.add({ ...host, username: "a:b" }),
      /username must be a text without colons/,
    ],
    [
      "add: a password with a colon",
      (mcc) => mcc.relayHosts.add({ ...host, password: "c:d" }),
      /password must be a text without colons \(set one/,
    ],
    [
      "add: a password with a blank at its end",
      (mcc) => mcc.relayHosts.add({ ...host, password: "p " }),
      /without blanks around it/,
    ],
    [
      "edit: a user name with a colon",
      (mcc) => mcc.relayHosts.edit(1, { username: "a:b" }),
      /username must be a text without colons/,
    ],
    [
      "edit: a password with a blank before it",
      (mcc) => mcc.relayHosts.edit(1, { password: " p" }),
      /without blanks around it/,
    ],
  ])("%s is refused", (_, call, message) => expectRefused(call, message));

  test("edit: a password with colons is sent, because mailcow does not change it there", async () => {
    const { mcc, server } = await clientOf({ "edit/relayhost": success("object_modified", "") });
    await mcc.relayHosts.edit(1, { username: "", password: "c:d e" });
    expect(bodiesOf(server)).toEqual([{ items: [1], attr: { username: "", password: "c:d e" } }]);
  });
});

describe("edit", () => {
  test("refuses an edit without attributes", async () => {
    await expectRefused((mcc) => mcc.relayHosts.edit(1, {}), /^edit\/relayhost: .*given: at least one of hostname/);
  });

  test("sends several ids in one call, and names the unknown one", async () => {
    const { mcc, server } = await replay(recorded(file, "several, one unknown", "edit/relayhost"));
    const { failures, succeeded } = await rejectionOf(mcc.relayHosts.edit([1, 999999, 2], { active: 0 }));
    expect([failures, succeeded]).toMatchObject([[{ id: 999999 }], [{ id: 1 }, { id: 2 }]]);
    expect(bodiesOf(server)).toHaveLength(1);
  });
});
