import { describe, expect, test } from "vitest";
import type { Exchange } from "../../scripts/lib/conformance/recordings.ts";
import type { Mailbox } from "../../src/facade/collections/mailboxes.ts";
import type { MailcowApiClient, MailcowTransportOptions } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { collect } from "../support/collect.ts";
import { allAdded, many, none, testMethods } from "../support/methods.ts";
import { testAddMany } from "../support/recorded-add-many.ts";
import {
  attrOf,
  bodyOf,
  ensure,
  testEnsureAdds,
  testEnsureEdits,
  testEnsureLeaves,
  wantedBy,
} from "../support/recorded-ensure.ts";
import { expectRefused } from "../support/refusals.ts";
import { apart, recorded, replay } from "../support/replay.ts";
import { json, type LocalServer } from "../support/server.ts";
import { serverOfRows, written } from "../support/server-of-rows.ts";

const [adding, edits, templates, lists, searching, account] = [
  ...["14-mailbox", "15-mailbox-edit", "16-mailbox-template"],
  ...["17-lists", "18-search", "19-account"],
] as [string, string, string, string, string, string];
const mebibyte = 1024 ** 2;

/** A row, with its local part, its `attribute_hash` and whatever else. */
const rowOf = (local: string, hash = "", more: object = {}) => ({
  username: `${local}@example.com`,
  name: "",
  domain: "example.com",
  attributes: { attribute_hash: hash },
  ...more,
});
/** What JavaScript may pass all the same. */
const wrong = (value: unknown) => value as never;

const rowsIn = ({ response }: Exchange): { username: string }[] => {
  const body = response.body as { data?: [] } & [];
  return body.data ?? body;
};

describe("list", () => {
  test("returns the mailboxes of the given domains", async () => {
    const exchange = recorded(lists, "two domains", "all/{domains}");
    const { mcc, server } = await replay(exchange);
    const rows = await mcc.mailboxes.list({ domain: ["A1-17A.test", "a1-17b.test"] });
    expect(rows).toEqual(exchange.response.body);
    expect(server.seen[0]?.path).toBe("/api/v1/get/mailbox/all/a1-17a.test%252Ca1-17b.test");
  });

  test("returns [] for an unknown domain, for which mailcow lists the whole server [guard mailboxes/unknown-domain]", async () => {
    const { mcc } = await replay(recorded(lists, "unknown domain: every mailbox of the server"));
    expect(await mcc.mailboxes.list({ domain: "a1-17none.test" })).toEqual([]);
  });

  test("returns each mailbox once if one of the domains is unknown [guard mailboxes/unknown-domain]", async () => {
    const { mcc } = await replay(recorded(lists, "unknown and known: duplicates"));
    const rows = await mcc.mailboxes.list({ domain: ["a1-17none.test", "a1-17a.test"] });
    expect(rows.map(({ username }) => username)).toEqual(["x@a1-17a.test", "y@a1-17a.test"]);
  });

  test("returns each mailbox once for tags, if one domain's name is part of another's [guard mailboxes/tags-twice]", async () => {
    const exchange = recorded(lists, "it is listed twice now");
    const { mcc, server } = await replay(exchange);
    const rows = await mcc.mailboxes.list({ tags: ["a1red"] });
    expect(rows.map(({ username }) => username)).toEqual([
      ...new Set(rowsIn(exchange).map(({ username }) => username)),
    ]);
    expect(rows.length).toBeLessThan(rowsIn(exchange).length);
    expect(server.seen[0]?.path).toBe("/api/v1/get/mailbox/all?tags=a1red");
  });

  test("returns no mailbox of a domain whose name only contains the given one, for tags [guard mailboxes/tags-twice]", async () => {
    const { mcc } = await replay(recorded(lists, "and for the other domain too"));
    const rows = await mcc.mailboxes.list({ domain: "a1-17a.test", tags: "a1red" });
    expect(rows.map(({ domain }) => domain)).toEqual(rows.map(() => "a1-17a.test"));
    expect(rows.length).toBeGreaterThan(0);
  });

  test("list and listReduced return [] if mailcow returns {}", async () => {
    const { mcc } = await replay(
      recorded(lists, "no mailboxes: {}"),
      recorded(lists, "mailboxes of an alias domain: {}"),
      recorded(lists, "reduced, none: {}"),
    );
    expect(await mcc.mailboxes.list({ domain: "a1-17c.test" })).toEqual([]);
    expect(await mcc.mailboxes.list({ domain: "a1-17al.test" })).toEqual([]);
    expect(await mcc.mailboxes.listReduced({ domain: "a1-17c.test" })).toEqual([]);
  });
});

test("listReduced: returns the rows of all domains or of the given ones", async () => {
  const [all, two] = [recorded(lists, "all, reduced"), recorded(lists, "reduced, two domains")];
  const { mcc } = await replay(all, two);
  expect(await mcc.mailboxes.listReduced()).toEqual(all.response.body);
  expect(await mcc.mailboxes.listReduced({ domain: ["a1-17a.test", "a1-17b.test"] })).toEqual(two.response.body);
});

