import { describe, expect, test } from "vitest";
import type { MailcowApiClient } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";

type Call = (mcc: MailcowApiClient) => Promise<unknown>;
// biome-ignore lint/suspicious/noExplicitAny: what a user without TypeScript may pass
const any = (value: unknown): any => value;

/** Sends nothing, and says by the name of the method which field is wrong. */
async function expectRefused(call: Call, message: RegExp): Promise<void> {
  const { mcc, server } = await clientOf({});
  await expect(call(mcc)).rejects.toThrow(message);
  expect(server.seen).toEqual([]);
}

const names = [
  "relayHosts",
  "transports",
  "rspamdSettings",
  "oauth2Clients",
  "bccMaps",
  "recipientMaps",
  "tlsPolicyMaps",
] as const;

describe.each(names)("ids of %s", (name) => {
  test.each(["5x", "x", " 5", "5.0", "all", 1.5])(
    "refuse %j, of which mailcow would take the 5, or all",
    async (id) => {
      const attr = name === "oauth2Clients" ? { redirect_uri: "https://app.example.com" } : { active: 0 };
      await expectRefused((mcc) => mcc[name].get(any(id)), /id must be a whole number/);
      await expectRefused((mcc) => mcc[name].edit([1, any(id)], any(attr)), /items must be/);
      await expectRefused((mcc) => mcc[name].delete([1, any(id)]), /the input must be/);
    },
  );

  test("can't be redirected by a field of that name", async () => {
    await expectRefused((mcc) => mcc[name].edit(1, any({ id: 2 })), /id must be left out/);
  });
});

describe("transports", () => {
  test.each(["a.example.net,b.example.net", "a.example.net b.example.net", "^mx[0-9]{1,3}$", "a;b"])(
    "takes no destination that mailcow would split: %j",
    async (destination) => {
      await expectRefused(
        (mcc) => mcc.transports.add({ destination, nexthop: "relay.example.com" }),
        /destination must be a single one/,
      );
    },
  );

  test("lets an edit set a pattern with a comma, which mailcow does not split there", async () => {
    const { mcc, server } = await clientOf({ "edit/transport": success("object_modified", "") });
    await mcc.transports.edit(1, { destination: "^mx[0-9]{1,3}$", is_mx_based: 1 });
    expect(bodiesOf(server)).toEqual([{ items: [1], attr: { destination: "^mx[0-9]{1,3}$", is_mx_based: 1 } }]);
  });

  describe("to a next hop that others have with credentials", () => {
    const rows = [
      { id: 1, nexthop: "[Relay.example.com]:587", username: "user", password: "pw" },
      { id: 2, nexthop: "[198.51.100.7]", username: "other", password: "pw" },
      { id: 3, nexthop: "else.example.com", username: "", password: "" },
      { id: 4, nexthop: "else.example.com", username: "user", password: "pw" },
    ];
    const answers = {
      "get/transport/all": rows,
      "add/transport": success("relayhost_added", ""),
      "edit/transport": success("object_modified", ""),
    };

    test.each<[string, (mcc: MailcowApiClient) => Promise<unknown>]>([
      ["added", (mcc) => mcc.transports.add({ destination: "a.test", nexthop: "[relay.example.com]:587" })],
      ["added by its bare address", (mcc) => mcc.transports.add({ destination: "a.test", nexthop: "198.51.100.7" })],
      ["moved there", (mcc) => mcc.transports.edit(3, { nexthop: "[relay.example.com]:587" })],
    ])("needs them when it is %s, or mailcow would empty those of all", async (_, call) => {
      const { mcc, server } = await clientOf(answers);
      await expect(call(mcc)).rejects.toThrow("username must be given");
      expect(bodiesOf(server)).toEqual([]);
    });

    test("comes there with them, with the same ones, or stays", async () => {
      const { mcc, server } = await clientOf(answers);
      const given = { username: "new", password: "pw2" };
      await mcc.transports.add(
        { destination: "a.test", nexthop: "[relay.example.com]:587", ...given },
        { read: false },
      );
      await mcc.transports.edit(4, { nexthop: "[relay.example.com]:587" });
      await mcc.transports.edit(3, { active: 0 });
      expect(bodiesOf(server)).toHaveLength(3);
    });
  });

  test("refuses an edit of nothing", async () => {
    await expectRefused(
      (mcc) => mcc.transports.edit(1, {}),
      /^edit\/transport: the input must be given: at least one of/,
    );
  });

  test("refuses false where mailcow would ignore it", async () => {
    await expectRefused((mcc) => mcc.transports.edit(1, any({ active: false })), /active must be/);
  });

  test("refuses the number that would switch all checks off", async () => {
    const transport = { destination: "example.net", nexthop: "relay.example.com", is_mx_based: any(2) };
    await expectRefused((mcc) => mcc.transports.add(transport), /is_mx_based must be/);
  });
});

