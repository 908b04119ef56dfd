import { describe, expect, test } from "vitest";
import type { Exchange } from "../../scripts/lib/conformance/recordings.ts";
import type { Domain } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { allAdded, none, testMethods } from "../support/methods.ts";
import { expectNone, expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";
import { json } from "../support/server.ts";
import { isLookUp, serverOfRows, written } from "../support/server-of-rows.ts";

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
  add: (mcc, options) => mcc.domains.add({ domain: "example.org", template: 1 }, options),
  addMany: async (mcc, options) =>
    allAdded(await mcc.domains.addMany([{ domain: "example.org", template: 1 }], options)),
  edit: (mcc, options) => mcc.domains.edit("example.org", { aliases: 399, relayhost: 1, tags: ["new"] }, options),
  ensure: [
    (mcc, options) => mcc.domains.ensure({ domain: "example.org", mailboxes: 11, tags: ["new"] }, options),
    {
      run: (mcc, options) => mcc.domains.ensure({ domain: "example.org", template: 1, relayhost: 1 }, options),
      answers: { "GET /api/v1/get/domain/{domain}": [none] },
    },
  ],
  delete: (mcc, options) => mcc.domains.delete("example.com", options),
  deleteTags: (mcc, options) => mcc.domains.deleteTags("example.com", ["red"], options),
  setTags: (mcc, options) => mcc.domains.setTags("example.org", ["red", "green"], options),
  setFooter: (mcc, options) => mcc.domains.setFooter("example.com", { html: "<p>Hello</p>", plain: "" }, options),
});

