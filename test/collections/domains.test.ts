import { describe, expect, test } from "vitest";
import type { Exchange } from "../../scripts/lib/conformance/recordings.ts";
import { type Domain, type MailcowApiClient, MailcowInputError } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { allAdded, none, testMethods } from "../support/methods.ts";
import { recorded, replay } from "../support/replay.ts";
import { json } from "../support/server.ts";
import { serverOfRows, written } from "../support/server-of-rows.ts";

const added = (name: string) => recorded("10-domain", name, "/add/domain");
const stored = (name: string) => recorded("10-domain", name);
const edited = (name: string) => recorded("11-domain-edit", name);
const extra = (name: string, template?: string) => recorded("13-domain-extras", name, template);
const rowIn = ({ response }: Exchange) => response.body as Domain;
// biome-ignore lint/suspicious/noExplicitAny: recorded bodies have any shape
const bodyOf = ({ request }: Exchange): any => request.body;

const minimal = stored("minimal domain as stored");
const unknown = stored("domain that does not exist: {}");
const domain = rowIn(minimal);
const mebibyte = 1024 ** 2;

const input = (message: string) =>
  expect.objectContaining({ kind: "input", message: expect.stringContaining(message) });
/** What JavaScript may pass all the same. */
const wrong = (value: unknown) => value as never;
const unauthorized = { type: "error", msg: "authentication failed" };

