import { describe, expect, test } from "vitest";
import type { MailcowApiClient } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { allAdded, none, testMethods } from "../support/methods.ts";
import { testNumberedRows } from "../support/numbered-rows.ts";
import { expectRefused, rejectionOf } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";

const file = "36-transport";
const nexthop = "relay.example.com";
/** As the mock lists it, and what is there before. */
const listed = { destination: "example.net", nexthop: "[relay.example.com]:587" };
const answers = { "GET /api/v1/get/transport/all": [none] };

testMethods("transports", {
  list: (mcc, options) => mcc.transports.list(options),
  get: (mcc, options) => mcc.transports.get(4, options),
  add: { run: (mcc, options) => mcc.transports.add(listed, options), answers },
  addMany: { run: async (mcc, options) => allAdded(await mcc.transports.addMany([listed], options)), answers },
  edit: [
    (mcc, options) => mcc.transports.edit(4, { nexthop: "relay.example.org", username: "new", password: "p" }, options),
    (mcc, options) => mcc.transports.edit(3, { nexthop: "[relay.example.net]:587" }, options),
  ],
  delete: (mcc, options) => mcc.transports.delete([3, 4], options),
});

testNumberedRows({
  file,
  word: "transport",
  of: (mcc) => mcc.transports,
  one: "by id; the password is plain",
  add: {
    input: { destination: " b1-b.test ", nexthop: "b1-plain.test" },
    sent: { destination: "b1-b.test", nexthop: "b1-plain.test", active: 1 },
    said: "minimal: inactive, by destination",
    id: 4,
  },
  many: {
    good: "minimal: inactive, by destination",
    bad: "destination exists",
    code: "transport_dest_exists",
    list: "several",
    id: 4,
  },
  before: "several",
  edit: { said: "active 0", attr: { active: 0 }, refused: "unknown only", code: "relayhost_invalid" },
});

describe("add", () => {
  test("throws mailcow's code if the next hop has another user name", async () => {
    const { mcc } = await replay(recorded(file, "same next hop, other user name", "add/transport"));
    const add = mcc.transports.add({ destination: "b1-x.test", nexthop: "[b1-hop.test]:587", username: "else" });
    expect((await rejectionOf(add)).codes).toEqual(["invalid_nexthop_authenticated"]);
  });

  test.each(["a.example.net,b.example.net", "a.example.net b.example.net", "^mx[0-9]{1,3}$", "a;b"])(
    "refuses a destination that mailcow would split: %j [guard transports/split-destination]",
    async (destination) => {
      await expectRefused(
        (mcc) => mcc.transports.add({ destination, nexthop }),
        /destination must be a single destination/,
      );
    },
  );

  test("refuses is_mx_based: 2, which would turn off all checks [guard transports/unchecked-destination]", async () => {
    const transport = { destination: "example.net", nexthop, is_mx_based: 2 as never };
    await expectRefused((mcc) => mcc.transports.add(transport), /is_mx_based must be/);
  });
});

describe("credentials that Postfix would not send unchanged [guard everywhere/colons]", () => {
  const transport = { destination: "example.net", nexthop };
  test.each<[string, (mcc: MailcowApiClient) => Promise<unknown>, RegExp]>([
    [
      "add: a user name with a colon",
      (mcc) => mcc.transports.add({ ...transport, username: "a:b" }),
      /username must be a text without colons/,
    ],
    [
      "add: a password with a colon",
      (mcc) => mcc.transports.add({ ...transport, username: "a", password: "c:d" }),
      /password must be a text without colons/,
    ],
    [
      "edit: a user name with a colon",
      (mcc) => mcc.transports.edit(1, { username: "a:b" }),
      /username must be a text without colons/,
    ],
    [
      "edit: a password with a blank before it",
      (mcc) => mcc.transports.edit(1, { username: "a", password: " p" }),
      /without blanks around it/,
    ],
  ])("%s is refused", (_, call, message) => expectRefused(call, message));
});