describe("iterate", () => {
  type Options = Parameters<MailcowApiClient["mailboxes"]["iterate"]>[0];
  const namesOf = async (mcc: MailcowApiClient, options: Options) =>
    (await collect(mcc.mailboxes.iterate(options))).map(({ username }) => username.replace("@example.com", ""));

  /** A server that holds mailboxes and sends pages of them; between two calls it may change them. */
  async function paged(change: (rows: ReturnType<typeof rowOf>[], call: number) => void, count = 6) {
    const rows = Array.from({ length: count }, (_, index) => rowOf(`u${String(index).padStart(5, "0")}`));
    let call = 0;
    return clientOf((response, { body }) => {
      change(rows, call++);
      const { start, length } = JSON.parse(body);
      const data = rows.slice(start, start + length);
      json(response, { draw: 0, recordsTotal: rows.length, recordsFiltered: rows.length, data });
    });
  }

  test("returns mailboxes page by page; each page begins with a row of the one before", async () => {
    const rows = [
      recorded(searching, "page of two: recordsTotal counts only the matches here"),
      recorded(searching, "second page", "search/mailbox"),
    ].flatMap(rowsIn);
    const { mcc, server } = await clientOf((response, { body }) => {
      const { start, length } = JSON.parse(body);
      json(response, { recordsFiltered: rows.length, data: rows.slice(start, start + length) });
    });
    expect(await collect(mcc.mailboxes.iterate({ search: "a1-18", pageSize: 2 }))).toEqual(rows);
    expect(bodiesOf(server)).toMatchObject([
      { start: 0, length: 2, search: { value: "a1-18" } },
      { start: 1, length: 3 },
    ]);
  });

  test("yields nothing if nothing matches", async () => {
    const { mcc } = await replay(recorded(searching, "no match", "search/mailbox"));
    expect(await collect(mcc.mailboxes.iterate({ search: "nothing at all" }))).toEqual([]);
  });

  test("throws if mailcow does not see the key", async () => {
    const { mcc } = await replay(recorded(searching, "no key", "search/mailbox"));
    await expect(collect(mcc.mailboxes.iterate())).rejects.toMatchObject({ kind: "auth", reason: "no-key" });
  });

  test("yields no row twice when rows are added in between [guard mailboxes/moving-pages]", async () => {
    const { mcc } = await paged((rows, call) => call === 1 && rows.unshift(rowOf("a"), rowOf("b")));
    expect(await namesOf(mcc, { pageSize: 3 })).toEqual(["u00000", "u00001", "u00002", "u00003", "u00004", "u00005"]);
  });

  test("skips no row when rows are deleted in between [guard mailboxes/moving-pages]", async () => {
    const { mcc } = await paged((rows, call) => call === 1 && rows.splice(0, 2));
    expect(await namesOf(mcc, { pageSize: 3 })).toEqual(["u00000", "u00001", "u00002", "u00003", "u00004", "u00005"]);
  });

  test("skips no row if as many are deleted as are added in between [guard mailboxes/moving-pages]", async () => {
    const { mcc } = await paged((rows, call) => call === 1 && rows.splice(0, 1) && rows.push(rowOf("v")));
    expect(await namesOf(mcc, { pageSize: 3 })).toContain("u00003");
  });

  test.each([
    ["no number of rows", { data: [] }],
    ["a senseless number of rows", { data: [], recordsFiltered: "many" }],
    ["half a row", { data: [{ username: "a@example.com" }], recordsFiltered: 0.5 }],
    ["no rows", { recordsFiltered: 5 }],
    ["rows of null", { data: [null], recordsFiltered: 1 }],
    ["empty pages without end", { data: [], recordsFiltered: 1e9 }],
    ["the same page again and again", { data: [{ username: "a@example.com" }], recordsFiltered: 1e9 }],
  ])("ends at %s", async (_, answer) => {
    const { mcc, server } = await clientOf({ "search/mailbox": answer });
    await expect(namesOf(mcc, { pageSize: 1 })).rejects.toMatchObject({ kind: "reply" });
    expect(server.seen.length).toBeLessThan(30);
  });

  test("ends when all rows are deleted in between", async () => {
    const { mcc } = await paged((rows, call) => call > 0 && rows.splice(0));
    expect(await namesOf(mcc, { pageSize: 3 })).toEqual(["u00000", "u00001", "u00002"]);
  });

  test("requests a page only when it is needed", async () => {
    const { mcc, server } = await paged(() => {}, 500);
    for await (const _ of mcc.mailboxes.iterate()) break;
    expect(server.seen).toHaveLength(1);
    expect(bodiesOf(server)).toMatchObject([{ start: 0, length: 100 }]);
  });

  test("returns thousands of rows", async () => {
    const { mcc, server } = await paged(() => {}, 12_500);
    expect(new Set(await namesOf(mcc, { pageSize: 1000 })).size).toBe(12_500);
    expect(server.seen).toHaveLength(13);
    expect(bodiesOf(server)[12]).toMatchObject({ start: 11_950, length: 1_050 });
  });

  test("sorts by mailcow's column number of a field, and equal rows by name", async () => {
    const { mcc, server } = await clientOf({ "search/mailbox": { recordsFiltered: 0, data: [] } });
    await namesOf(mcc, { orderBy: "messages", descending: true, search: "50%_\\" });
    const [sent] = bodiesOf(server) as { columns: { data: number; searchable: boolean }[] }[];
    expect(sent).toMatchObject({
      order: [
        { column: 20, dir: "desc" },
        { column: 2, dir: "asc" },
      ],
      search: { value: "50\\%\\_\\\\" },
    });
    expect(sent?.columns.filter(({ searchable }) => searchable).map(({ data }) => data)).toEqual([2, 7, 23]);
  });

  test.each([404, 405])("reads the lists of the domains if the server can't search: %s", async (status) => {
    const { mcc, server } = await clientOf((response, { path }) => {
      if (path.endsWith("/domain/all"))
        return json(response, [{ domain_name: "example.com" }, { domain_name: "b.test" }]);
      if (path.endsWith("/all/example.com")) return json(response, [rowOf("ann"), rowOf("bob", "", { tags: ["Red"] })]);
      if (path.endsWith("/all/b.test")) return json(response, {});
      json(response, { type: "error", msg: "route not found" }, status);
    });
    expect(await namesOf(mcc, {})).toEqual(["ann", "bob"]);
    expect(await namesOf(mcc, { search: "red" })).toEqual(["bob"]);
    await expect(namesOf(mcc, { orderBy: "quota" })).rejects.toMatchObject({ kind: "http", status });
    expect(server.seen.filter(({ path }) => path === "/api/v1/get/mailbox/all")).toEqual([]);
  });

  test("searches for the text as it is and as punycode, and yields each mailbox once", async () => {
    const rows = {
      bücher: [rowOf("ann", "", { name: "Bücher" }), rowOf("bob")],
      "xn--bcher-kva": [rowOf("bob"), rowOf("eve")],
    };
    const { mcc, server } = await clientOf((response, { body }) => {
      const { search } = JSON.parse(body) as { search: { value: keyof typeof rows } };
      const data = rows[search.value];
      json(response, { draw: 0, recordsTotal: data.length, recordsFiltered: data.length, data });
    });
    expect(await namesOf(mcc, { search: "bücher" })).toEqual(["ann", "bob", "eve"]);
    expect(bodiesOf(server)).toMatchObject([{ search: { value: "bücher" } }, { search: { value: "xn--bcher-kva" } }]);
  });

  test("finds both spellings if the server can't search", async () => {
    const rows = [rowOf("ann", "", { name: "Bücher" }), rowOf("bob"), rowOf("xn--bcher-kva")];
    const { mcc } = await clientOf((response, { path }) => {
      if (path.endsWith("/domain/all")) return json(response, [{ domain_name: "example.com" }]);
      if (path.endsWith("/all/example.com")) return json(response, rows);
      json(response, { type: "error", msg: "route not found" }, 404);
    });
    expect(await namesOf(mcc, { search: "BÜCHER" })).toEqual(["ann", "xn--bcher-kva"]);
  });

  test("refuses unknown options, and a search that is not a text", async () => {
    const { mcc, server } = await clientOf({});
    await expect(namesOf(mcc, wrong({ sort: "quota" }))).rejects.toThrow('unknown option "sort"');
    await expect(namesOf(mcc, wrong({ pagesize: 5 }))).rejects.toThrow('did you mean "pageSize"?');
    await expect(namesOf(mcc, wrong({ search: ["ann"] }))).rejects.toThrow("search must be a text");
    await expect(namesOf(mcc, wrong({ descending: 1 }))).rejects.toThrow("descending must be true or false");
    await expect(namesOf(mcc, wrong({ orderBy: "toString" }))).rejects.toThrow("orderBy must be one of");
    await expect(namesOf(mcc, wrong("ann"))).rejects.toThrow("the options must be an object");
    expect(server.seen).toEqual([]);
  });

  test("refuses a page size of 0, which would never end, and an unknown order", async () => {
    const { mcc, server } = await clientOf({});
    for (const pageSize of [0, -1, 1.5, Number.NaN])
      await expect(namesOf(mcc, { pageSize })).rejects.toThrow("must be");
    await expect(namesOf(mcc, { orderBy: "size" as "quota" })).rejects.toThrow(
      "orderBy must be one of username, quota",
    );
    expect(server.seen).toEqual([]);
  });

  test("throws if a search fails otherwise", async () => {
    const { mcc } = await clientOf((response) => json(response, { type: "error", msg: "down" }, 500));
    await expect(namesOf(mcc, {})).rejects.toMatchObject({ kind: "http", status: 500 });
  });
});

describe("get", () => {
  test("returns the mailbox, or null if there is none or if mailcow sends a row of nulls [guard mailboxes/resource-row]", async () => {
    const row = recorded(adding, "minimal mailbox: quota 0, percent_in_use '- '");
    const { mcc } = await replay(
      row,
      recorded(adding, "unknown mailbox: {}"),
      recorded(adding, "the API's own user name: a row of nulls"),
    );
    expect(await mcc.mailboxes.get("min@a1-14.test")).toEqual(row.response.body);
    expect(await mcc.mailboxes.get("none@a1-14.test")).toBeNull();
    expect(await mcc.mailboxes.get("room@a1-14.test")).toBeNull();
  });
});