async function collect<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const found: Row[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

testMethods("domains", {
  list: (mcc, options) => mcc.domains.list({ tags: ["red", "blue"] }, options),
  iterate: [
    (mcc, options) => collect(mcc.domains.iterate({ search: "example", orderBy: "bytes_total", ...options })),
    {
      run: (mcc, options) => collect(mcc.domains.iterate(options)),
      answers: { "POST /api/v1/search/domain": [{ status: 404, body: {} }] },
    },
  ],
  get: (mcc, options) => mcc.domains.get("example.org", options),
  add: (mcc, options) => mcc.domains.add({ domain: "example.org" }, options),
  addMany: async (mcc, options) => allAdded(await mcc.domains.addMany([{ domain: "example.org" }], options)),
  edit: (mcc, options) => mcc.domains.edit("example.com", { aliases: 399 }, options),
  ensure: [
    (mcc, options) => mcc.domains.ensure({ domain: "example.org", mailboxes: 11, tags: ["new"] }, options),
    {
      run: (mcc, options) => mcc.domains.ensure({ domain: "example.org" }, options),
      answers: { "GET /api/v1/get/domain/{domain}": [none] },
    },
  ],
  delete: (mcc, options) => mcc.domains.delete("example.com", options),
  deleteTags: (mcc, options) => mcc.domains.deleteTags("example.com", ["red"], options),
  setTags: (mcc, options) => mcc.domains.setTags("example.org", ["red", "green"], options),
  setFooter: (mcc, options) => mcc.domains.setFooter("example.com", { html: "<p>Hello</p>", plain: "" }, options),
});

describe("list", () => {
  test("returns rows, and [] for none, filtered by tags", async () => {
    const many = stored("many domains");
    const { mcc, server } = await replay(
      stored("all domains before this scenario adds any"),
      many,
      recorded("17-lists", "part of a tag is enough", "domain/all"),
    );
    expect(await mcc.domains.list()).toEqual([]);
    expect(await mcc.domains.list()).toEqual(many.response.body);
    expect(await mcc.domains.list({ tags: ["a1prod", "a1east"] })).toHaveLength(2);
    expect(server.seen[2]?.path).toBe("/api/v1/get/domain/all?tags=a1prod%2Ca1east");
  });
});

describe("iterate", () => {
  test("goes through domains page by page", async () => {
    const pages = [
      recorded("18-search", "first page of two; draw comes back"),
      recorded("18-search", "second page", "search/domain"),
    ];
    const rows = pages.flatMap(({ response }) => (response.body as { data: Domain[] }).data);
    const { mcc } = await replay(...pages);
    expect(await collect(mcc.domains.iterate({ pageSize: 2 }))).toEqual(rows);
  });

  test("yields nothing where nothing matches", async () => {
    const { mcc } = await replay(recorded("18-search", "no match: data []"));
    expect(await collect(mcc.domains.iterate({ search: "a1-18nothing" }))).toEqual([]);
  });

  test("sorts by the number that mailcow has for a field, then by name, and searches names and tags", async () => {
    const { mcc, server } = await clientOf({ "search/domain": { recordsFiltered: 0, data: [] } });
    await collect(mcc.domains.iterate({ orderBy: "bytes_total" }));
    const [{ order, columns }] = bodiesOf(server) as [{ order: object[]; columns: Record<string, unknown>[] }];
    expect(order).toEqual([
      { column: 6, dir: "asc" },
      { column: 2, dir: "asc" },
    ]);
    expect(columns.filter(({ searchable }) => searchable).map(({ data }) => data)).toEqual([2, 14]);
  });

  test.each([404, 405])("reads the list where the server can't search: %s", async (status) => {
    const { mcc } = await clientOf((response, { path }) =>
      path.endsWith("/get/domain/all")
        ? json(response, [{ domain_name: "example.com" }, { domain_name: "b.test" }])
        : json(response, { type: "error", msg: "route not found" }, status),
    );
    expect(await collect(mcc.domains.iterate({ search: "B.T" }))).toEqual([{ domain_name: "b.test" }]);
  });
});

describe("get", () => {
  test("returns the row, and null for none and for the name of an alias domain [guard domains/alias-domain]", async () => {
    const { mcc } = await replay(minimal, unknown, minimal);
    expect(await mcc.domains.get("A1-10A.test")).toEqual(minimal.response.body);
    expect(await mcc.domains.get("a1-10none.test")).toBeNull();
    expect(await mcc.domains.get("a1-10alias.test")).toBeNull();
  });
});

describe("add", () => {
  test("returns the row as mailcow stores it", async () => {
    const { mcc, server } = await replay(added("minimal add"), minimal);
    expect(await mcc.domains.add({ domain: "A1-10a.test" })).toEqual(minimal.response.body);
    expect(bodiesOf(server)).toEqual([{ domain: "a1-10a.test" }]);
  });

  test("reads nothing back with read: false", async () => {
    const { mcc, server } = await replay(added("minimal add"));
    expect(await mcc.domains.add({ domain: "a1-10a.test" }, { read: false })).toBeNull();
    expect(server.seen).toHaveLength(1);
  });

  test("throws where the domain can't be read back", async () => {
    const { mcc } = await replay(added("minimal add"), unknown);
    await expect(mcc.domains.add({ domain: "a1-10a.test" })).rejects.toMatchObject({ kind: "reply" });
  });

  test("throws mailcow's code and what it means", async () => {
    const { mcc } = await replay(added("duplicate"));
    const error = await mcc.domains.add({ domain: "a1-10a.test" }).catch((reason) => reason);
    expect(error).toMatchObject({ kind: "rejected", codes: ["domain_exists"] });
    expect(error.is("domain_exists")).toBe(true);
    expect(error.message).toContain("there is a domain or an alias domain of that name");
  });
});

describe("addMany", () => {
  const [good, bad] = [added("minimal add"), added("domain that exists as alias domain")];
  const [goodItem, badItem] = [bodyOf(good), bodyOf(bad)];
  const failed = {
    item: badItem,
    status: "failed",
    error: expect.objectContaining({ kind: "rejected", codes: ["domain_exists"] }),
  };

  test("returns rows and refusals in order", async () => {
    const { mcc, server } = await replay(good, minimal, bad);
    expect(await mcc.domains.addMany([goodItem, badItem], { concurrency: 1 })).toEqual([
      { item: goodItem, status: "added", row: domain },
      failed,
    ]);
    expect(bodiesOf(server)).toEqual([goodItem, badItem]);
  });

  test("goes on after a refusal, and reads nothing back with read: false", async () => {
    const { mcc, server } = await replay(bad, good);
    expect(await mcc.domains.addMany([badItem, goodItem], { concurrency: 1, read: false })).toEqual([
      failed,
      { item: goodItem, status: "added", row: null },
    ]);
    expect(bodiesOf(server)).toEqual([badItem, goodItem]);
  });

  test("stops at a refusal with stopOnError", async () => {
    const { mcc, server } = await replay(bad);
    expect(await mcc.domains.addMany([badItem, goodItem], { concurrency: 1, stopOnError: true })).toEqual([
      failed,
      { item: goodItem, status: "unsent" },
    ]);
    expect(bodiesOf(server)).toEqual([badItem]);
  });
});

describe("edit", () => {
  const outcome = (id: string) => ({
    id,
    results: [{ id, type: "success", code: "domain_modified", msg: ["domain_modified", id] }],
  });

  test("returns an outcome for each domain", async () => {
    const { mcc, server } = await replay(edited("two domains"));
    const items = ["a1-11a.test", "a1-11b.test"];
    expect(await mcc.domains.edit(items, { gal: 1 })).toEqual(items.map(outcome));
    expect(bodiesOf(server)).toEqual([{ items, attr: { gal: 1 } }]);
  });

  test("edits the others where one is unknown, and names that one", async () => {
    const { mcc } = await replay(edited("several, one unknown: danger between two successes"));
    const call = mcc.domains.edit(["a1-11a.test", "a1-11none.test", "a1-11b.test"], { gal: 0 });
    await expect(call).rejects.toMatchObject({
      failures: [{ id: "a1-11none.test", code: "domain_invalid" }],
      succeeded: [{ id: "a1-11a.test" }, { id: "a1-11b.test" }],
    });
  });
});

describe("delete", () => {
  test("returns mailcow's remarks with the domain that is named after them", async () => {
    const { mcc } = await replay(stored("storage cannot be moved: warning and success"));
    const [outcome] = await mcc.domains.delete("a1-10b.test");
    expect(outcome?.results.map(({ type }) => type)).toEqual(["warning", "success"]);
  });

  test("is refused while the domain holds a mailbox", async () => {
    const { mcc } = await replay(stored("still holds a mailbox"));
    await expect(mcc.domains.delete("a1-10b.test")).rejects.toMatchObject({ codes: ["domain_not_empty"] });
  });
});

describe("deleteTags", () => {
  test("takes tags away, and is refused for an unknown domain", async () => {
    const { mcc, server } = await replay(extra("one tag"), extra("several"), extra("unknown domain", "tag/{domain}"));
    await mcc.domains.deleteTags("a1-13a.test", ["a"]);
    expect(await mcc.domains.deleteTags("a1-13a.test", ["b", "c d"])).toMatchObject([{ code: "domain_modified" }]);
    expect(bodiesOf(server)).toEqual([["a"], ["b", "c d"]]);
    await expect(mcc.domains.deleteTags("a1-13none.test", ["a"])).rejects.toMatchObject({ codes: ["access_denied"] });
  });
});

describe("setTags", () => {
  test("deletes surplus tags and adds missing ones [guard domains/tags]", async () => {
    const row = extra("no tags field any more");
    const body = { ...(row.response.body as object), tags: ["a", "b"] };
    const tagged = { ...row, response: { ...row.response, body } };
    const { mcc, server } = await replay(tagged, extra("one tag"), recorded("14-mailbox", "allow more"));
    await mcc.domains.setTags("A1-13A.test", ["b", "c d"]);
    expect(bodiesOf(server)).toEqual([["a"], { items: ["a1-13a.test"], attr: { tags: ["c d"] } }]);
  });

  test("refuses tags that can't be set before it deletes any [guard domains/tags]", async () => {
    const { mcc, server } = await clientOf({});
    await expect(mcc.domains.setTags("example.com", ["a", "A"])).rejects.toThrow("none twice");
    expect(server.seen).toEqual([]);
  });

  test("refuses a domain that does not exist", async () => {
    const { mcc } = await clientOf({ "get/domain/example.com": {} });
    await expect(mcc.domains.setTags("example.com", ["a"])).rejects.toThrow("a domain that there is");
  });

  test("says what was deleted where the rest is refused", async () => {
    const { mcc } = await clientOf({
      "get/domain/example.com": { domain_name: "example.com", tags: ["old"] },
      "delete/domain/tag/example.com": success("domain_modified", "example.com"),
      "edit/domain": [{ type: "danger", log: [], msg: "access_denied" }],
    });
    await expect(mcc.domains.setTags("example.com", ["new"])).rejects.toMatchObject({
      codes: ["access_denied"],
      succeeded: [{ code: "domain_modified" }],
    });
  });
});

describe("setFooter", () => {
  const footer = { html: "x", plain: "" };

  test("sends one call per domain, so that an unknown one stops no other [guard domains/footer]", async () => {
    const { mcc, server } = await replay(
      extra("one field: the others are emptied"),
      extra("unknown domain", "/edit/domain/footer"),
      extra("an alias domain takes one too"),
    );
    const names = ["a1-13a.test", "a1-13none.test", "a1-13ex.test"];
    await expect(mcc.domains.setFooter(names, footer)).rejects.toMatchObject({
      failures: [{ id: "a1-13none.test", code: "access_denied" }],
      succeeded: [{ id: "a1-13a.test" }, { id: "a1-13ex.test" }],
    });
    expect(bodiesOf(server)).toEqual(names.map((name) => ({ items: [name], attr: footer })));
  });

  test("says which excluded addresses are unknown, and that the footer is saved", async () => {
    const { mcc } = await replay(extra("each bad exclude answers danger, the footer is saved"));
    const exclude = ["none@a1-13a.test", "a1-13b.test", "rubbish !"];
    await expect(mcc.domains.setFooter("a1-13a.test", { ...footer, exclude })).rejects.toMatchObject({
      kind: "rejected",
      failures: exclude.map(() => ({ code: "username_invalid" })),
      succeeded: [{ id: "a1-13a.test", code: "domain_footer_modified" }],
    });
  });

  test("refuses a footer without both its texts, which mailcow would empty [guard domains/footer]", async () => {
    const { mcc, server } = await clientOf({});
    const set = (attr: object) => mcc.domains.setFooter("example.com", wrong(attr));
    await expect(set({ html: "<p>Hello</p>" })).rejects.toEqual(input("plain must be a text"));
    await expect(set({ plain: "Hello" })).rejects.toEqual(input("html must be a text"));
    expect(server.seen).toEqual([]);
  });

  test("refuses a field named like the ids [guard everywhere/id-among-attributes]", async () => {
    const { mcc, server } = await clientOf({});
    const attr = wrong({ html: "", plain: "", domains: ["example.org"] });
    await expect(mcc.domains.setFooter("example.com", attr)).rejects.toEqual(input("domains must be left out"));
    expect(server.seen).toEqual([]);
  });
});

describe("ensure", () => {
  const desired = {
    domain: "A1-10a.test",
    description: "a1-10a.test",
    aliases: "400",
    mailboxes: 10,
    defquota: 3072,
    maxquota: "10240",
    quota: 10240,
    active: true,
    gal: "1",
    backupmx: false,
    relay_all_recipients: "0",
  } as const;
  const full = added("add with every field");
  const fullRow = stored("full domain as stored (relayhost was ignored)");
  const { relayhost, ...fullInput } = bodyOf(full);
  const onlyAdd = ["rl_value", "rl_frame", "dkim_selector", "key_size", "restart_sogo", "template"];

  test("does nothing where all is as wanted: MiB or bytes, true or 1, digits or numbers", async () => {
    const { mcc, server } = await serverOfRows(domain);
    expect(await mcc.domains.ensure(desired)).toEqual({ action: "unchanged", row: domain, changes: {} });
    expect(server.seen).toHaveLength(1);
  });

  test("does nothing where the same input added it, every field given, and lists what only add takes", async () => {
    const { mcc, server } = await replay(fullRow);
    const done = { action: "unchanged", row: rowIn(fullRow), changes: {}, ignored: onlyAdd };
    expect(await mcc.domains.ensure(fullInput)).toEqual(done);
    expect(server.seen.map(({ method }) => method)).toEqual(["GET"]);
  });

  test.each([
    ["minimal add", "minimal domain as stored"],
    ["numbers as strings, booleans, tags as string, no dkim", "inactive domain without dkim"],
    ["relay_all_recipients turns on backupmx", "relay all"],
  ])("does nothing where the same input added it: %s", async (name, read) => {
    const { mcc, server } = await replay(recorded("10-domain", read, "get/domain/{domain}"));
    expect(await mcc.domains.ensure(bodyOf(added(name)))).toMatchObject({ action: "unchanged", changes: {} });
    expect(server.seen).toHaveLength(1);
  });

  test("adds what does not exist", async () => {
    const { mcc, server } = await serverOfRows(null, domain);
    expect(await mcc.domains.ensure(desired)).toEqual({ action: "added", row: domain, changes: {} });
    expect(bodiesOf(server)).toEqual([{ ...desired, domain: "a1-10a.test" }]);
  });

  test("adds what does not exist, every field given, and returns it as it was read back", async () => {
    const { mcc, server } = await replay(unknown, full, fullRow);
    expect(await mcc.domains.ensure(fullInput)).toEqual({ action: "added", row: rowIn(fullRow), changes: {} });
    expect(bodiesOf(server)).toEqual([fullInput]);
  });

  test("edits only what differs, and says from what to what, in MiB", async () => {
    const row = { ...domain, max_quota_for_domain: 20480 * mebibyte, gal: 0 };
    const { mcc, server } = await serverOfRows(domain, row);
    expect(await mcc.domains.ensure({ ...desired, quota: 20480, gal: 0 })).toEqual({
      action: "edited",
      row,
      changes: { quota: { from: 10240, to: 20480 }, gal: { from: 1, to: 0 } },
    });
    expect(written(server)).toEqual(["edit/domain"]);
    expect(bodiesOf(server)).toEqual([{ items: ["a1-10a.test"], attr: { quota: 20480, gal: 0 } }]);
  });

  const sizes = edited("numbers as strings, booleans");
  const relaying = edited("relay_unknown_only sets all three; relayhost is not checked");
  const edits: [string, { wanted: object; reads: Exchange[]; edit: Exchange; changes: object; sent: object }][] = [
    [
      "sizes, counts and flags",
      {
        wanted: { domain: "a1-11a.test", ...bodyOf(sizes).attr },
        reads: [edited("every field as stored"), edited("inactive now")],
        edit: sizes,
        changes: {
          aliases: { from: 30, to: "31" },
          mailboxes: { from: 6, to: "7" },
          defquota: { from: 110, to: "111" },
          maxquota: { from: 210, to: "211" },
          quota: { from: 1100, to: "1101" },
          active: { from: 1, to: "0" },
          gal: { from: 0, to: true },
        },
        sent: bodyOf(sizes),
      },
    ],
    [
      "a relayhost, and the flag that turns on two others",
      {
        wanted: { domain: "a1-11b.test", ...bodyOf(relaying).attr },
        reads: [edited("the second was not reached"), edited("all relay flags")],
        edit: relaying,
        changes: { relay_unknown_only: { from: 0, to: 1 }, relayhost: { from: "0", to: 77 } },
        sent: bodyOf(relaying),
      },
    ],
    [
      "one more tag",
      {
        wanted: { domain: "a1-11a.test", tags: ["one", "two", "three"] },
        reads: [edited("inactive, tags unchanged"), edited("inactive, tags unchanged"), edited("three tags")],
        edit: edited("tags are added to the old ones"),
        changes: { tags: { from: ["one", "two"], to: ["one", "two", "three"] } },
        sent: { items: ["a1-11a.test"], attr: { tags: ["three"] } },
      },
    ],
  ];
  test.each(edits)("edits %s, and nothing when called again", async (_, { wanted, reads, edit, changes, sent }) => {
    const after = reads.at(-1) as Exchange;
    const { mcc, server } = await replay(...reads, edit, after);
    const row = rowIn(after);
    expect(await mcc.domains.ensure(wrong(wanted))).toEqual({ action: "edited", row, changes });
    expect(bodiesOf(server)).toEqual([sent]);
    expect(await mcc.domains.ensure(wrong(wanted))).toEqual({ action: "unchanged", row, changes: {} });
    expect(bodiesOf(server)).toEqual([sent]);
  });

  test.each([
    ["in another order and case", ["Red", "blue"], []],
    ["one more", ["red", "blue", "green"], [["edit/domain", { items: ["a1-10a.test"], attr: { tags: ["green"] } }]]],
    ["one less", "red", [["delete/domain/tag/a1-10a.test", ["blue"]]]],
    ["none", [], [["delete/domain/tag/a1-10a.test", ["blue", "red"]]]],
  ])("compares tags as a set: %s [guard domains/tags]", async (_, tags, sent) => {
    const { mcc, server } = await serverOfRows(
      { ...domain, tags: ["blue", "red"] },
      { ...domain, tags: [tags].flat() },
    );
    const { action, changes } = await mcc.domains.ensure({ domain: "a1-10a.test", tags });
    const expected = ["edited", { tags: { from: ["blue", "red"], to: tags } }];
    expect([action, changes]).toEqual(sent.length > 0 ? expected : ["unchanged", {}]);
    expect(written(server).map((path, index) => [path, bodiesOf(server)[index]])).toEqual(sent);
  });

  test("compares nothing that is not given, nor what only add takes, which it lists", async () => {
    const { mcc, server } = await serverOfRows({ ...domain, tags: ["red"] });
    const given = { domain: "a1-10a.test", template: 7, key_size: 4096, rl_value: 5, rl_frame: "h" as const };
    const ignored = ["template", "key_size", "rl_value", "rl_frame"];
    expect(await mcc.domains.ensure(given)).toMatchObject({ action: "unchanged", ignored });
    expect(written(server)).toEqual([]);
  });

  test("does not set an empty description, which mailcow would not take, again and again", async () => {
    const { mcc } = await serverOfRows(domain);
    expect(await mcc.domains.ensure({ ...desired, description: "" })).toMatchObject({ action: "unchanged" });
  });

  test("sets the relayhost, which add ignores, by an edit", async () => {
    const row = { ...rowIn(fullRow), relayhost: String(relayhost) };
    const after = { ...fullRow, response: { ...fullRow.response, body: row } };
    const { mcc, server } = await replay(fullRow, edited("one field"), after);
    const changes = { relayhost: { from: "0", to: relayhost } };
    expect(await mcc.domains.ensure(bodyOf(full))).toEqual({ action: "edited", row, changes, ignored: onlyAdd });
    expect(bodiesOf(server)).toEqual([{ items: ["a1-10b.test"], attr: { relayhost } }]);
  });

  test.each<[string, object, Exchange, Exchange]>([
    [
      "backupmx of a domain that relays for all recipients",
      { domain: "a1-11b.test", backupmx: 0 },
      edited("backupmx still 1"),
      edited("backupmx cannot go while relay_all_recipients is on"),
    ],
    [
      "a limit that shall become 0",
      { domain: "a1-11a.test", aliases: 0, maxquota: 0, quota: 0 },
      edited("nothing was cleared"),
      edited("empty and 0 keep the old value"),
    ],
  ])("lists what mailcow keeps although it says success: %s", async (_, wanted, row, edit) => {
    const { domain: __, ...attr } = wanted as { domain: string };
    const { mcc, server } = await replay(row, edit, row, row, edit, row);
    const done = { action: "unchanged", row: rowIn(row), changes: {}, ignored: Object.keys(attr) };
    expect(await mcc.domains.ensure(wrong(wanted))).toEqual(done);
    expect(await mcc.domains.ensure(wrong(wanted))).toEqual(done);
    expect(bodiesOf(server)).toMatchObject([{ attr }, { attr }]);
  });

  test("lists limits that mailcow keeps, and tries again with each call", async () => {
    const { mcc, server } = await serverOfRows(domain);
    const done = { action: "unchanged", row: domain, changes: {}, ignored: ["aliases", "quota"] };
    for (const _ of [1, 2]) expect(await mcc.domains.ensure({ ...desired, aliases: 0, quota: 0 })).toEqual(done);
    expect(written(server)).toEqual(["edit/domain", "edit/domain"]);
  });

  test("lists what mailcow kept beside the changes that it made", async () => {
    const row = { ...domain, gal: 0 };
    const { mcc } = await serverOfRows(domain, row);
    expect(await mcc.domains.ensure({ ...desired, quota: 0, gal: 0 })).toEqual({
      action: "edited",
      row,
      changes: { gal: { from: 1, to: 0 } },
      ignored: ["quota"],
    });
  });

  test("lists what mailcow kept together with what only add takes", async () => {
    const { mcc } = await serverOfRows(domain);
    const done = await mcc.domains.ensure({ ...desired, quota: 0, template: 7 });
    expect(done).toMatchObject({ action: "unchanged", ignored: ["template", "quota"] });
  });

  test("refuses more tags than there is room for before anything is sent, of which mailcow would keep some", async () => {
    const { mcc, server } = await replay(stored("26 tags, sorted as strings"));
    const call = mcc.domains.ensure(bodyOf(added("28 tags: 26 kept, then a warning")));
    await expect(call).rejects.toMatchObject({ kind: "input" });
    expect(bodiesOf(server)).toEqual([]);
  });

  test("goes on where somebody else adds the domain meanwhile", async () => {
    let reads = 0;
    const { mcc } = await clientOf((response, { method }) => {
      if (method === "GET") return json(response, reads++ === 0 ? {} : domain);
      json(response, [{ type: "danger", log: [], msg: ["domain_exists", "a1-10a.test"] }]);
    });
    expect(await mcc.domains.ensure(desired)).toMatchObject({ action: "unchanged", row: domain });
  });

  test("throws where only a part was added", async () => {
    let reads = 0;
    const { mcc } = await clientOf((response, { method }) => {
      if (method === "GET") return json(response, reads++ === 0 ? {} : domain);
      json(response, [{ type: "danger", log: [], msg: "rl_timeframe" }, ...success("domain_added", "a1-10a.test")]);
    });
    await expect(mcc.domains.ensure(desired)).rejects.toMatchObject({ codes: ["rl_timeframe"] });
  });

  test("throws mailcow's refusal where the domain does not exist afterwards either", async () => {
    const { mcc } = await clientOf((response, { method }) =>
      json(response, method === "GET" ? {} : [{ type: "danger", log: [], msg: "domain_invalid" }]),
    );
    await expect(mcc.domains.ensure(desired)).rejects.toMatchObject({ codes: ["domain_invalid"] });
  });

  test("leaves its input as it was", async () => {
    const { mcc } = await serverOfRows({ ...domain, tags: ["old"] });
    const given = { ...desired, quota: 1, tags: ["new"] };
    const before = structuredClone(given);
    await mcc.domains.ensure(given);
    expect(given).toEqual(before);
  });
});

describe("the documented methods", () => {
  const answers = {
    "get/domain/all": {},
    "add/domain": success("domain_added", "example.com"),
    "edit/domain": success("domain_modified", "example.com"),
    "delete/domain": success("domain_removed", "example.com"),
  };
  const defaults = { active: 1, aliases: 400, defquota: 3072, mailboxes: 10, maxquota: 10240, quota: 10240 };

  const sent: [title: string, call: (mcc: MailcowApiClient) => Promise<unknown>, body: unknown][] = [
    [
      "addDomain: sends the documented defaults",
      (mcc) => mcc.addDomain({ domain: "example.com" }),
      { domain: "example.com", ...defaults },
    ],
    [
      "addDomain: sends a default where a field is undefined [guard everywhere/undefined-fields]",
      (mcc) => mcc.addDomain({ domain: "example.com", quota: wrong(undefined) }),
      { domain: "example.com", ...defaults },
    ],
    [
      "addDomain: sends a template without defaults that would overrule it",
      (mcc) => mcc.addDomain({ domain: "example.com", template: 5 }),
      { domain: "example.com", template: 5 },
    ],
    [
      "editDomain: sends one domain as a list",
      (mcc) => mcc.editDomain("Example.com", { aliases: 399 }),
      { items: ["example.com"], attr: { aliases: 399 } },
    ],
    [
      "deleteDomain: sends a bare list, Unicode names as punycode [guard everywhere/punycode]",
      (mcc) => mcc.deleteDomain(["a.com", "Bücher.de"]),
      ["a.com", "xn--bcher-kva.de"],
    ],
  ];
  test.each(sent)("%s", async (_, call, body) => {
    const { mcc, server } = await clientOf(answers);
    await call(mcc);
    expect(bodiesOf(server)).toEqual([body]);
  });

  const invalid: [title: string, call: (mcc: MailcowApiClient) => Promise<unknown>, says: RegExp][] = [
    [
      "addDomain: refuses an empty quota [guard everywhere/quota-words]",
      (mcc) => mcc.addDomain({ domain: "a.com", quota: "" }),
      /^add\/domain: quota must be/,
    ],
    [
      "addDomain: refuses half a mailbox",
      (mcc) => mcc.addDomain({ domain: "a.com", mailboxes: 1.5 }),
      /mailboxes must be a whole number/,
    ],
    ["editDomain: refuses NaN", (mcc) => mcc.editDomain("a.com", { aliases: Number.NaN }), /aliases must be/],
    [
      "editDomain: refuses a word for a flag [guard everywhere/flag-words]",
      (mcc) => mcc.editDomain("a.com", { active: wrong("yes") }),
      /active must be true or false/,
    ],
    ["editDomain: refuses null", (mcc) => mcc.editDomain("a.com", { active: wrong(null) }), /active must be/],
    [
      "editDomain: refuses the id among the attributes [guard everywhere/id-among-attributes]",
      (mcc) => mcc.editDomain("a.com", wrong({ domain: "b.com" })),
      /domain must be left out: there is no such field/,
    ],
    [
      "editDomain: refuses a field that the route ignores [guard everywhere/id-among-attributes]",
      (mcc) => mcc.editDomain("a.com", wrong({ rl_value: 5 })),
      /rl_value must be left out/,
    ],
    [
      "addDomain: refuses a field that every object has",
      (mcc) => mcc.addDomain({ domain: "a.com", ...{ constructor: 1 } }),
      /constructor must be left out/,
    ],
    [
      "addDomain: refuses a tag twice, in any case [guard domains/tags]",
      (mcc) => mcc.addDomain({ domain: "a.com", tags: ["Red", "red"] }),
      /tags must be .* a list of up to 26 entries, none twice/,
    ],
    ["editDomain: refuses an empty tag", (mcc) => mcc.editDomain("a.com", { tags: [""] }), /tags/],
    [
      "editDomain: refuses too many tags",
      (mcc) => mcc.editDomain("a.com", { tags: Array.from({ length: 27 }, (_, i) => `t${i}`) }),
      /tags/,
    ],
    [
      "addDomain: refuses a long description",
      (mcc) => mcc.addDomain({ domain: "a.com", description: "x".repeat(256) }),
      /description must be a text of up to 255/,
    ],
    [
      "addDomain: refuses an unknown span of a rate limit",
      (mcc) => mcc.addDomain({ domain: "a.com", rl_value: 1, rl_frame: wrong("x") }),
      /rl_frame must be "s", "m", "h", "d"/,
    ],
    ["addDomain: refuses an object without a domain", (mcc) => mcc.addDomain(wrong({})), /domain must be a domain/],
    ["addDomain: refuses an empty domain", (mcc) => mcc.addDomain(" "), /domain must be/],
    ["addDomain: refuses undefined", (mcc) => mcc.addDomain(wrong(undefined)), /the input must be an object/],
    ["getDomain: refuses an address", (mcc) => mcc.getDomain("ann@a.com"), /domain must be a single domain/],
    ["getDomain: refuses a path", (mcc) => mcc.getDomain("ü/../x"), /domain must be a single domain/],
    [
      "deleteDomain: refuses a list of no domains [guard everywhere/no-items]",
      (mcc) => mcc.deleteDomain([]),
      /the input must be a list of at least 1 entry/,
    ],
    ["editDomain: refuses an empty name in a list", (mcc) => mcc.editDomain(["a.com", ""], {}), /domain must be/],
  ];
  test.each(invalid)("%s", async (_, call, says) => {
    const { mcc, server } = await clientOf(answers);
    const outcome = Promise.resolve().then(() => call(mcc));
    await expect(outcome).rejects.toBeInstanceOf(MailcowInputError);
    await expect(outcome).rejects.toThrow(says);
    expect(server.seen.filter(({ method }) => method === "POST")).toEqual([]);
  });

  test("getDomain: returns the domains that exist, and throws on a wrong key", async () => {
    const { mcc } = await clientOf({ "get/domain/all": [{ domain_name: "example.com" }] });
    expect(await mcc.getDomain()).toEqual([{ domain_name: "example.com" }]);
    const { mcc: locked } = await clientOf((response) => json(response, unauthorized, 401));
    await expect(locked.getDomain()).rejects.toMatchObject({ kind: "auth", reason: "invalid-key" });
  });

  test("addDomain: sends a Unicode name as punycode, and leaves its input as it was [guard everywhere/punycode]", async () => {
    const { mcc, server } = await clientOf(answers);
    const given = Object.freeze({ domain: "Bücher.рф", tags: Object.freeze(["red"]) as unknown as string[] });
    await mcc.addDomain(given);
    expect(given).toEqual({ domain: "Bücher.рф", tags: ["red"] });
    expect(bodiesOf(server)).toMatchObject([{ domain: "xn--bcher-kva.xn--p1ai" }]);
  });
});
