import { describe, expect, test } from "vitest";
import type { Exchange } from "../../scripts/lib/conformance/recordings.ts";
import type { MailcowApiClient, Outcome } from "../../src/index.ts";
import { bodiesOf } from "../support/client.ts";
import { recorded, replay } from "../support/replay.ts";

/** What the collections of numbered rows have in common, as far as these tests call it. */
interface Numbered {
  list(): Promise<object[]>;
  get(id: number): Promise<object | null>;
  add(input: object): Promise<object>;
  edit(ids: number | number[], attr: object): Promise<Outcome<number>[]>;
  delete(ids: number | number[]): Promise<Outcome<number>[]>;
}

interface Case {
  file: string;
  word: string;
  of: (mcc: MailcowApiClient) => unknown;
  /** What is added, what is sent for it, the names of the recordings, and the id that is found. */
  add: { input: object; sent: object; said: string; list: string; id: number };
  one: string;
  edit: { name: string; attr: object; refused: string; code: string };
}

const recordingsOf: Record<string, Case> = {
  relayHosts: {
    file: "35-relayhost",
    word: "relayhost",
    of: (mcc) => mcc.relayHosts,
    add: {
      input: { hostname: " b1-one.test:587", username: "user", password: "secret" },
      sent: { hostname: " b1-one.test:587", username: "user", password: "secret" },
      said: "same hostname again",
      list: "several",
      id: 8,
    },
    one: "by id; the password is plain",
    edit: { name: "active as a string", attr: { active: "1" }, refused: "unknown only", code: "relayhost_invalid" },
  },
  transports: {
    file: "36-transport",
    word: "transport",
    of: (mcc) => mcc.transports,
    add: {
      input: { destination: " b1-b.test ", nexthop: "b1-plain.test" },
      sent: { destination: "b1-b.test", nexthop: "b1-plain.test", active: 1 },
      said: "minimal: inactive, by destination",
      list: "several",
      id: 4,
    },
    one: "by id; the password is plain",
    edit: { name: "active 0", attr: { active: 0 }, refused: "unknown only", code: "relayhost_invalid" },
  },
  rspamdSettings: {
    file: "37-rsetting",
    word: "rsetting",
    of: (mcc) => mcc.rspamdSettings,
    add: {
      input: { desc: "b1 second", content: "x" },
      sent: { desc: "b1 second", content: "x", active: 1 },
      said: "active left out: inactive",
      list: "several",
      id: 2,
    },
    one: "by id",
    edit: { name: "active 0", attr: { active: 0 }, refused: "unknown only", code: "settings_map_invalid" },
  },
  oauth2Clients: {
    file: "37-oauth2-client",
    word: "oauth2-client",
    of: (mcc) => mcc.oauth2Clients,
    add: {
      input: { redirect_uri: "https://b1-a.test/cb" },
      sent: { redirect_uri: "https://b1-a.test/cb" },
      said: "same again",
      list: "several",
      id: 3,
    },
    one: "by id; the secret is plain",
    edit: {
      name: "the address",
      attr: { redirect_uri: "https://b1-new.test/cb" },
      refused: "unknown only",
      code: "access_denied",
    },
  },
  bccMaps: {
    file: "38-bcc",
    word: "bcc",
    of: (mcc) => mcc.bccMaps,
    add: {
      input: { local_dest: "@B1-BCC.test", bcc_dest: " copy@B1-X.test ", type: "rcpt" },
      sent: { local_dest: "b1-bcc.test", bcc_dest: "copy@b1-x.test", type: "rcpt", active: 1 },
      said: "the other type",
      list: "several",
      id: 2,
    },
    one: "by id: holds a stray null under 0",
    edit: { name: "active 0", attr: { active: 0 }, refused: "type that is taken", code: "bcc_exists" },
  },
  recipientMaps: {
    file: "38-recipient-map",
    word: "recipient_map",
    of: (mcc) => mcc.recipientMaps,
    add: {
      input: { recipient_map_old: "  UP@B1-R.test ", recipient_map_new: "B1-RÜ.test" },
      sent: { recipient_map_old: "up@b1-r.test", recipient_map_new: "@xn--b1-r-3ra.test", active: 1 },
      said: "upper case and blanks",
      list: "several",
      id: 5,
    },
    one: "by id: holds a stray null under 0",
    edit: { name: "active on", attr: { active: 1 }, refused: "old exists", code: "recipient_map_entry_exists" },
  },
  tlsPolicyMaps: {
    file: "39-tls-policy-map",
    word: "tls-policy-map",
    of: (mcc) => mcc.tlsPolicyMaps,
    add: {
      input: { dest: "B1-T2.test", policy: "encrypt" },
      sent: { dest: "b1-t2.test", policy: "encrypt", active: 1 },
      said: "minimal: inactive, no parameters",
      list: "several",
      id: 2,
    },
    one: "by id: holds a stray null under 0",
    edit: { name: "active 0", attr: { active: 0 }, refused: "destination exists", code: "recipient_map_entry_exists" },
  },
};