describe("add", () => {
  const password = "Moohoo0-A1pass";

  test("adds a mailbox and returns it in its stored form, with its password", async () => {
    const stored = recorded(adding, "minimal mailbox: quota 0, percent_in_use '- '");
    const { mcc, server } = await replay(
      recorded(adding, "minimal: no quota means unlimited, no name means empty"),
      stored,
    );
    const added = await mcc.mailboxes.add({ local_part: "Min", domain: "a1-14.test", quota: 0, password });
    expect(added).toEqual({ ...(stored.response.body as object), password });
    expect(bodiesOf(server)).toEqual([
      { local_part: "min", domain: "a1-14.test", quota: 0, password, password2: password },
    ]);
  });

  test("refuses a mailbox without a quota, which would be unlimited [guard mailboxes/no-quota]", async () => {
    const { mcc, server } = await replay();
    await expect(mcc.mailboxes.add(wrong({ local_part: "min", domain: "a1-14.test" }))).rejects.toThrow(
      /quota must be given/,
    );
    expect(server.seen).toEqual([]);
  });

  test("throws mailcow's code for an address that is taken", async () => {
    const { mcc } = await replay(recorded(adding, "duplicate"));
    const call = mcc.mailboxes.add({ local_part: "min", domain: "a1-14.test", quota: 1, password });
    await expect(call).rejects.toMatchObject({ codes: ["object_exists"] });
  });
});

testAddMany("mailboxes", {
  good: recorded(adding, "big 1"),
  read: recorded(adding, "max_new_quota while the domain is nearly full"),
  secret: { password: "Moohoo0-A1pass" },
  bad: recorded(adding, "domain quota would be exceeded"),
  code: "mailbox_quota_left_exceeded",
});

describe("a mailbox whose users log in through an identity provider", () => {
  const password = "Moohoo0-A1pass";
  const sso = { domain: "example.com", local_part: "ann", quota: 1, authsource: "ldap" as const };
  const serverWith = (row: object) =>
    clientOf((response, { method, path }) => {
      if (path.endsWith("identity-provider")) return json(response, { authsource: "ldap" });
      if (method === "GET") return json(response, { ...rowOf("ann"), ...row });
      json(response, success("mailbox_modified", ann));
    });
  const paths = ({ seen }: LocalServer) => seen.map(({ path }) => path.replace("/api/v1/", ""));

  test("gets no password, and none is generated or returned [guard mailboxes/provider-password]", async () => {
    const { mcc, server } = await serverWith({ authsource: "ldap" });
    expect(await mcc.mailboxes.add(sso)).toMatchObject({ username: ann, authsource: "ldap", password: "" });
    expect(await mcc.addMailbox(sso)).toMatchObject({ username: ann, password: "" });
    expect(bodiesOf(server)).toEqual([sso, { name: "John Doe", active: 1, ...sso }]);
    expect(paths(server)).not.toContain("get/passwordpolicy");
  });

  const dropped = /password must be left out, or sent when authsource is already "mailcow"/;
  test.each<[string, (mcc: MailcowApiClient) => Promise<unknown>]>([
    ["add", (mcc) => mcc.mailboxes.add({ ...sso, password })],
    ["addMailbox", (mcc) => mcc.addMailbox({ ...sso, password })],
    ["ensure", (mcc) => mcc.mailboxes.ensure({ ...sso, password })],
    ["edit", (mcc) => mcc.mailboxes.edit(ann, { password })],
    ["edit that knows the hash", (mcc) => mcc.mailboxes.edit(ann, { password, attribute_hash: "h1" })],
    ["edit that makes it mailcow's", (mcc) => mcc.mailboxes.edit(ann, { password, authsource: "mailcow" })],
    ["updateMailboxes", (mcc) => mcc.updateMailboxes({ items: ann, attr: { password } })],
  ])("%s: a password is refused, which mailcow would drop [guard mailboxes/provider-password]", async (_, call) => {
    const { mcc, server } = await serverWith({ authsource: "ldap" });
    await expect(call(mcc)).rejects.toThrow(dropped);
    expect(bodiesOf(server)).toEqual([]);
  });

  test("edit: a password together with a new provider is refused, and a password for mailcow is sent", async () => {
    const { mcc, server } = await serverWith({ authsource: "mailcow" });
    await expect(mcc.mailboxes.edit(ann, { password, authsource: "ldap" })).rejects.toThrow(dropped);
    expect(bodiesOf(server)).toEqual([]);
    await mcc.mailboxes.edit(ann, { password, authsource: "mailcow" });
    expect(bodiesOf(server)).toMatchObject([{ attr: { password, authsource: "mailcow" } }]);
  });
});

describe("edit", () => {
  const rows = {
    "get/mailbox/ann@example.com": rowOf("ann", "h1"),
    "get/mailbox/bob@example.com": rowOf("bob"),
    "get/mailbox/eve@example.com": rowOf("eve", "h1"),
    "get/mailbox/none@example.com": {},
  };
  const everybody = ["ann", "bob", "eve"].map((local) => `${local}@example.com`);

  /** A server that refuses those whose name is "none", and modifies the others. */
  const answering = (answers: Record<string, unknown>, options?: MailcowTransportOptions) =>
    clientOf((response, { path, body }) => {
      const word = path.replace("/api/v1/", "");
      if (word !== "edit/mailbox") return json(response, answers[word] ?? {});
      const { items } = JSON.parse(body) as { items: string[] };
      const refused = [{ type: "danger", log: [], msg: "access_denied" }];
      json(
        response,
        items.flatMap((item) => (item.startsWith("none") ? refused : success("mailbox_modified", item))),
      );
    }, options);

  test("resends the recorded attribute_hash, which mailcow would empty [guard mailboxes/attribute-hash]", async () => {
    const edit = recorded(edits, "strings and booleans");
    const { items, attr } = edit.request.body as { items: string[]; attr: { quota: string } };
    const { mcc, server } = await replay(recorded(edits, "every field as stored; outer <> of the name are gone"), edit);
    expect(await mcc.mailboxes.edit("u1@A1-15.test", wrong(attr))).toMatchObject([
      { id: items[0], results: [{ code: "mailbox_modified" }] },
    ]);
    expect(bodiesOf(server)).toEqual([{ items, attr: { attribute_hash: "f00d", ...attr } }]);
  });

  test("resends to each mailbox its own attribute_hash [guard mailboxes/attribute-hash]", async () => {
    const { mcc, server } = await answering(rows);
    const attr = { name: "X" };
    const outcomes = await mcc.mailboxes.edit(everybody, attr);
    expect(bodiesOf(server)).toEqual([
      { items: ["ann@example.com"], attr: { attribute_hash: "h1", name: "X" } },
      { items: ["bob@example.com"], attr: { name: "X" } },
      { items: ["eve@example.com"], attr: { attribute_hash: "h1", name: "X" } },
    ]);
    expect(outcomes).toMatchObject(everybody.map((id) => ({ id, results: [{ msg: ["mailbox_modified", id] }] })));
    expect(attr).toEqual({ name: "X" });
  });

  test("sends a given attribute_hash without a read", async () => {
    const { mcc, server } = await answering(rows);
    await mcc.mailboxes.edit("ann@example.com", { attribute_hash: "" });
    expect(server.seen).toHaveLength(1);
    expect(bodiesOf(server)).toEqual([{ items: ["ann@example.com"], attr: { attribute_hash: "" } }]);
  });

  test("reads many mailboxes from the lists of their domains, including one with a slash in its name", async () => {
    const twelve = Array.from({ length: 12 }, (_, index) => rowOf(`m${index}`, index === 3 ? "h3" : ""));
    const listed = { "get/mailbox/reduced/example.com": [...twelve, rowOf("a/b", "h4")] };
    const { mcc, server } = await answering(listed);
    await mcc.mailboxes.edit(
      twelve.map(({ username }) => username),
      { active: 1 },
    );
    expect(server.seen).toHaveLength(13);
    expect(bodiesOf(server)[3]).toEqual({ items: ["m3@example.com"], attr: { attribute_hash: "h3", active: 1 } });
    await mcc.mailboxes.edit("A/b@Example.com", { active: 1 });
    expect(bodiesOf(server).at(-1)).toMatchObject({ items: ["a/b@example.com"], attr: { attribute_hash: "h4" } });
  });

  test("names the refused mailbox, and edits the others", async () => {
    const { mcc, server } = await replay(
      recorded(edits, "unchanged"),
      recorded(edits, "the one named in attr was edited"),
      ...apart(recorded(edits, "several, one over")),
    );
    const call = mcc.mailboxes.edit(["u1@a1-15.test", "u2@a1-15.test"], { quota: 175 });
    await expect(call).rejects.toMatchObject({
      failures: [{ id: "u2@a1-15.test", code: "mailbox_quota_left_exceeded" }],
      succeeded: [{ id: "u1@a1-15.test" }],
    });
    expect(bodiesOf(server)).toEqual([
      { items: ["u1@a1-15.test"], attr: { quota: 175 } },
      { items: ["u2@a1-15.test"], attr: { quota: 175 } },
    ]);
  });

  test("edits mailboxes with another attribute_hash although one is refused", async () => {
    const { mcc } = await answering(rows);
    const edit = mcc.mailboxes.edit(["none@example.com", ...everybody], { active: 1 });
    await expect(edit).rejects.toMatchObject({
      failures: [{ id: "none@example.com", code: "access_denied" }],
      succeeded: everybody.map((id) => ({ id })),
    });
  });

  test("refuses fields that the route ignores, and the id of another mailbox [guard mailboxes/ignored-fields]", async () => {
    const { mcc, server } = await answering(rows);
    for (const attr of [{ tls_enforce_in: 1 }, { username: "bob@example.com" }, { quarantine_category: "all" }]) {
      const [field] = Object.keys(attr);
      await expect(mcc.mailboxes.edit("ann@example.com", attr as object)).rejects.toThrow(
        `edit/mailbox: unknown field "${field}"`,
      );
    }
    expect(server.seen).toEqual([]);
  });
});