describe("list", () => {
  test("returns the rows, or [] if there are none, filtered by tags", async () => {
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

  test.each<[unknown, RegExp]>([
    ["red", /the filter must be an object/],
    [["red"], /the filter must be an object/],
    [null, /the filter must be an object/],
    [{ tag: "red" }, /unknown filter "tag"; did you mean "tags"\?/],
    [{ tags: undefined }, /tags must be given, or left out/],
    [{ tags: null }, /tags must be given, or left out/],
    [{ tags: 5 }, /tags must be/],
    [{ tags: ["a,b"] }, /tags must be/],
    [{ tags: [""] }, /tags must be/],
    [{ tags: " " }, /tags must be/],
  ])("refuses the filter %j [guard everywhere/filters]", async (filter, says) => {
    await expectRefused((mcc) => mcc.domains.list(wrong(filter)), says);
  });

  test("sends nothing for an empty list of tags [guard everywhere/filters]", async () => {
    await expectNone((mcc) => mcc.domains.list({ tags: [] }));
  });

  test("sends tags without blanks around them", async () => {
    const { mcc, server } = await clientOf((response) => json(response, {}));
    await mcc.domains.list({ tags: " red , Big one " });
    expect(server.seen[0]?.path).toBe("/api/v1/get/domain/all?tags=red%2CBig%20one");
  });
});

describe("iterate", () => {
  test("returns domains page by page", async () => {
    const pages = [
      recorded("18-search", "first page of two; draw comes back"),
      recorded("18-search", "second page", "search/domain"),
    ];
    const rows = pages.flatMap(({ response }) => (response.body as { data: Domain[] }).data);
    const { mcc } = await clientOf((response, { body }) => {
      const { start, length } = JSON.parse(body);
      json(response, { recordsFiltered: rows.length, data: rows.slice(start, start + length) });
    });
    expect(await collect(mcc.domains.iterate({ pageSize: 2 }))).toEqual(rows);
  });

  test("yields nothing if nothing matches", async () => {
    const { mcc } = await replay(recorded("18-search", "no match: data []"));
    expect(await collect(mcc.domains.iterate({ search: "a1-18nothing" }))).toEqual([]);
  });

  test("sorts by mailcow's column number of a field, then by name, and searches names and tags", async () => {
    const { mcc, server } = await clientOf({ "search/domain": { recordsFiltered: 0, data: [] } });
    await collect(mcc.domains.iterate({ orderBy: "bytes_total" }));
    const [{ order, columns }] = bodiesOf(server) as [{ order: object[]; columns: Record<string, unknown>[] }];
    expect(order).toEqual([
      { column: 6, dir: "asc" },
      { column: 2, dir: "asc" },
    ]);
    expect(columns.filter(({ searchable }) => searchable).map(({ data }) => data)).toEqual([2, 14]);
  });

  test.each([404, 405])("reads the list if the server can't search: %s", async (status) => {
    const { mcc } = await clientOf((response, { path }) =>
      path.endsWith("/get/domain/all")
        ? json(response, [{ domain_name: "example.com" }, { domain_name: "b.test" }])
        : json(response, { type: "error", msg: "route not found" }, status),
    );
    expect(await collect(mcc.domains.iterate({ search: "B.T" }))).toEqual([{ domain_name: "b.test" }]);
  });

  test("searches for a name in Unicode as it is, for tags, and as punycode", async () => {
    const { mcc, server } = await clientOf({ "search/domain": { recordsFiltered: 0, data: [] } });
    await collect(mcc.domains.iterate({ search: "Bücher" }));
    expect((bodiesOf(server) as { search: { value: string } }[]).map(({ search }) => search.value)).toEqual([
      "Bücher",
      "xn--bcher-kva",
    ]);
  });

  test.each<[unknown, RegExp]>([
    [{ concurency: 1 }, /unknown option "concurency"/],
    [{ orderBy: "name" }, /orderBy must be one of domain_name/],
    [{ pageSize: 0 }, /pageSize must be a whole number/],
    [{ search: 5 }, /search must be a text/],
    [{ descending: "yes" }, /descending must be true or false/],
    ["example", /the options must be an object/],
  ])("refuses %j", async (options, says) => {
    await expectRefused((mcc) => collect(mcc.domains.iterate(wrong(options))), says);
  });
});

describe("get", () => {
  test("returns the row, or null if there is none and for the name of an alias domain [guard domains/alias-domain]", async () => {
    const { mcc } = await replay(minimal, unknown, minimal);
    expect(await mcc.domains.get("A1-10A.test")).toEqual(minimal.response.body);
    expect(await mcc.domains.get("a1-10none.test")).toBeNull();
    expect(await mcc.domains.get("a1-10alias.test")).toBeNull();
  });

  test.each(["ann@a.com", "ü/../x", "a.com,b.com", "all", "template", " ", "", 5, null])(
    "refuses %j",
    async (domain) => {
      await expectRefused(
        (mcc) => mcc.domains.get(wrong(domain)),
        /^(get\/domain\/\{domain\}: )?domain (must be|is|holds)/,
      );
    },
  );
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

  test("throws if the domain can't be read back", async () => {
    const { mcc } = await replay(added("minimal add"), unknown);
    await expect(mcc.domains.add({ domain: "a1-10a.test" })).rejects.toMatchObject({ kind: "reply" });
  });

  test("throws mailcow's code, with what it means and what to do", async () => {
    const { mcc } = await replay(added("duplicate"));
    const error = await mcc.domains.add({ domain: "a1-10a.test" }).catch((reason) => reason);
    expect(error).toMatchObject({ kind: "rejected", codes: ["domain_exists"] });
    expect(error.is("domain_exists")).toBe(true);
    expect(error.message).toBe(
      "add/domain refused: there is a domain or an alias domain a1-10a.test already (domain_exists): " +
        "edit that one, or choose another name",
    );
  });

  test("sends a Unicode name as punycode, and does not change its input [guard everywhere/punycode]", async () => {
    const { mcc, server } = await clientOf({ "add/domain": success("domain_added", "x") });
    const given = Object.freeze({ domain: " Bücher.рф", tags: Object.freeze(["red"]) });
    await mcc.domains.add(given, { read: false });
    expect(given).toEqual({ domain: " Bücher.рф", tags: ["red"] });
    expect(bodiesOf(server)).toEqual([{ domain: "xn--bcher-kva.xn--p1ai", tags: ["red"] }]);
  });

  test("sends no field that is undefined [guard everywhere/undefined-fields]", async () => {
    const { mcc, server } = await clientOf({ "add/domain": success("domain_added", "x") });
    await mcc.domains.add({ domain: "example.com", quota: wrong(undefined) }, { read: false });
    expect(bodiesOf(server)).toEqual([{ domain: "example.com" }]);
  });

  test.each<[title: string, given: unknown, says: RegExp]>([
    ["an empty quota [guard everywhere/quota-words]", { domain: "a.com", quota: "" }, /^add\/domain: quota must be/],
    ["a fraction of a mailbox", { domain: "a.com", mailboxes: 1.5 }, /mailboxes must be a whole number/],
    ["a field that every object inherits", { domain: "a.com", constructor: 1 }, /unknown field "constructor"/],
    ["a misspelt field", { domian: "a.com" }, /unknown field "domian"; did you mean "domain"\?/],
    ["a tag twice, in any case [guard domains/tags]", { domain: "a.com", tags: ["Red", "red"] }, /none twice/],
    [
      "a long description",
      { domain: "a.com", description: "x".repeat(256) },
      /description must be a text of up to 255/,
    ],
    [
      "an unknown time span of a rate limit",
      { domain: "a.com", rl_value: 1, rl_frame: "x" },
      /rl_frame must be "s", "m"/,
    ],
    ["an object without a domain", {}, /domain must be given/],
    ["an empty name", { domain: " " }, /domain must be a domain/],
    ["several names", { domain: "a.com,b.com" }, /domain must be a domain/],
    ["a name that can't be read back", { domain: "all" }, /which mailcow reads as another route/],
    ["undefined", undefined, /the input must be an object/],
    ["a list", [], /the input must be an object/],
  ])("refuses %s", async (_, given, says) => {
    await expectRefused((mcc) => mcc.domains.add(wrong(given), { read: false }), says);
  });

  test("refuses an option read that is not a boolean", async () => {
    await expectRefused(
      (mcc) => mcc.domains.add({ domain: "a.com" }, { read: wrong(1) }),
      /read must be true or false/,
    );
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

  test("returns rows and errors in the order of the items", async () => {
    const { mcc, server } = await replay(good, minimal, bad);
    expect(await mcc.domains.addMany([goodItem, badItem], { concurrency: 1 })).toEqual([
      { item: goodItem, status: "added", row: domain },
      failed,
    ]);
    expect(bodiesOf(server)).toEqual([goodItem, badItem]);
  });

  test("continues after a refusal, and reads nothing back with read: false", async () => {
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

  test.each<[unknown, RegExp]>([
    [{ concurency: 1 }, /unknown option "concurency"; did you mean "concurrency"\?/],
    [{ concurrency: 0 }, /concurrency must be a whole number of at least 1/],
    [{ stopOnError: "yes" }, /stopOnError must be true or false/],
  ])("refuses %j before anything is sent", async (options, says) => {
    await expectRefused((mcc) => mcc.domains.addMany([goodItem], wrong(options)), says);
  });

  test("sends nothing for an empty list, and refuses anything but a list", async () => {
    await expectNone((mcc) => mcc.domains.addMany([]));
    await expectRefused((mcc) => mcc.domains.addMany(wrong(goodItem)), /items must be a list/);
  });

  test("names the invalid item, and sends the others", async () => {
    const { mcc, server } = await replay(good);
    const outcomes = await mcc.domains.addMany([wrong({ domain: "a b" }), goodItem], { read: false });
    const error = expect.objectContaining({ kind: "input" });
    expect(outcomes).toMatchObject([{ status: "failed", error }, { status: "added" }]);
    expect(bodiesOf(server)).toEqual([goodItem]);
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

  test("edits the others and names the unknown one", async () => {
    const { mcc } = await replay(edited("several, one unknown: danger between two successes"));
    const call = mcc.domains.edit(["a1-11a.test", "a1-11none.test", "a1-11b.test"], { gal: 0 });
    await expect(call).rejects.toMatchObject({
      failures: [{ id: "a1-11none.test", code: "domain_invalid" }],
      succeeded: [{ id: "a1-11a.test" }, { id: "a1-11b.test" }],
    });
  });

  describe("with tags", () => {
    /** A server on which the domains have these tags. */
    const serverOfTags = (tags: Record<string, string[]>) =>
      clientOf((response, { method, path, body }) => {
        const name = path.split("/").at(-1) ?? "";
        if (method === "GET") return json(response, tags[name] ? { domain_name: name, tags: tags[name] } : {});
        const { items } = JSON.parse(body) as { items: string[] };
        json(
          response,
          items.flatMap((item) => success("domain_modified", item)),
        );
      });

    test("sends each domain only its missing tags, in any spelling [guard domains/tags]", async () => {
      const tags = {
        "a.test": ["Red", "é"],
        "b.test": ["blue"],
        "c.test": ["red", "E"],
        "d.test": ["red", "e", "blue"],
      };
      const { mcc, server } = await serverOfTags(tags);
      const domains = Object.keys(tags);
      const outcomes = await mcc.domains.edit(domains, { tags: ["red", "blue", "e"], gal: 1 });
      expect(bodiesOf(server)).toEqual([
        { items: ["a.test"], attr: { gal: 1, tags: ["blue"] } },
        { items: ["b.test"], attr: { gal: 1, tags: ["red", "e"] } },
        { items: ["c.test"], attr: { gal: 1, tags: ["blue"] } },
        { items: ["d.test"], attr: { gal: 1 } },
      ]);
      expect(outcomes).toMatchObject(domains.map((id) => ({ id, results: [{ id }] })));
    });

    test("sends nothing to a domain that has all the tags, if nothing else changes", async () => {
      const { mcc, server } = await serverOfTags({ "a.test": ["RED"] });
      expect(await mcc.domains.edit("a.test", { tags: ["red"] })).toEqual([{ id: "a.test", results: [] }]);
      expect(await mcc.editDomain("a.test", { tags: [] })).toBe(true);
      expect(bodiesOf(server)).toEqual([]);
    });

    test("sends all tags to a domain that does not exist, which mailcow refuses", async () => {
      const { mcc, server } = await serverOfTags({});
      await mcc.domains.edit("none.test", { tags: ["red"] });
      expect(bodiesOf(server)).toEqual([{ items: ["none.test"], attr: { tags: ["red"] } }]);
    });
  });

  test("sends names as mailcow stores them [guard everywhere/punycode]", async () => {
    const { mcc, server } = await clientOf({
      "get/domain/xn--bcher-kva.example": {},
      "get/relayhost/3": { id: 3 },
      "edit/domain": success("domain_modified", "xn--bcher-kva.example"),
    });
    const [outcome] = await mcc.domains.edit(" BÜcher.Example", { tags: [" Red "], relayhost: "3" });
    expect(outcome).toMatchObject({ id: "xn--bcher-kva.example" });
    const attr = { tags: ["Red"], relayhost: "3" };
    expect(bodiesOf(server)).toEqual([{ items: ["xn--bcher-kva.example"], attr }]);
  });

  test("sends nothing for an empty list, but still checks the changes [guard everywhere/no-items]", async () => {
    await expectNone((mcc) => mcc.domains.edit([], { gal: 1 }));
    await expectRefused((mcc) => mcc.domains.edit([], { gal: wrong("yes") }), /gal must be/);
  });

  test.each<[title: string, names: unknown, changes: unknown, says: RegExp]>([
    ["NaN", "a.com", { aliases: Number.NaN }, /^edit\/domain: aliases must be/],
    ["a word for a flag [guard everywhere/flag-words]", "a.com", { active: "yes" }, /active must be true or false/],
    ["null", "a.com", { active: null }, /active must be/],
    [
      "the id among the attributes [guard everywhere/id-among-attributes]",
      "a.com",
      { domain: "b.com" },
      /unknown field "domain"/,
    ],
    [
      "a field that the route ignores [guard everywhere/id-among-attributes]",
      "a.com",
      { rl_value: 5 },
      /unknown field "rl_value"/,
    ],
    ["an empty tag", "a.com", { tags: [""] }, /tags must be/],
    ["too many tags", "a.com", { tags: Array.from({ length: 27 }, (_, i) => `t${i}`) }, /tags must be/],
    ["an empty name in a list", ["a.com", ""], {}, /items must be/],
    ["several names in one text", "a.com,b.com", {}, /items must be/],
    ["undefined instead of changes", "a.com", undefined, /attr must be|the input must be/],
  ])("refuses %s", async (_, names, changes, says) => {
    await expectRefused((mcc) => mcc.domains.edit(wrong(names), wrong(changes)), says);
  });
});

describe("delete", () => {
  test("assigns mailcow's notices to their domain", async () => {
    const { mcc } = await replay(stored("storage cannot be moved: warning and success"));
    const [outcome] = await mcc.domains.delete("a1-10b.test");
    expect(outcome?.results.map(({ type }) => type)).toEqual(["warning", "success"]);
  });

  test("throws mailcow's code while the domain has a mailbox", async () => {
    const { mcc } = await replay(stored("still holds a mailbox"));
    await expect(mcc.domains.delete("a1-10b.test")).rejects.toMatchObject({ codes: ["domain_not_empty"] });
  });

  test("sends a bare list of names as mailcow stores them [guard everywhere/punycode]", async () => {
    const { mcc, server } = await clientOf({ "delete/domain": success("domain_removed", "a.com") });
    await mcc.domains.delete([" A.com", "Bücher.de"]);
    expect(bodiesOf(server)).toEqual([["a.com"], ["xn--bcher-kva.de"]]);
  });

  test("sends nothing for an empty list, and refuses a name that is not a domain [guard everywhere/no-items]", async () => {
    await expectNone((mcc) => mcc.domains.delete([]));
    await expectRefused((mcc) => mcc.domains.delete(["a.com", "ann@a.com"]), /^delete\/domain: the input must be/);
  });
});

describe("deleteTags", () => {
  test("removes tags, and throws for an unknown domain", async () => {
    const { mcc, server } = await replay(extra("one tag"), extra("several"), extra("unknown domain", "tag/{domain}"));
    await mcc.domains.deleteTags("a1-13a.test", ["a"]);
    expect(await mcc.domains.deleteTags("a1-13a.test", ["b", "c d"])).toMatchObject([{ code: "domain_modified" }]);
    expect(bodiesOf(server)).toEqual([["a"], ["b", "c d"]]);
    await expect(mcc.domains.deleteTags("a1-13none.test", ["a"])).rejects.toMatchObject({ codes: ["access_denied"] });
  });

  test("sends a Unicode name as punycode, which mailcow does not do here [guard everywhere/punycode]", async () => {
    const { mcc, server } = await clientOf((response) => json(response, success("domain_modified", "x")));
    await mcc.domains.deleteTags(" BÜcher.Example", " Red ");
    expect(server.seen[0]?.path).toBe("/api/v1/delete/domain/tag/xn--bcher-kva.example");
    expect(bodiesOf(server)).toEqual([["Red"]]);
  });

  test("sends nothing for an empty list of tags, but still checks the name", async () => {
    await expectNone((mcc) => mcc.domains.deleteTags("example.com", []));
    await expectRefused((mcc) => mcc.domains.deleteTags("ann@example.com", []), /domain must be a domain/);
    await expectRefused((mcc) => mcc.domains.deleteTags("example.com", [""]), /the input must be/);
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

  test("refuses invalid tags before it deletes any [guard domains/tags]", async () => {
    const { mcc, server } = await clientOf({});
    await expect(mcc.domains.setTags("example.com", ["a", "A"])).rejects.toThrow("none twice");
    expect(server.seen).toEqual([]);
  });

  test("throws for an unknown domain", async () => {
    const { mcc, server } = await clientOf({ "get/domain/example.com": {} });
    const failures = [{ id: "example.com", code: "access_denied" }];
    await expect(mcc.domains.setTags("Example.com", ["a"])).rejects.toMatchObject({ kind: "rejected", failures });
    expect(bodiesOf(server)).toEqual([]);
  });

  test("sends a Unicode name as punycode in each of its calls, and tags without blanks [guard everywhere/punycode]", async () => {
    const name = "xn--bcher-kva.example";
    const { mcc, server } = await clientOf((response, { method }) =>
      json(response, method === "GET" ? { domain_name: name, tags: ["old", "red"] } : success("domain_modified", name)),
    );
    await mcc.domains.setTags(" BÜcher.Example", [" red ", "new"]);
    expect(written(server)).toEqual([`delete/domain/tag/${name}`, "edit/domain"]);
    expect(bodiesOf(server)).toEqual([["old"], { items: [name], attr: { tags: ["new"] } }]);
  });

  test("lists what was deleted if the rest is refused", async () => {
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

  test("sends one call per domain, so that an unknown one does not stop the others [guard domains/footer]", async () => {
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

  test("names the unknown excluded addresses, and says that the footer is saved", async () => {
    const { mcc } = await replay(extra("each bad exclude answers danger, the footer is saved"));
    const exclude = ["none@a1-13a.test", "a1-13b.test"];
    const failure = { code: "username_invalid" };
    await expect(mcc.domains.setFooter("a1-13a.test", { ...footer, exclude })).rejects.toMatchObject({
      kind: "rejected",
      failures: [failure, failure, failure],
      succeeded: [{ id: "a1-13a.test", code: "domain_footer_modified" }],
    });
  });

  test("refuses a footer without one of its texts, which mailcow would empty [guard domains/footer]", async () => {
    const { mcc, server } = await clientOf({});
    const set = (attr: object) => mcc.domains.setFooter("example.com", wrong(attr));
    await expect(set({ html: "<p>Hello</p>" })).rejects.toEqual(input("plain must be a text"));
    await expect(set({ plain: "Hello" })).rejects.toEqual(input("html must be a text"));
    expect(server.seen).toEqual([]);
  });

  test("refuses a field named like the ids [guard everywhere/id-among-attributes]", async () => {
    const attr = wrong({ ...footer, domains: ["example.org"] });
    await expectRefused((mcc) => mcc.domains.setFooter("example.com", attr), /unknown field "domains"/);
  });

  test("sends names and excluded addresses as mailcow stores them [guard everywhere/punycode]", async () => {
    const { mcc, server } = await clientOf({ "edit/domain/footer": success("domain_footer_modified", "x") });
    await mcc.domains.setFooter(" BÜcher.Example", { ...footer, exclude: ["ANN@Bücher.example", "Käse.test"] });
    const exclude = ["ann@xn--bcher-kva.example", "xn--kse-qla.test"];
    expect(bodiesOf(server)).toEqual([{ items: ["xn--bcher-kva.example"], attr: { ...footer, exclude } }]);
  });

  test("sends nothing for an empty list, and refuses invalid input before the first call [guard everywhere/no-items]", async () => {
    await expectNone((mcc) => mcc.domains.setFooter([], footer));
    await expectRefused((mcc) => mcc.domains.setFooter(["a.com", "b c"], footer), /items must be/);
    const exclude = ["rubbish !"];
    await expectRefused((mcc) => mcc.domains.setFooter("a.com", { ...footer, exclude }), /exclude must be/);
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
  const { relayhost: _, ...fullInput } = bodyOf(full);
  const onlyAdd = ["rl_value", "rl_frame", "dkim_selector", "key_size", "restart_sogo", "template"];

  test("does nothing if everything matches: MiB or bytes, true or 1, digits or numbers", async () => {
    const { mcc, server } = await serverOfRows(domain);
    expect(await mcc.domains.ensure(desired)).toEqual({ action: "unchanged", row: domain, changes: {} });
    expect(server.seen).toHaveLength(1);
  });

  test("does nothing if the same input, with every field, was added before, and lists what only add takes", async () => {
    const { mcc, server } = await replay(fullRow);
    const done = { action: "unchanged", row: rowIn(fullRow), changes: {}, ignored: onlyAdd };
    expect(await mcc.domains.ensure(fullInput)).toEqual(done);
    expect(server.seen.map(({ method }) => method)).toEqual(["GET"]);
  });

  test.each([
    ["minimal add", "minimal domain as stored"],
    ["numbers as strings, booleans, tags as string, no dkim", "inactive domain without dkim"],
    ["relay_all_recipients turns on backupmx", "relay all"],
  ])("does nothing if the same input was added before: %s", async (name, read) => {
    const { mcc, server } = await replay(recorded("10-domain", read, "get/domain/{domain}"));
    expect(await mcc.domains.ensure(bodyOf(added(name)))).toMatchObject({ action: "unchanged", changes: {} });
    expect(server.seen).toHaveLength(1);
  });

  test("adds a domain that does not exist", async () => {
    const { mcc, server } = await serverOfRows(null, domain);
    expect(await mcc.domains.ensure(desired)).toEqual({ action: "added", row: domain, changes: {} });
    expect(bodiesOf(server)).toEqual([{ ...desired, domain: "a1-10a.test" }]);
  });

  test("adds a domain with every field, and returns the row that was read back", async () => {
    const template = recorded("12-domain-template", "one by id: an object");
    const { mcc, server } = await replay(unknown, template, full, fullRow);
    expect(await mcc.domains.ensure(fullInput)).toEqual({ action: "added", row: rowIn(fullRow), changes: {} });
    expect(bodiesOf(server)).toEqual([fullInput]);
  });

  test("edits only what differs, and returns the old and new values, in MiB", async () => {
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
      "the flag that turns on two others",
      {
        wanted: { domain: "a1-11b.test", relay_unknown_only: 1 },
        reads: [edited("the second was not reached"), edited("all relay flags")],
        edit: relaying,
        changes: { relay_unknown_only: { from: 0, to: 1 } },
        sent: { items: ["a1-11b.test"], attr: { relay_unknown_only: 1 } },
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

  test("compares only the given fields, and lists those that only add takes", async () => {
    const { mcc, server } = await serverOfRows({ ...domain, tags: ["red"] });
    const given = { domain: "a1-10a.test", template: 7, key_size: 4096, rl_value: 5, rl_frame: "h" as const };
    const ignored = ["template", "key_size", "rl_value", "rl_frame"];
    expect(await mcc.domains.ensure(given)).toMatchObject({ action: "unchanged", ignored });
    expect(written(server)).toEqual([]);
  });

  test("does not send an empty description, which mailcow would ignore each time", async () => {
    const { mcc } = await serverOfRows(domain);
    expect(await mcc.domains.ensure({ ...desired, description: "" })).toMatchObject({ action: "unchanged" });
  });

  test.each<[object, RegExp]>([
    [{ domian: "a.com" }, /unknown field "domian"; did you mean "domain"\?/],
    [{ quota: "much" }, /quota must be/],
    [{ domain: "all" }, /which mailcow reads as another route/],
    [{ relayhost: "three" }, /^add\/domain: relayhost must be a whole number/],
  ])("refuses what neither add nor edit takes, before it reads anything: %j", async (given, says) => {
    await expectRefused((mcc) => mcc.domains.ensure(wrong({ domain: "a.com", ...given })), says);
  });

  test("edits the relayhost of a domain that exists", async () => {
    const row = { ...domain, relayhost: "3" };
    const { mcc, server } = await serverOfRows(domain, row);
    const changes = { relayhost: { from: "0", to: 3 } };
    expect(await mcc.domains.ensure({ ...desired, relayhost: 3 })).toEqual({ action: "edited", row, changes });
    expect(bodiesOf(server)).toEqual([{ items: ["a1-10a.test"], attr: { relayhost: 3 } }]);
    expect(await mcc.domains.ensure({ ...desired, relayhost: "3" })).toMatchObject({ action: "unchanged" });
  });

  test("adds a domain and then sets its relayhost, which add would ignore", async () => {
    const row = { ...domain, relayhost: "3" };
    const { mcc, server } = await serverOfRows(null, domain, row);
    expect(await mcc.domains.ensure({ ...desired, relayhost: 3 })).toEqual({ action: "added", row, changes: {} });
    expect(written(server)).toEqual(["add/domain", "edit/domain"]);
    expect(bodiesOf(server)).toEqual([
      { ...desired, domain: "a1-10a.test" },
      { items: ["a1-10a.test"], attr: { relayhost: 3 } },
    ]);
  });

  test("edits only the relayhost of a new domain, even if mailcow stored another field differently", async () => {
    const { mcc, server } = await serverOfRows(null, { ...domain, gal: 0 }, { ...domain, gal: 0, relayhost: "3" });
    await mcc.domains.ensure({ ...desired, gal: 1, relayhost: 3 });
    expect(bodiesOf(server)[1]).toEqual({ items: ["a1-10a.test"], attr: { relayhost: 3 } });
  });

  test("adds a domain without a relayhost by a single write", async () => {
    const { mcc, server } = await serverOfRows(null, domain);
    expect(await mcc.domains.ensure({ ...desired, relayhost: 0 })).toMatchObject({ action: "added", row: domain });
    expect(written(server)).toEqual(["add/domain"]);
  });

  test("throws mailcow's refusal of a new domain's relayhost after a single attempt", async () => {
    const { mcc, server } = await clientOf((response, { method, path }) => {
      if (isLookUp(path)) return json(response, { id: 3 });
      if (method === "GET") return json(response, server.seen.length === 1 ? {} : domain);
      if (path.endsWith("add/domain")) return json(response, success("domain_added", "a1-10a.test"));
      json(response, [{ type: "danger", log: [], msg: "relayhost_invalid" }]);
    });
    const call = mcc.domains.ensure({ ...desired, relayhost: 3 });
    await expect(call).rejects.toMatchObject({ kind: "rejected", codes: ["relayhost_invalid"] });
    expect(written(server)).toEqual(["add/domain", "edit/domain"]);
  });

  test("finds a domain in another spelling, and edits it by its name [guard everywhere/punycode]", async () => {
    const row = { ...domain, domain_name: "xn--bcher-kva.example" };
    const { mcc, server } = await serverOfRows(row, { ...row, gal: 0 });
    const done = await mcc.domains.ensure({ domain: " BÜcher.Example", gal: 0 });
    expect(done).toMatchObject({ action: "edited", changes: { gal: { from: 1, to: 0 } } });
    expect(bodiesOf(server)).toEqual([{ items: ["xn--bcher-kva.example"], attr: { gal: 0 } }]);
  });

  test.each<[string, object, Exchange, Exchange]>([
    [
      "backupmx of a domain that relays for all recipients",
      { domain: "a1-11b.test", backupmx: 0 },
      edited("backupmx still 1"),
      edited("backupmx cannot go while relay_all_recipients is on"),
    ],
    [
      "a limit of 0",
      { domain: "a1-11a.test", aliases: 0, maxquota: 0, quota: 0 },
      edited("nothing was cleared"),
      edited("empty and 0 keep the old value"),
    ],
  ])("lists what mailcow keeps although it reports success: %s", async (_, wanted, row, edit) => {
    const { domain: __, ...attr } = wanted as { domain: string };
    const { mcc, server } = await replay(row, edit, row, row, edit, row);
    const done = { action: "unchanged", row: rowIn(row), changes: {}, ignored: Object.keys(attr) };
    expect(await mcc.domains.ensure(wrong(wanted))).toEqual(done);
    expect(await mcc.domains.ensure(wrong(wanted))).toEqual(done);
    expect(bodiesOf(server)).toMatchObject([{ attr }, { attr }]);
  });

  test("lists limits that mailcow keeps, and sends them again with each call", async () => {
    const { mcc, server } = await serverOfRows(domain);
    const done = { action: "unchanged", row: domain, changes: {}, ignored: ["aliases", "quota"] };
    for (const _ of [1, 2]) expect(await mcc.domains.ensure({ ...desired, aliases: 0, quota: 0 })).toEqual(done);
    expect(written(server)).toEqual(["edit/domain", "edit/domain"]);
  });

  test("lists what mailcow kept and what it changed", async () => {
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

  test("refuses too many tags, of which mailcow would keep some", async () => {
    const { mcc, server } = await replay(stored("26 tags, sorted as strings"));
    const call = mcc.domains.ensure(bodyOf(added("28 tags: 26 kept, then a warning")));
    await expect(call).rejects.toMatchObject({ kind: "input" });
    expect(bodiesOf(server)).toEqual([]);
  });

  test("continues if another program adds the domain meanwhile", async () => {
    let reads = 0;
    const { mcc } = await clientOf((response, { method }) => {
      if (method === "GET") return json(response, reads++ === 0 ? {} : domain);
      json(response, [{ type: "danger", log: [], msg: ["domain_exists", "a1-10a.test"] }]);
    });
    expect(await mcc.domains.ensure(desired)).toMatchObject({ action: "unchanged", row: domain });
  });

  test("continues if mailcow sends no answer to the second of two programs", async () => {
    let reads = 0;
    const { mcc } = await clientOf((response, { method }) => {
      if (method === "GET") return json(response, reads++ === 0 ? {} : domain);
      response.writeHead(200, { "content-type": "application/json" }).end();
    });
    expect(await mcc.domains.ensure(desired)).toMatchObject({ action: "unchanged", row: domain });
  });

  test("throws if the domain was added only in part", async () => {
    let reads = 0;
    const { mcc } = await clientOf((response, { method }) => {
      if (method === "GET") return json(response, reads++ === 0 ? {} : domain);
      json(response, [{ type: "danger", log: [], msg: "rl_timeframe" }, ...success("domain_added", "a1-10a.test")]);
    });
    await expect(mcc.domains.ensure(desired)).rejects.toMatchObject({ codes: ["rl_timeframe"] });
  });

  test("throws mailcow's code if the domain does not exist afterwards either", async () => {
    const { mcc } = await clientOf((response, { method }) =>
      json(response, method === "GET" ? {} : [{ type: "danger", log: [], msg: "domain_invalid" }]),
    );
    await expect(mcc.domains.ensure(desired)).rejects.toMatchObject({ codes: ["domain_invalid"] });
  });

  test("does not change its input", async () => {
    const { mcc } = await serverOfRows({ ...domain, tags: ["old"] });
    const given = { ...desired, quota: 1, tags: ["new"] };
    const before = structuredClone(given);
    await mcc.domains.ensure(given);
    expect(given).toEqual(before);
  });
});

describe("setTags without tags", () => {
  test("is refused before anything is read", async () => {
    for (const tags of [undefined, null, "red"])
      await expectRefused((mcc) => mcc.domains.setTags("example.com", wrong(tags)), /tags must be a list/);
  });
});

describe("iterate without a text to search for", () => {
  test.each([undefined, null, 5])("search: %j is refused, because it would mean everything", async (search) => {
    await expectRefused((mcc) => collect(mcc.domains.iterate({ search: wrong(search) })), /search must be a text/);
    await expectRefused((mcc) => collect(mcc.mailboxes.iterate({ search: wrong(search) })), /search must be a text/);
  });
});