describe.each(Object.entries(recordingsOf))("%s", (_, { file, word, of, add, one, edit }) => {
  const exchange = (name: string, template: string) => recorded(file, name, `${template.replace("*", word)}`);
  const client = async (...exchanges: Exchange[]) => {
    const { mcc, server } = await replay(...exchanges);
    return { collection: of(mcc) as Numbered, server };
  };

  test("lists the rows as they are", async () => {
    const said = exchange(add.list, "get/*/all");
    const { collection } = await client(said);
    expect(await collection.list()).toEqual(said.response.body);
  });

  test("lists none as an empty list", async () => {
    const { collection } = await client(exchange("none", "get/*/all"));
    expect(await collection.list()).toEqual([]);
  });

  test("reads one by its number, without the member 0 that says nothing", async () => {
    const said = exchange(one, "get/*/{id}");
    const { collection, server } = await client(said);
    const { "0": _, ...row } = said.response.body as { "0"?: null; id: number };
    expect(await collection.get(row.id)).toEqual(row);
    expect(server.seen[0]?.path).toBe(`/api/v1/get/${word}/${row.id}`);
  });

  test("reads none as null", async () => {
    const { collection } = await client(exchange("no such", "get/*/{id}"));
    expect(await collection.get(999999)).toBeNull();
  });

  test("adds one, in use unless told otherwise, and answers the newest row that is like it", async () => {
    const rows = exchange(add.list, "get/*/all");
    const { collection, server } = await client(exchange(add.said, "add/*"), rows, rows);
    const input = structuredClone(add.input);
    expect(await collection.add(input)).toMatchObject({ id: add.id });
    expect(bodiesOf(server)).toEqual([add.sent]);
    expect(input).toEqual(add.input);
  });

  test("edits one", async () => {
    const { collection, server } = await client(exchange(edit.name, "edit/*"));
    expect(await collection.edit(4, edit.attr)).toEqual([{ id: 4, results: [expect.objectContaining({ id: 4 })] }]);
    expect(bodiesOf(server)).toEqual([{ items: [4], attr: edit.attr }]);
  });

  test("tells which one mailcow refuses to edit, and why", async () => {
    const { collection } = await client(exchange(edit.refused, "edit/*"));
    const error = await collection.edit(4, edit.attr).catch((error) => error);
    expect(error).toMatchObject({ kind: "rejected", codes: [edit.code], failures: [{ id: 4 }] });
  });

  test("deletes one", async () => {
    const { collection, server } = await client(exchange("one", "delete/*"));
    expect(await collection.delete(4)).toEqual([{ id: 4, results: [expect.objectContaining({ type: "success" })] }]);
    expect(bodiesOf(server)).toEqual([[4]]);
  });
});

describe("refusals to add", () => {
  test.each([
    ["relayHosts", "hostname 0", (mcc) => mcc.relayHosts.add({ hostname: "0" }), "invalid_host"],
    [
      "transports",
      "same next hop, other user name",
      (mcc) => mcc.transports.add({ destination: "b1-x.test", nexthop: "[b1-hop.test]:587", username: "else" }),
      "invalid_nexthop_authenticated",
    ],
    [
      "rspamdSettings",
      "content 0",
      (mcc) => mcc.rspamdSettings.add({ desc: "b1 x", content: "0" }),
      "map_content_empty",
    ],
    [
      "bccMaps",
      "unknown domain",
      (mcc) => mcc.bccMaps.add({ local_dest: "b1-nope.test", bcc_dest: "copy@b1-x.test", type: "sender" }),
      "access_denied",
    ],
    [
      "recipientMaps",
      "exists",
      (mcc) => mcc.recipientMaps.add({ recipient_map_old: "old@b1-r.test", recipient_map_new: "x@b1-r.test" }),
      "recipient_map_entry_exists",
    ],
    [
      "tlsPolicyMaps",
      "exists",
      (mcc) => mcc.tlsPolicyMaps.add({ dest: "b1-t.test", policy: "may" }),
      "tls_policy_map_entry_exists",
    ],
  ] satisfies [string, string, (mcc: MailcowApiClient) => Promise<unknown>, string][])(
    "%s, %s: carry mailcow's code",
    async (collection, name, call, code) => {
      const { file = "", word = "" } = recordingsOf[collection] ?? {};
      const { mcc } = await replay(recorded(file, name, `add/${word}`));
      await expect(call(mcc)).rejects.toMatchObject({ kind: "rejected", codes: [code] });
    },
  );
});