describe("ensure", () => {
  const row = recorded(adding, "full mailbox (a + must be encoded twice)").response.body as Mailbox;
  const wanted = {
    local_part: "Full.User+tag",
    domain: "a1-14.test",
    name: 'Full "F" User',
    quota: 100,
    active: "1",
    authsource: "mailcow",
    sogo_access: false,
    imap_access: 1,
    protocol_access: ["smtp", "imap"],
    relayhost: 0,
    attribute_hash: "cafe01",
    tags: ["two words", "red"],
    force_pw_update: 0,
    tls_enforce_in: 1,
    password: "moohoo-moohoo",
  } as const;
  const given = { ...wanted, protocol_access: [...wanted.protocol_access], tags: [...wanted.tags] };

  test("does nothing if everything matches, sends no password, and lists what it did not compare in `ignored`", async () => {
    const { mcc, server } = await serverOfRows(row);
    const ignored = ["imap_access", "force_pw_update", "password"];
    expect(await mcc.mailboxes.ensure(given)).toEqual({ action: "unchanged", row, changes: {}, ignored });
    expect(server.seen).toHaveLength(1);
  });

  test("adds a mailbox that does not exist, and returns its password", async () => {
    const { mcc } = await serverOfRows(null, row);
    const { password, ...rest } = given;
    const done = await mcc.mailboxes.ensure(rest);
    expect(done).toMatchObject({ action: "added", row: { username: row.username } });
    expect(done.action === "added" && done.row.password).toMatch(/^.{24}$/);
    expect(await (await serverOfRows(null, row)).mcc.mailboxes.ensure(given)).toMatchObject({ row: { password } });
  });

  test("edits only what differs", async () => {
    const edited = { ...row, quota: 200 * mebibyte, attributes: { ...row.attributes, smtp_access: "0" } };
    const untagged = { ...edited, tags: ["red"] };
    const { mcc, server } = await serverOfRows(row, edited, untagged);
    const wish = { ...given, quota: 200, protocol_access: "imap" as const, tags: ["red"] };
    expect(await mcc.mailboxes.ensure(wish)).toEqual({
      action: "edited",
      row: untagged,
      changes: {
        quota: { from: 100, to: 200 },
        protocol_access: { from: ["imap", "smtp"], to: "imap" },
        tags: { from: ["red", "two words"], to: ["red"] },
      },
      ignored: ["imap_access", "force_pw_update", "password"],
    });
    expect(written(server)).toEqual(["edit/mailbox", "delete/mailbox/tag/full.user%252Btag@a1-14.test"]);
    expect(bodiesOf(server)).toEqual([
      { items: [row.username], attr: { attribute_hash: "cafe01", quota: 200, protocol_access: "imap" } },
      ["two words"],
    ]);
  });

  test("compares the flag of a single protocol if there is no list of protocols", async () => {
    const { mcc, server } = await serverOfRows(row, {
      ...row,
      attributes: { ...row.attributes, imap_access: "0" },
    });
    const { protocol_access: _, ...rest } = given;
    const { changes, ...done } = await mcc.mailboxes.ensure({ ...rest, imap_access: 0 });
    expect(changes).toEqual({ imap_access: { from: "1", to: 0 } });
    expect(done).toMatchObject({ action: "edited", ignored: ["force_pw_update", "password"] });
    expect(bodiesOf(server)).toMatchObject([{ attr: { imap_access: 0 } }]);
  });

  test("sends a name without the brackets around it, which mailcow would remove", async () => {
    const { mcc, server } = await serverOfRows(row, { ...row, name: "New <F> User" });
    const { changes } = await mcc.mailboxes.ensure({ ...given, name: "<New <F> User>" });
    expect(changes).toEqual({ name: { from: row.name, to: "New <F> User" } });
    expect(bodiesOf(server)).toMatchObject([{ attr: { name: "New <F> User" } }]);
  });

  test("sets the TLS policy through its own route, because edit ignores it [guard mailboxes/ignored-fields]", async () => {
    const { mcc, server } = await serverOfRows(row, {
      ...row,
      attributes: { ...row.attributes, tls_enforce_out: "0" },
    });
    const { changes } = await mcc.mailboxes.ensure({ ...given, tls_enforce_out: false });
    expect(changes).toEqual({ tls_enforce_out: { from: "1", to: false } });
    expect(written(server)).toEqual(["edit/tls_policy"]);
    expect(bodiesOf(server)).toEqual([{ items: [row.username], attr: { tls_enforce_out: false } }]);
  });

  test("sends the password with sendSecrets, and never shows it among the changes", async () => {
    const { mcc, server } = await serverOfRows(row);
    const done = await mcc.mailboxes.ensure(given, { sendSecrets: true });
    const ignored = ["imap_access", "force_pw_update"];
    expect(done).toEqual({ action: "edited", row, changes: { password: {} }, ignored });
    const { password, attribute_hash } = given;
    const attr = { attribute_hash, password, password2: password };
    expect(bodiesOf(server)).toEqual([{ items: [row.username], attr }]);
  });

  test("sends nothing with sendSecrets if no password is given", async () => {
    const { mcc } = await serverOfRows(row);
    const { password: _, ...rest } = given;
    expect(await mcc.mailboxes.ensure(rest, { sendSecrets: true })).toMatchObject({ action: "unchanged" });
  });

  const owner = { local_part: "full.user+tag", domain: "a1-14.test", quota: 100 };
  test.each<[name: string, given: object, kept: string, route: string]>([
    ["the TLS policy", { tls_enforce_in: false }, "tls_enforce_in", "edit/tls_policy"],
    ["tags", { tags: ["red"] }, "tags", "delete/mailbox/tag/full.user%252Btag@a1-14.test"],
  ])(
    "lists in `ignored` what mailcow keeps although it reports success, and tries again each time: %s",
    async (...case_) => {
      const [, attr, kept, route] = case_;
      const { mcc, server } = await serverOfRows(row);
      const done = { action: "unchanged", row, changes: {}, ignored: [kept] };
      expect(await mcc.mailboxes.ensure({ ...owner, ...attr })).toEqual(done);
      expect(await mcc.mailboxes.ensure({ ...owner, ...attr })).toEqual(done);
      expect(written(server)).toEqual([route, route]);
    },
  );

  test("counts a password as sent although mailcow kept another field", async () => {
    const { mcc } = await serverOfRows(row);
    const both = { ...owner, tls_enforce_in: false, password: "moohoo-moohoo" };
    expect(await mcc.mailboxes.ensure(both, { sendSecrets: true })).toEqual({
      action: "edited",
      row,
      changes: { password: {} },
      ignored: ["tls_enforce_in"],
    });
  });

  const recordedAll = recorded(adding, "every field; local part and domain are lowercased");
  const body = { ...bodyOf(recordedAll), tags: ["red", "two words"] };
  const withAll = { ...recordedAll, request: { ...recordedAll.request, body } };
  testEnsureAdds("mailboxes", {
    none: recorded(adding, "unknown mailbox: {}"),
    looks: [recorded(templates, "one by id: an object")],
    add: withAll,
    read: recorded(adding, "full mailbox (a + must be encoded twice)"),
    sent: { ...bodyOf(withAll), local_part: "full.user+tag", domain: "a1-14.test" },
    secret: { password: "Moohoo0-A1pass" },
    ignored: [
      ...["password", "password2", "force_pw_update", "quarantine_notification", "quarantine_category"],
      ...["tagged_mail_handler", "acl", "rl_value", "rl_frame", "template"],
    ],
  });

  testEnsureLeaves(
    "mailboxes",
    ["add/mailbox", "get/mailbox/{mailbox}"],
    [
      [
        adding,
        "minimal: no quota means unlimited, no name means empty",
        "minimal mailbox: quota 0, percent_in_use '- '",
      ],
      [templates, "mailbox from a template", "everything came from the template"],
      [templates, "template and own fields: own fields win", "mixed"],
    ],
  );

  test("changes nothing if protocol_access overrides a flag that is also given", async () => {
    const { mcc } = await replay(recorded(adding, "imap and dav only"));
    const asked = wantedBy(recorded(adding, "protocol_access list rules the single flags"));
    const ignored = ["password", "password2", "acl", "imap_access"];
    expect(await ensure(mcc, "mailboxes", asked)).toMatchObject({ action: "unchanged", changes: {}, ignored });
  });

  test("changes nothing if mailcow stores the name without the brackets around it", async () => {
    const { mcc } = await replay(recorded(edits, "every field as stored; outer <> of the name are gone"));
    const asked = { local_part: "u1", domain: "a1-15.test", quota: 150, name: "<Third>" };
    expect(await ensure(mcc, "mailboxes", asked)).toMatchObject({ action: "unchanged", changes: {} });
  });

  const flags = recorded(edits, "strings and booleans");
  const { force_pw_update: _, ...compared } = attrOf(flags);
  const protocol = recorded(edits, "protocol_access as a string");
  const ruling = recorded(edits, "protocol_access rules the single flags");
  const [u1, u2] = ["u1", "u2"].map((local_part) => ({ local_part, domain: "a1-15.test", quota: 120 }));
  testEnsureEdits("mailboxes", [
    [
      "quota and flags, with the attribute_hash that mailcow would empty [guard mailboxes/attribute-hash]",
      {
        wanted: { ...u1, ...attrOf(flags) },
        before: recorded(edits, "every field as stored; outer <> of the name are gone"),
        reads: 2,
        edits: [flags],
        after: recorded(edits, "made of strings and booleans"),
        changes: {
          quota: { from: 150, to: "120" },
          active: { from: 0, to: "1" },
          force_tfa: { from: "1", to: false },
          sogo_access: { from: "0", to: true },
          imap_access: { from: "0", to: "1" },
        },
        sent: [{ items: ["u1@a1-15.test"], attr: { attribute_hash: "f00d", ...compared } }],
        ignored: ["force_pw_update"],
      },
    ],
    [
      "the protocols as a whole",
      {
        wanted: { ...u1, ...attrOf(protocol) },
        before: recorded(edits, "pop3 and smtp only"),
        reads: 2,
        edits: [protocol],
        after: recorded(edits, "imap only"),
        changes: { protocol_access: { from: ["pop3", "smtp"], to: "imap" } },
        sent: [bodyOf(protocol)],
      },
    ],
    [
      "the protocols, and not the flag that they override",
      {
        wanted: { ...u1, ...attrOf(ruling) },
        before: recorded(edits, "made of strings and booleans"),
        reads: 2,
        edits: [ruling],
        after: recorded(edits, "pop3 and smtp only"),
        changes: { protocol_access: { from: ["imap"], to: ["pop3", "smtp"] } },
        sent: [{ items: ["u1@a1-15.test"], attr: { protocol_access: ["pop3", "smtp"] } }],
        ignored: ["imap_access"],
      },
    ],
    [
      "one tag less",
      {
        wanted: { ...u2, quota: 100, tags: [] },
        before: recorded(edits, "the one named in attr was edited"),
        reads: 2,
        edits: [recorded(edits, "the last tag")],
        after: recorded(edits, "no tags field"),
        changes: { tags: { from: ["keep"], to: [] } },
        sent: [["keep"]],
      },
    ],
  ]);
});