describe("destinations", () => {
  const spellings = [
    [" Bücher.Example ", "xn--bcher-kva.example"],
    [".Bücher.example", ".xn--bcher-kva.example"],
    ["Ann@Bücher.example", "Ann@xn--bcher-kva.example"],
    ["*", "*"],
  ] as const;
  test.each(spellings)("are sent as punycode: %j [guard everywhere/punycode]", async (destination, stored) => {
    const { mcc, server } = await clientOf({
      "add/transport": success("relayhost_added", ""),
      "edit/transport": success("object_modified", ""),
      "get/transport/all": [{ id: 4, is_mx_based: 0, destination: stored, nexthop, username: "", password: "" }],
    });
    expect(await mcc.transports.add({ destination, nexthop: " Relay.Example.COM " })).toMatchObject({ id: 4 });
    await mcc.transports.edit(4, { destination });
    expect(bodiesOf(server)).toEqual([
      { destination: stored, nexthop, active: 1 },
      { items: [4], attr: { destination: stored } },
    ]);
  });

  test.each(["MX.Bücher.example", "Mx1.Example.com", "^Mx\\d+\\."])(
    "are sent unchanged if they are patterns: %j",
    async (destination) => {
      const { mcc, server } = await clientOf({
        "add/transport": success("relayhost_added", ""),
        "edit/transport": success("object_modified", ""),
        "get/transport/all": [
          { id: 4, is_mx_based: 1, destination, nexthop, username: "", password: "" },
          { id: 5, is_mx_based: 0, destination: "example.net", nexthop, username: "", password: "" },
        ],
      });
      expect(await mcc.transports.add({ destination, nexthop, is_mx_based: true })).toMatchObject({ id: 4 });
      await mcc.transports.edit(4, { destination });
      await mcc.transports.edit(5, { destination, is_mx_based: "1" });
      expect(bodiesOf(server)).toEqual([
        { destination, nexthop, is_mx_based: true, active: 1 },
        { items: [4], attr: { destination } },
        { items: [5], attr: { destination, is_mx_based: "1" } },
      ]);
    },
  );

  test("are sent in mailcow's spelling for each of several transports", async () => {
    const { mcc, server } = await clientOf({
      "edit/transport": success("object_modified", ""),
      "get/transport/all": [{ id: 4, is_mx_based: 1, destination: "x", nexthop, username: "", password: "" }],
    });
    await mcc.transports.edit([4, 5], { destination: "MX.example" });
    expect(bodiesOf(server)).toEqual([
      { items: [4], attr: { destination: "MX.example" } },
      { items: [5], attr: { destination: "mx.example" } },
    ]);
  });

  test("are refused if they are too long in punycode", async () => {
    const destination = `${"ü".repeat(60)}.`.repeat(4);
    await expectRefused((mcc) => mcc.transports.edit(4, { destination }), /destination must be/);
  });
});

describe("edit", () => {
  test("sends one call per id, and continues after a refusal, although mailcow would stop [guard everywhere/which-item]", async () => {
    const { mcc, server } = await replay(
      recorded(file, "destination exists", "edit/transport"),
      recorded(file, "active 0", "edit/transport"),
    );
    const edit = mcc.transports.edit([7, 4], { destination: "b1-a.test" });
    const { failures, succeeded } = await rejectionOf(edit);
    expect([failures, succeeded]).toMatchObject([[{ id: 7 }], [{ id: 4 }]]);
    expect(bodiesOf(server)).toMatchObject([{ items: [7] }, { items: [4] }]);
  });

  test("sends a pattern with a comma, which mailcow does not split in an edit", async () => {
    const { mcc, server } = await clientOf({ "edit/transport": success("object_modified", "") });
    await mcc.transports.edit(1, { destination: "^mx[0-9]{1,3}$", is_mx_based: 1 });
    expect(bodiesOf(server)).toEqual([{ items: [1], attr: { destination: "^mx[0-9]{1,3}$", is_mx_based: 1 } }]);
  });

  test("refuses an edit without attributes", async () => {
    await expectRefused(
      (mcc) => mcc.transports.edit(1, {}),
      /^edit\/transport: the input must be given: at least one of/,
    );
  });

  test("refuses false, which mailcow would ignore [guard transports/ignored-false]", async () => {
    await expectRefused((mcc) => mcc.transports.edit(1, { active: false as never }), /active must be/);
  });
});

describe("add and edit to a next hop that other transports use with credentials", () => {
  const rows = [
    { id: 1, nexthop: "[Relay.example.com]:587", username: "user", password: "pw" },
    { id: 2, nexthop: "[198.51.100.7]", username: "other", password: "pw" },
    { id: 3, nexthop: "else.example.com", username: "", password: "" },
    { id: 4, nexthop: "else.example.com", username: "user", password: "pw" },
    { id: 5, nexthop: "fifth.example.com", username: "user", password: "another" },
  ];
  const answers = {
    "get/transport/all": rows,
    "add/transport": success("relayhost_added", ""),
    "edit/transport": success("object_modified", ""),
  };

  test.each<[string, (mcc: MailcowApiClient) => Promise<unknown>]>([
    ["an added transport", (mcc) => mcc.transports.add({ destination: "a.test", nexthop: "[relay.example.com]:587" })],
    [
      "an added transport to its bare address",
      (mcc) => mcc.transports.add({ destination: "a.test", nexthop: "198.51.100.7" }),
    ],
    ["a transport that moves there", (mcc) => mcc.transports.edit(3, { nexthop: "[relay.example.com]:587" })],
    ["one of several transports that move there", (mcc) => mcc.transports.edit([4, 3], { nexthop: "new.example.com" })],
    [
      "a transport that moves there with another password",
      (mcc) => mcc.transports.edit(5, { nexthop: "[relay.example.com]:587" }),
    ],
  ])(
    "refuse %s without credentials, which would clear the credentials of all transports to it [guard transports/shared-credentials]",
    async (_, call) => {
      await expectRefused(call, /username must be given/, answers);
    },
  );

  test("accept a transport with credentials, a transport with equal ones, and a transport that is not moved", async () => {
    const { mcc, server } = await clientOf(answers);
    const given = { username: "new", password: "pw2" };
    await mcc.transports.add({ destination: "a.test", nexthop: "[relay.example.com]:587", ...given }, { read: false });
    await mcc.transports.edit(4, { nexthop: "[relay.example.com]:587" });
    await mcc.transports.edit(3, { active: 0 });
    expect(bodiesOf(server)).toHaveLength(3);
  });
});