describe("of several, where mailcow works through all of them in one call", () => {
  test("relayHosts.edit tells the one that there is none of", async () => {
    const { mcc, server } = await replay(recorded("35-relayhost", "several, one unknown", "edit/relayhost"));
    const error = await mcc.relayHosts.edit([1, 999999, 2], { active: 0 }).catch((error) => error);
    expect(error).toMatchObject({ failures: [{ id: 999999 }], succeeded: [{ id: 1 }, { id: 2 }] });
    expect(bodiesOf(server)).toHaveLength(1);
  });

  test("rspamdSettings.edit tells them apart, though mailcow names all of them each time", async () => {
    const { mcc } = await replay(recorded("37-rsetting", "several, one unknown", "edit/rsetting"));
    const error = await mcc.rspamdSettings.edit([1, 999999, 2], { active: 0 }).catch((error) => error);
    expect(error).toMatchObject({ failures: [{ id: 999999 }], succeeded: [{ id: 1 }, { id: 2 }] });
  });

  test("bccMaps.delete tells the one that there is none of, though mailcow does not name it", async () => {
    const { mcc } = await replay(recorded("38-bcc", "several, one unknown", "delete/bcc"));
    const error = await mcc.bccMaps.delete([4, 999999, 2]).catch((error) => error);
    expect(error).toMatchObject({ failures: [{ id: 999999 }], succeeded: [{ id: 4 }, { id: 2 }] });
  });
});

describe("of several, where mailcow would stop at a refusal or tell of the last alone", () => {
  test.each([
    ["transports", "36-transport", "destination exists", "active 0", { destination: "b1-a.test" }],
    ["recipientMaps", "38-recipient-map", "old exists", "active on", { recipient_map_old: "b1-r1.test" }],
    ["tlsPolicyMaps", "39-tls-policy-map", "destination exists", "active 0", { dest: "b1-t.test" }],
    ["oauth2Clients", "37-oauth2-client", "unknown only", "the address", { redirect_uri: "https://b1-new.test/cb" }],
  ] as const)("%s.edit asks for each, and goes on", async (name, file, refused, done, attr) => {
    const word = { ...recordingsOf }[name]?.word;
    const { mcc, server } = await replay(recorded(file, refused, `edit/${word}`), recorded(file, done, `edit/${word}`));
    const error = await (mcc[name] as unknown as Numbered).edit([7, 4], attr).catch((error) => error);
    expect(error).toMatchObject({ failures: [{ id: 7 }], succeeded: [{ id: 4 }] });
    expect(bodiesOf(server)).toMatchObject([{ items: [7] }, { items: [4] }]);
  });

  test("oauth2Clients.delete asks for each and tells of each", async () => {
    const said = recorded("37-oauth2-client", "one", "delete/oauth2-client");
    const { mcc, server } = await replay(said, said);
    const results = [expect.objectContaining({ type: "success" })];
    expect(await mcc.oauth2Clients.delete([7, 6])).toEqual([
      { id: 7, results },
      { id: 6, results },
    ]);
    expect(bodiesOf(server)).toEqual([[7], [6]]);
  });
});

describe("oauth2Clients", () => {
  test("renews secrets and revokes tokens by calls that ask for nothing else", async () => {
    const { mcc, server } = await replay(
      recorded("37-oauth2-client", "renew the secret"),
      recorded("37-oauth2-client", "revoke tokens"),
    );
    expect(await mcc.oauth2Clients.renewSecret(1)).toMatchObject([{ id: 1, results: [{ code: "object_modified" }] }]);
    expect(await mcc.oauth2Clients.revokeTokens(1)).toMatchObject([{ id: 1, results: [{ code: "object_modified" }] }]);
    expect(bodiesOf(server)).toEqual([
      { items: [1], attr: { renew_secret: 1 } },
      { items: [1], attr: { revoke_tokens: 1 } },
    ]);
  });

  test("adds one without an address", async () => {
    const { mcc } = await replay(
      recorded("37-oauth2-client", "none given"),
      recorded("37-oauth2-client", "several", "all"),
    );
    expect(await mcc.oauth2Clients.add({})).toMatchObject({ id: 6, redirect_uri: null });
  });
});

describe("bccMaps.destinationOptions", () => {
  test("answers domains, alias domains, and mailboxes with their addresses", async () => {
    const said = recorded("38-bcc", "domain, alias domain, mailboxes, aliases");
    const { mcc } = await replay(said);
    expect(await mcc.bccMaps.destinationOptions()).toEqual(said.response.body);
  });

  test.each([
    ["a domain alone", "a domain", ["b1-bcc.test"]],
    ["no domain", "before", []],
  ])("answers empty lists for what there is not: %s", async (_, name, domains) => {
    const { mcc } = await replay(recorded("38-bcc", name, "bcc-destination-options"));
    expect(await mcc.bccMaps.destinationOptions()).toEqual({ domains, mailboxes: {}, alias_domains: [] });
  });
});