describe("delete", () => {
  test("deletes mailboxes, and names the unknown ones [guard everywhere/which-item]", async () => {
    const several = apart(recorded(adding, "several, two refused"));
    const { mcc } = await replay(recorded(adding, "one", "delete/mailbox"), ...several);
    expect(await mcc.mailboxes.delete("big1@a1-14.test")).toMatchObject([{ id: "big1@a1-14.test" }]);
    const call = mcc.mailboxes.delete(["big2@a1-14.test", "none@a1-14.test", "gone@a1-14.test", "big3@a1-14.test"]);
    await expect(call).rejects.toMatchObject({
      failures: [{ id: "none@a1-14.test" }, { id: "gone@a1-14.test" }],
      succeeded: [{ id: "big2@a1-14.test" }, { id: "big3@a1-14.test" }],
    });
  });
});

describe("rename", () => {
  test("renames a mailbox, with an alias from the old address", async () => {
    const exchange = recorded(account, "rename with an alias for the old address: alias first");
    const { mcc, server } = await replay(exchange);
    const results = await mcc.mailboxes.rename("one@a1-19.test", " Uno ", { createAlias: true });
    expect(results.map(({ code }) => code)).toEqual(["alias_added", "mailbox_renamed"]);
    expect(bodiesOf(server)).toEqual([
      { attr: { domain: "a1-19.test", old_local_part: "one", new_local_part: "uno", create_alias: true } },
    ]);
  });

  test("throws if the mailbox does not exist or is inactive, or the new name is taken", async () => {
    const { mcc } = await replay(recorded(account, "inactive mailbox"), recorded(account, "name is taken"));
    await expect(mcc.mailboxes.rename("off@a1-19.test", "aus")).rejects.toMatchObject({ codes: ["access_denied"] });
    await expect(mcc.mailboxes.rename("uno.caps@a1-19.test", "two")).rejects.toMatchObject({ kind: "rejected" });
  });

  test("sends the new name trimmed and in lower case, which mailcow does not do itself [guard mailboxes/rename-spelling]", async () => {
    const { mcc, server } = await clientOf({ "edit/rename-mbox": success("mailbox_renamed", "a", "b") });
    await mcc.mailboxes.rename("Ann@EXAMPLE.com", " Anna ");
    expect(bodiesOf(server)).toEqual([
      { attr: { domain: "example.com", old_local_part: "ann", new_local_part: "anna", create_alias: false } },
    ]);
    await expect(mcc.mailboxes.rename("ann@example.com", "b ad")).rejects.toMatchObject({ kind: "input" });
  });
});