describe("rspamdSettings", () => {
  test("refuses what mailcow would drop without a word: a setting without desc", async () => {
    await expectRefused((mcc) => mcc.rspamdSettings.add(any({ content: "x" })), /desc must be given/);
  });
});

describe("oauth2Clients", () => {
  test("refuses an edit that asks for two things, of which mailcow would do one", async () => {
    const attr = { redirect_uri: "https://app.example.com", renew_secret: 1 };
    await expectRefused((mcc) => mcc.oauth2Clients.edit(1, attr), /.* must be/);
  });

  test("refuses an empty address, which would change nothing", async () => {
    await expectRefused((mcc) => mcc.oauth2Clients.edit(1, { redirect_uri: "" }), /redirect_uri must be/);
  });
});

describe("bccMaps", () => {
  test("refuses to edit whose mail is copied, which mailcow would ignore", async () => {
    await expectRefused(
      (mcc) => mcc.bccMaps.edit(1, any({ local_dest: "example.com" })),
      /local_dest must be left out/,
    );
  });

  test("refuses copies to what is no address", async () => {
    const map = { local_dest: "example.com", bcc_dest: "nobody", type: "sender" as const };
    await expectRefused((mcc) => mcc.bccMaps.add(map), /bcc_dest must be an address/);
  });

  test.each([
    ["example.com", "example.com"],
    ["@BÜCHER.example", "xn--bcher-kva.example"],
    [" Ann@Example.COM ", "ann@example.com"],
  ])("takes a domain with and without @, and any case: %s", async (local_dest, sent) => {
    const { mcc, server } = await clientOf({ "add/bcc": success("bcc_saved") });
    await mcc.bccMaps.add({ local_dest, bcc_dest: "Copy+1@example.net", type: "rcpt" }, { read: false });
    expect(bodiesOf(server)).toEqual([{ local_dest: sent, bcc_dest: "Copy+1@example.net", type: "rcpt", active: 1 }]);
  });
});

describe("recipientMaps", () => {
  test("writes in an edit what mailcow would take as it is: lower case, punycode, @ before a domain", async () => {
    const { mcc, server } = await clientOf({ "edit/recipient_map": success("recipient_map_entry_saved", "x") });
    await mcc.recipientMaps.edit(1, { recipient_map_old: " OLD@Example.com ", recipient_map_new: "BÜCHER.example" });
    const attr = { recipient_map_old: "old@example.com", recipient_map_new: "@xn--bcher-kva.example" };
    expect(bodiesOf(server)).toEqual([{ items: [1], attr }]);
  });
});

describe("tlsPolicyMaps", () => {
  test.each([
    [" Example.COM ", "example.com"],
    ["[MX.Example.com]:25", "[mx.example.com]:25"],
    ["[mx.bücher.example]:submission", "[mx.xn--bcher-kva.example]:submission"],
    [".Example.com", ".example.com"],
    ["[2001:DB8::1]:25", "[2001:db8::1]:25"],
  ])("writes in an edit what mailcow would take as it is: %s", async (dest, sent) => {
    const { mcc, server } = await clientOf({ "edit/tls-policy-map": success("tls_policy_map_entry_saved", sent) });
    await mcc.tlsPolicyMaps.edit(1, { dest });
    expect(bodiesOf(server)).toEqual([{ items: [1], attr: { dest: sent } }]);
  });

  test.each(["ann@example.com", "a b", "a,b"])("refuses a destination that never matches: %j", async (dest) => {
    await expectRefused((mcc) => mcc.tlsPolicyMaps.edit(1, { dest }), /dest must be a single domain/);
  });
});