describe("setCustomAttributes", () => {
  test("sets custom attributes, and removes all of them", async () => {
    const { mcc, server } = await replay(
      recorded(edits, "two attributes"),
      recorded(edits, "nothing: all removed"),
      recorded(edits, "unknown mailbox", "custom-attribute"),
    );
    const [outcome] = await mcc.mailboxes.setCustomAttributes("u1@a1-15.test", { role: "boss", dept: "it" });
    expect(outcome).toMatchObject({ id: "u1@a1-15.test", results: [{ code: "mailbox_modified" }] });
    await mcc.mailboxes.setCustomAttributes("u1@a1-15.test", {});
    await expect(mcc.mailboxes.setCustomAttributes("none@a1-15.test", { x: "y" })).rejects.toMatchObject({
      codes: ["access_denied"],
    });
    expect(bodiesOf(server)).toEqual([
      { items: ["u1@a1-15.test"], attr: { attribute: ["role", "dept"], value: ["boss", "it"] } },
      { items: ["u1@a1-15.test"], attr: {} },
      { items: ["none@a1-15.test"], attr: { attribute: ["x"], value: ["y"] } },
    ]);
  });

  test("refuses a name with blanks, which mailcow would remove [guard mailboxes/custom-attribute-blanks]", async () => {
    const { mcc, server } = await clientOf({});
    const set = mcc.mailboxes.setCustomAttributes("ann@example.com", { "two words": 1 });
    await expect(set).rejects.toThrow("each name must be a text without blanks");
    expect(server.seen).toEqual([]);
  });
});

describe("setTags", () => {
  const row = rowOf("ann", "h1", { tags: ["red", "Blue"] });

  test("deletes surplus tags and adds missing ones [guard mailboxes/tags]", async () => {
    const { mcc, server } = await replay(
      recorded(edits, "t1 t2 t3"),
      recorded(edits, "one tag"),
      recorded(edits, "tags are added; one it has is no error here"),
    );
    const results = await mcc.mailboxes.setTags("u1@a1-15.test", ["t2", "t3", "t4"]);
    expect(results.map(({ code }) => code)).toEqual(["mailbox_modified", "mailbox_modified"]);
    expect(bodiesOf(server)).toEqual([["t1"], { items: ["u1@a1-15.test"], attr: { tags: ["t4"] } }]);
  });

  test("resends attribute_hash, and deletes a tag before it adds it in another case [guard mailboxes/attribute-hash]", async () => {
    const { mcc, server } = await clientOf({
      "get/mailbox/ann@example.com": row,
      "delete/mailbox/tag/ann@example.com": success("mailbox_modified", "ann@example.com"),
      "edit/mailbox": success("mailbox_modified", "ann@example.com"),
    });
    await mcc.mailboxes.setTags("ann@example.com", ["red", "blue"]);
    expect(bodiesOf(server)).toEqual([
      ["Blue"],
      { items: ["ann@example.com"], attr: { attribute_hash: "h1", tags: ["blue"] } },
    ]);
  });

  test("sends nothing if the tags are right already", async () => {
    const { mcc, server } = await clientOf({ "get/mailbox/ann@example.com": row });
    expect(await mcc.mailboxes.setTags("ann@example.com", ["Blue", "red"])).toEqual([]);
    expect(server.seen).toHaveLength(1);
  });

  test("refuses invalid tags before it deletes any", async () => {
    const { mcc, server } = await clientOf({});
    await expect(mcc.mailboxes.setTags("ann@example.com", [""])).rejects.toThrow("tags must be");
    expect(server.seen).toEqual([]);
  });

  test("throws for an unknown mailbox", async () => {
    const { mcc } = await clientOf({ "get/mailbox/ann@example.com": {} });
    const failures = [{ id: "ann@example.com", code: "access_denied" }];
    await expect(mcc.mailboxes.setTags("Ann@example.com", ["a"])).rejects.toMatchObject({ kind: "rejected", failures });
  });
});

test("deleteTags: removes tags, and throws for an unknown mailbox", async () => {
  const { mcc, server } = await replay(
    recorded(edits, "several, one it does not have"),
    recorded(edits, "unknown mailbox", "tag/{mailbox}"),
  );
  expect(await mcc.mailboxes.deleteTags("u1@a1-15.test", ["t2", "t3", "never"])).toMatchObject([
    { code: "mailbox_modified" },
  ]);
  await expect(mcc.mailboxes.deleteTags("none@a1-15.test", ["t"])).rejects.toMatchObject({ codes: ["access_denied"] });
  expect(bodiesOf(server)).toEqual([["t2", "t3", "never"], ["t"]]);
});

describe("setAcl", () => {
  test("sets rights, and names the mailbox that was refused", async () => {
    const { mcc, server } = await replay(
      recorded(account, "only one: the others are taken away"),
      recorded(account, "several, one unknown", "user-acl"),
    );
    await mcc.mailboxes.setAcl("one@a1-19.test", ["spam_alias"]);
    const several = ["one@a1-19.test", "none@a1-19.test", "two@a1-19.test"];
    await expect(mcc.mailboxes.setAcl(several, [])).rejects.toMatchObject({
      codes: ["access_denied"],
      failures: [{ id: "none@a1-19.test" }],
      succeeded: [{ id: "one@a1-19.test" }, { id: "two@a1-19.test" }],
    });
    expect(bodiesOf(server)).toEqual([
      { items: ["one@a1-19.test"], attr: { user_acl: ["spam_alias"] } },
      { items: several, attr: { user_acl: [] } },
    ]);
  });

  test("refuses unknown rights, for which mailcow would remove all rights [guard mailboxes/unknown-rights]", async () => {
    const { mcc } = await clientOf({});
    await expect(mcc.mailboxes.setAcl("ann@example.com", wrong(["no_such_right"]))).rejects.toThrow("user_acl");
  });
});

test("setTlsPolicy: sets the flags, and throws for an unknown mailbox", async () => {
  const { mcc, server } = await replay(
    recorded("27-mailbox-prefs", "booleans", "tls_policy"),
    recorded("27-mailbox-prefs", "unknown mailbox", "tls_policy"),
  );
  const flags = { tls_enforce_in: true, tls_enforce_out: false };
  expect(await mcc.mailboxes.setTlsPolicy("one@a2-prefs.test", flags)).toHaveLength(1);
  await expect(mcc.mailboxes.setTlsPolicy("nobody@a2-prefs.test", flags)).rejects.toMatchObject({
    codes: ["access_denied"],
  });
  expect(bodiesOf(server)[0]).toEqual({ items: ["one@a2-prefs.test"], attr: flags });
});

describe("lastLogins and resetLastLogins", () => {
  test("return the last logins, and delete them", async () => {
    const [week, month] = [
      recorded(account, "seven days by default; ui is the login before the last"),
      recorded(account, "thirty days"),
    ];
    const never = recorded(account, "nothing left");
    const { mcc, server } = await replay(week, month, recorded(account, "again: true"), never);
    expect(await mcc.mailboxes.lastLogins("zwei@a1-19.test")).toEqual(week.response.body);
    expect(await mcc.mailboxes.lastLogins("zwei@a1-19.test", { days: 30 })).toEqual(month.response.body);
    expect(await mcc.mailboxes.resetLastLogins("zwei@a1-19.test")).toBe(true);
    expect(await mcc.mailboxes.lastLogins("zwei@a1-19.test")).toEqual({ ui: false, sasl: [] });
    expect(server.seen.map(({ path }) => path.replace("/api/v1/get/", ""))).toEqual([
      "last-login/zwei@a1-19.test",
      "last-login/zwei@a1-19.test/30",
      "reset-last-login/zwei@a1-19.test",
      "last-login/zwei@a1-19.test",
    ]);
  });

  test("lastLogins: refuses less than 1 day, which mailcow reads as 7 [guard mailboxes/days-below-1]", async () => {
    const { mcc } = await clientOf({});
    await expect(mcc.mailboxes.lastLogins("ann@example.com", { days: 0 })).rejects.toThrow("days must be");
  });

  test("resetLastLogins: takes only an address, and sends a single request [guard mailboxes/reset-last-login]", async () => {
    const { mcc, server } = await clientOf((response) => json(response, { type: "error", msg: "down" }, 500));
    await expect(mcc.mailboxes.resetLastLogins("API")).rejects.toMatchObject({ kind: "input" });
    expect(server.seen).toEqual([]);
    await expect(mcc.mailboxes.resetLastLogins("ann@example.com")).rejects.toMatchObject({ status: 500 });
    expect(server.seen).toHaveLength(1);
  });
});

const ann = "ann@example.com";
const added = { domain: "example.com", local_part: "ann", quota: 1 };
const whole = { ...added, password: "moohoo-moohoo" };
const twelve = many.map((address) => ({ ...whole, local_part: address.slice(0, address.indexOf("@")) }));

describe("refuses before anything is sent", () => {
  const filters: [what: string, filter: unknown, message: RegExp][] = [
    ["a text instead of an object", "example.com", /^the filter must be an object/],
    ["a list instead of an object", [], /^the filter must be an object/],
    ["an unknown filter", { tag: "red" }, /^unknown filter "tag"; did you mean "tags"\?/],
    ["undefined, which would list everything", { domain: undefined }, /^domain must be given, or left out/],
    ["null, which would list everything", { tags: null }, /^tags must be given, or left out/],
    ["an address instead of a domain", { domain: ann }, /domains must be/],
    ["a tag with a comma", { tags: ["red,blue"] }, /tags must be/],
  ];
  test.each(filters)("list and listReduced: %s [guard everywhere/filters]", async (_, filter, message) => {
    await expectRefused((mcc) => mcc.mailboxes.list(wrong(filter)), message);
    await expectRefused((mcc) => mcc.mailboxes.listReduced(wrong(filter)), message);
  });

  test.each<[what: string, call: (mcc: MailcowApiClient) => Promise<unknown>, message: RegExp]>([
    [
      "get: a name that is not an address",
      (mcc) => mcc.mailboxes.get("all"),
      /^get\/mailbox\/\{mailbox\}: mailbox must be/,
    ],
    [
      "add: an unknown field, before the policy is read",
      (mcc) => mcc.mailboxes.add(wrong({ ...added, username: ann })),
      /^add\/mailbox: unknown field "username"/,
    ],
    [
      "add: a quota that is not a number [guard everywhere/quota-words]",
      (mcc) => mcc.mailboxes.add(wrong({ ...added, quota: "much" })),
      /^add\/mailbox: quota must be a whole number of MiB/,
    ],
    [
      "add: a local part with a slash, which can't be read back",
      (mcc) => mcc.mailboxes.add({ ...whole, local_part: "a/b" }, { read: false }),
      /local_part must be/,
    ],
    [
      "add: two passwords that differ",
      (mcc) => mcc.mailboxes.add({ ...whole, password2: "other" }),
      /password2 must be the same as password/,
    ],
    [
      "addMany: an unknown option",
      (mcc) => mcc.mailboxes.addMany([whole], wrong({ concurency: 1 })),
      /^unknown option "concurency"; did you mean "concurrency"\?/,
    ],
    ["addMany: an object instead of a list", (mcc) => mcc.mailboxes.addMany(wrong(whole)), /^items must be a list/],
    [
      "edit: an unknown field, even without any mailboxes",
      (mcc) => mcc.mailboxes.edit([], wrong({ qota: 1 })),
      /^edit\/mailbox: unknown field "qota"; did you mean "quota"\?/,
    ],
    [
      "edit: a name that is not an address",
      (mcc) => mcc.mailboxes.edit([ann, "API"], { active: 1 }),
      /^edit\/mailbox: items must be/,
    ],
    [
      "ensure: an unknown field",
      (mcc) => mcc.mailboxes.ensure(wrong({ ...added, aktive: 1 })),
      /^add\/mailbox: unknown field "aktive"; did you mean "active"\?/,
    ],
    [
      "delete: a name that is not an address",
      (mcc) => mcc.mailboxes.delete([ann, "bob"]),
      /^delete\/mailbox: the input must be/,
    ],
    [
      "rename: a name that is not an address",
      (mcc) => mcc.mailboxes.rename("ann", "bob"),
      /mailbox must be the address of a mailbox/,
    ],
    ["rename: an address as the new name", (mcc) => mcc.mailboxes.rename(ann, "bob@b.com"), /new_local_part must be/],
    [
      "rename: an unknown option",
      (mcc) => mcc.mailboxes.rename(ann, "bob", wrong({ create_alias: true })),
      /^unknown option "create_alias"; did you mean "createAlias"\?/,
    ],
    [
      "rename: an option that is not a boolean",
      (mcc) => mcc.mailboxes.rename(ann, "bob", wrong({ createAlias: 1 })),
      /^createAlias must be true or false/,
    ],
    [
      "setCustomAttributes: no attributes",
      (mcc) => mcc.mailboxes.setCustomAttributes(ann, wrong(undefined)),
      /the input must be an object/,
    ],
    [
      "setTags: a name that is not an address",
      (mcc) => mcc.mailboxes.setTags("ann", ["red"]),
      /^edit\/mailbox: items must be/,
    ],
    [
      "deleteTags: a name that is not an address, even without any tags",
      (mcc) => mcc.mailboxes.deleteTags("ann", []),
      /mailbox must be/,
    ],
    ["deleteTags: an empty tag", (mcc) => mcc.mailboxes.deleteTags(ann, [""]), /^delete\/mailbox\/tag/],
    [
      "setAcl: a name that is not an address",
      (mcc) => mcc.mailboxes.setAcl("API", []),
      /^edit\/user-acl: items must be/,
    ],
    [
      "setTlsPolicy: an unknown field",
      (mcc) => mcc.mailboxes.setTlsPolicy(ann, wrong({ tls_enforce: 1 })),
      /^edit\/tls_policy: unknown field "tls_enforce"/,
    ],
    [
      "lastLogins: an unknown option",
      (mcc) => mcc.mailboxes.lastLogins(ann, wrong({ day: 5 })),
      /^unknown option "day"; did you mean "days"\?/,
    ],
    [
      "lastLogins: a number instead of options",
      (mcc) => mcc.mailboxes.lastLogins(ann, wrong(5)),
      /^the options must be/,
    ],
    [
      "resetLastLogins: a name that is not an address",
      (mcc) => mcc.mailboxes.resetLastLogins("API"),
      /username must be/,
    ],
  ])("%s", (_, call, message) => expectRefused(call, message));
});

test("sends names in lower case and as punycode, however they are spelled [guard everywhere/punycode] [guard everywhere/spelling]", async () => {
  const [domain, plain, odd] = ["xn--bcher-kva.example", "ann@xn--bcher-kva.example", " Ann@BÜCHER.example "];
  const row = { ...rowOf("ann", "h1", { tags: ["red"] }), username: plain, domain, quota: 1024 ** 2 };
  const done = success("mailbox_modified", plain);
  const { mcc, server } = await clientOf({
    [`get/mailbox/all/${domain}`]: [row],
    [`get/mailbox/reduced/${domain}`]: [row],
    [`get/mailbox/${plain}`]: row,
    [`get/last-login/${plain}/30`]: { ui: false, sasl: [] },
    [`get/reset-last-login/${plain}`]: true,
    [`delete/mailbox/tag/${plain}`]: done,
    ...{ "add/mailbox": done, "edit/mailbox": done, "delete/mailbox": done, "edit/rename-mbox": done },
    ...{ "edit/mailbox/custom-attribute": done, "edit/user-acl": done, "edit/tls_policy": done },
  });
  const { mailboxes } = mcc;
  expect(await mailboxes.list({ domain: " BÜCHER.example" })).toEqual([row]);
  expect(await mailboxes.listReduced({ domain: ["Bücher.example"] })).toEqual([row]);
  expect(await mailboxes.get(odd)).toEqual(row);
  const mailbox = { ...whole, local_part: " Ann ", domain: "BÜCHER.example" };
  expect(await mailboxes.add(mailbox)).toMatchObject({ username: plain });
  expect(await mailboxes.ensure(mailbox)).toMatchObject({ action: "unchanged" });
  expect(await mailboxes.edit([odd], { name: "Ann" })).toMatchObject([{ id: plain }]);
  expect(await mailboxes.setTags(odd, ["blue"])).toHaveLength(2);
  expect(await mailboxes.deleteTags(odd, "red")).toHaveLength(1);
  expect(await mailboxes.rename(odd, " Anna ")).toHaveLength(1);
  expect(await mailboxes.setCustomAttributes(odd, {})).toMatchObject([{ id: plain }]);
  expect(await mailboxes.setAcl([odd], [])).toMatchObject([{ id: plain }]);
  expect(await mailboxes.setTlsPolicy(odd, { tls_enforce_in: 1 })).toMatchObject([{ id: plain }]);
  expect(await mailboxes.lastLogins(odd, { days: 30 })).toEqual({ ui: false, sasl: [] });
  expect(await mailboxes.resetLastLogins(odd)).toBe(true);
  expect(await mailboxes.delete(odd)).toMatchObject([{ id: plain }]);
  expect(bodiesOf(server)).toMatchObject([
    { local_part: "ann", domain },
    { items: [plain], attr: { attribute_hash: "h1", name: "Ann" } },
    ["red"],
    { items: [plain], attr: { tags: ["blue"] } },
    ["red"],
    { attr: { domain, old_local_part: "ann", new_local_part: "anna" } },
    ...Array(3).fill({ items: [plain] }),
    [plain],
  ]);
});

test("send nothing for an empty list", async () => {
  const { mcc, server } = await clientOf({});
  const { mailboxes } = mcc;
  expect(await mailboxes.list({ domain: [] })).toEqual([]);
  expect(await mailboxes.list({ domain: "example.com", tags: [] })).toEqual([]);
  expect(await mailboxes.listReduced({ tags: [] })).toEqual([]);
  expect(await mailboxes.addMany([])).toEqual([]);
  expect(await mailboxes.edit([], { active: 1 })).toEqual([]);
  expect(await mailboxes.delete([])).toEqual([]);
  expect(await mailboxes.setCustomAttributes([], {})).toEqual([]);
  expect(await mailboxes.deleteTags(ann, [])).toEqual([]);
  expect(await mailboxes.setAcl([], [])).toEqual([]);
  expect(await mailboxes.setTlsPolicy([], { tls_enforce_in: 1 })).toEqual([]);
  expect(server.seen).toEqual([]);
});

/** What mailcow itself does not check. */
const referring = { template: 1, relayhost: 1, authsource: "keycloak" as const };

testMethods("mailboxes", {
  list: [
    (mcc, options) => mcc.mailboxes.list({}, options),
    (mcc, options) => mcc.mailboxes.list({ domain: "example.com", tags: "red" }, options),
    {
      run: (mcc, options) => mcc.mailboxes.list({}, options),
      answers: { "POST /api/v1/search/mailbox": [{ status: 404, body: {} }] },
    },
  ],
  listReduced: [
    (mcc, options) => mcc.mailboxes.listReduced({}, options),
    (mcc, options) =>
      mcc.mailboxes.listReduced({ domain: ["example.com", "example.org"], tags: ["red", "big"] }, options),
  ],
  iterate: [
    (mcc, options) => collect(mcc.mailboxes.iterate({ search: "ann", orderBy: "messages", pageSize: 2, ...options })),
    {
      run: (mcc, options) => collect(mcc.mailboxes.iterate(options)),
      answers: { "POST /api/v1/search/mailbox": [{ status: 404, body: {} }] },
    },
  ],
  get: (mcc, options) => mcc.mailboxes.get(ann, options),
  add: [
    (mcc, options) => mcc.mailboxes.add(added, options),
    (mcc, options) => mcc.mailboxes.add({ ...added, ...referring }, options),
  ],
  addMany: [
    async (mcc, options) => allAdded(await mcc.mailboxes.addMany([added], options)),
    async (mcc, options) => allAdded(await mcc.mailboxes.addMany([{ ...added, ...referring }], options)),
    {
      run: async (mcc, options) => {
        const inTurn = { concurrency: 1, stopOnError: true, ...options };
        return allAdded(await mcc.mailboxes.addMany(twelve, inTurn));
      },
      answers: {
        "GET /api/v1/get/domain/{domain}": [{ body: { domain_name: "example.com", mboxes_in_domain: 3 } }],
        "GET /api/v1/get/mailbox/all/{domains}": [
          { body: many.map((username) => ({ username, domain: "example.com" })) },
        ],
      },
    },
  ],
  edit: [
    (mcc, options) => mcc.mailboxes.edit(ann, { name: "Ann", password: "moohoo-moohoo" }, options),
    (mcc, options) => mcc.mailboxes.edit(ann, { relayhost: 1, authsource: "keycloak" }, options),
    (mcc, options) => mcc.mailboxes.edit(many, { name: "Ann" }, options),
  ],
  ensure: [
    (mcc, options) => mcc.mailboxes.ensure({ ...added, tls_enforce_in: 1, tls_enforce_out: 0, tags: ["new"] }, options),
    {
      run: (mcc, options) => mcc.mailboxes.ensure(added, options),
      answers: { "GET /api/v1/get/mailbox/{mailbox}": [none] },
    },
    {
      run: (mcc, options) => mcc.mailboxes.ensure({ ...added, ...referring }, options),
      answers: { "GET /api/v1/get/mailbox/{mailbox}": [none] },
    },
  ],
  delete: (mcc, options) => mcc.mailboxes.delete(ann, options),
  rename: (mcc, options) => mcc.mailboxes.rename(ann, "anna", { createAlias: true, ...options }),
  setCustomAttributes: (mcc, options) => mcc.mailboxes.setCustomAttributes(ann, { role: "boss", dept: "it" }, options),
  setTags: (mcc, options) => mcc.mailboxes.setTags(ann, ["red", "green"], options),
  deleteTags: (mcc, options) => mcc.mailboxes.deleteTags(ann, ["red"], options),
  setAcl: (mcc, options) => mcc.mailboxes.setAcl(ann, ["spam_alias", "app_passwds"], options),
  setTlsPolicy: (mcc, options) => mcc.mailboxes.setTlsPolicy(ann, { tls_enforce_in: 1 }, options),
  lastLogins: [
    (mcc, options) => mcc.mailboxes.lastLogins(ann, options),
    (mcc, options) => mcc.mailboxes.lastLogins(ann, { days: 30, ...options }),
  ],
  resetLastLogins: (mcc, options) => mcc.mailboxes.resetLastLogins(ann, options),
});
