import { describe, expect, test } from "vitest";
import type { Exchange } from "../../scripts/lib/conformance/recordings.ts";
import type { DkimKey, MailcowApiClient } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { none, testMethods } from "../support/methods.ts";
import { expectNone, expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";
import { json } from "../support/server.ts";
import { serverOfRows, written } from "../support/server-of-rows.ts";

const made = (name: string, template?: string) => recorded("30-dkim", name, template);
const first = made("the key made with the domain");
const unknown = made("unknown domain");
const key = first.response.body as DkimKey;
/** The key, on a server that has its domain too. */
const rows = { ...key, domain_name: "example.com" };
const there = recorded("10-domain", "minimal domain as stored");
const rowIn = ({ response }: Exchange) => response.body as DkimKey;
/** What was sent to add a key, and what the method takes for it. */
const sentFor = (name: string) => made(name, "add/dkim").request.body as { domains: string; key_size: number };
function wantedFor(name: string): { domain: string; key_size: number } {
  const { domains: domain, ...rest } = sentFor(name);
  return { domain, ...rest };
}

testMethods("dkim", {
  get: (mcc, options) => mcc.dkim.get("example.com", options),
  add: (mcc, options) => mcc.dkim.add({ domain: "example.com" }, options),
  getOrAdd: {
    run: (mcc, options) => mcc.dkim.getOrAdd({ domain: "example.com" }, options),
    answers: { "GET /api/v1/get/dkim/{domain}": [none] },
  },
  ensure: (mcc, options) => mcc.dkim.ensure({ domain: "example.com", key_size: 4096 }, { replace: true, ...options }),
  delete: (mcc, options) => mcc.dkim.delete("example.com", options),
  duplicate: (mcc, options) => mcc.dkim.duplicate("example.com", "example.org", options),
  import: (mcc, options) =>
    mcc.dkim.import({ domain: "example.com", private_key_file: "-----BEGIN PRIVATE KEY-----" }, options),
  dnsRecord: (mcc, options) => mcc.dkim.dnsRecord("example.com", options),
});

describe("get", () => {
  test("returns the key, or null if there is none", async () => {
    const { mcc } = await replay(first, unknown);
    expect(await mcc.dkim.get("B1-dk1.test")).toEqual(key);
    expect(await mcc.dkim.get("b1-dknone.test")).toBeNull();
  });
});

describe("add and getOrAdd", () => {
  const refusal = [{ type: "danger", log: [], msg: ["dkim_domain_or_sel_invalid", "a.com"] }];

  test("getOrAdd makes a key if there is none, and returns an existing one unchanged [guard dkim/existing-key]", async () => {
    const [add, read] = [made("1024", "add/dkim"), made("1024", "get/dkim/{domain}")];
    const { mcc, server } = await replay(made("deleted: none"), add, read, read);
    const wanted = { domain: "B1-dk1.test", dkim_selector: "s1024", key_size: 1024 };
    expect(await mcc.dkim.getOrAdd(wanted)).toEqual(read.response.body);
    expect(await mcc.dkim.getOrAdd({ domain: "b1-dk1.test", dkim_selector: "new" })).toEqual(read.response.body);
    expect(bodiesOf(server)).toEqual([add.request.body]);
  });

  test("getOrAdd returns a key that another program made meanwhile", async () => {
    let reads = 0;
    const { mcc } = await clientOf((response, { method }) =>
      json(response, method === "POST" ? refusal : reads++ === 0 ? {} : { dkim_selector: "theirs" }),
    );
    expect(await mcc.dkim.getOrAdd({ domain: "a.com" })).toEqual({ dkim_selector: "theirs" });
  });

  test("getOrAdd throws if there is no key afterwards", async () => {
    const { mcc: denied } = await clientOf({ "get/dkim/a.com": {}, "add/dkim": refusal });
    const codes = ["dkim_domain_or_sel_invalid"];
    await expect(denied.dkim.getOrAdd({ domain: "a.com" })).rejects.toMatchObject({ codes });
    const { mcc: liar } = await clientOf({ "get/dkim/a.com": {}, "add/dkim": success("dkim_added", "a.com") });
    await expect(liar.dkim.getOrAdd({ domain: "a.com" })).rejects.toMatchObject({ kind: "reply" });
  });

  test("getOrAdd makes no key if the read fails, for example with a wrong API key", async () => {
    const { mcc, server } = await clientOf((response) =>
      json(response, { type: "error", msg: "authentication failed" }, 401),
    );
    await expect(mcc.dkim.getOrAdd({ domain: "example.com" })).rejects.toMatchObject({ kind: "auth" });
    expect(server.seen.map(({ method }) => method)).toEqual(["GET"]);
  });

  test("add throws if there is a key, and getOrAdd returns it [guard dkim/existing-key]", async () => {
    const { mcc } = await replay(made("already has a key"), first);
    await expect(mcc.dkim.add({ domain: "b1-dk1.test" })).rejects.toMatchObject({
      codes: ["dkim_domain_or_sel_invalid"],
    });
    expect(await mcc.dkim.getOrAdd({ domain: "b1-dk1.test" })).toEqual(key);
  });
});

describe("ensure", () => {
  const [k1024, k2048] = [made("1024", "get/dkim/{domain}"), made("2048")];

  test.each([
    { domain: "example.com" },
    { domain: "example.com", dkim_selector: "dkim", key_size: 2048 },
    { domain: "example.com", key_size: "2048" as const },
  ])("does nothing if the key matches: %j", async (wanted) => {
    const { mcc } = await serverOfRows(key);
    expect(await mcc.dkim.ensure(wanted)).toEqual({ action: "unchanged", row: key, changes: {} });
  });

  test.each([
    ["1024", "1024"],
    ["3072", "3072"],
    ["4096, selector with dash underscore dot", "4096"],
    ["512 bits", "512 bits"],
  ])("does nothing if the same input made the key before: %s", async (name, read) => {
    const row = made(read, "get/dkim/{domain}");
    const { mcc, server } = await replay(row);
    expect(await mcc.dkim.ensure(wantedFor(name))).toEqual({ action: "unchanged", row: rowIn(row), changes: {} });
    expect(server.seen.map(({ method }) => method)).toEqual(["GET"]);
  });

  test("makes a key if there is none", async () => {
    const { mcc } = await serverOfRows(null, key);
    expect(await mcc.dkim.ensure({ domain: "example.com" })).toEqual({ action: "added", row: key, changes: {} });
  });

  test("makes a key of the given selector and size if there is none", async () => {
    const { mcc, server } = await replay(made("deleted: none"), made("1024", "add/dkim"), k1024);
    expect(await mcc.dkim.ensure(wantedFor("1024"))).toEqual({ action: "added", row: rowIn(k1024), changes: {} });
    expect(bodiesOf(server)).toEqual([sentFor("1024")]);
  });

  test("refuses to replace another key without `replace`", async () => {
    const { mcc, server } = await serverOfRows(key);
    const done = mcc.dkim.ensure({ domain: "example.com", key_size: 4096 });
    await expect(done).rejects.toThrow(
      /^dkim_selector and key_size must be those of the existing key \(dkim, 2048 bits\)/,
    );
    expect(written(server)).toEqual([]);
    const { mcc: again, server: real } = await replay(k2048);
    await expect(again.dkim.ensure(wantedFor("1024"))).rejects.toMatchObject({ kind: "input" });
    expect(bodiesOf(real)).toEqual([]);
  });

  test("replaces another key with `replace`", async () => {
    const row = { ...rows, length: "4096" };
    const { mcc, server } = await serverOfRows(rows, null, row);
    const done = await mcc.dkim.ensure({ domain: "example.com", key_size: 4096 }, { replace: true });
    expect(done).toEqual({ action: "edited", row, changes: { key_size: { from: "2048", to: 4096 } } });
    expect(written(server)).toEqual(["delete/dkim", "add/dkim"]);
  });

  test("replaces another key, and does nothing when called again", async () => {
    const { mcc, server } = await replay(k2048, there, made("delete one"), made("1024", "add/dkim"), k1024, k1024);
    const row = rowIn(k1024);
    const changes = { dkim_selector: { from: "dkim", to: "s1024" }, key_size: { from: "2048", to: 1024 } };
    const sent = [["b1-dk1.test"], sentFor("1024")];
    expect(await mcc.dkim.ensure(wantedFor("1024"), { replace: true })).toEqual({ action: "edited", row, changes });
    expect(bodiesOf(server)).toEqual(sent);
    expect(await mcc.dkim.ensure(wantedFor("1024"))).toEqual({ action: "unchanged", row, changes: {} });
    expect(bodiesOf(server)).toEqual(sent);
  });

  test("keeps the selector if none is given", async () => {
    const all = made("all fields");
    const { mcc, server } = await replay(k1024, there, made("delete one"), all, k2048);
    await mcc.dkim.ensure({ domain: "b1-dk1.test", key_size: "2048" }, { replace: true });
    expect(bodiesOf(server)[1]).toEqual({ ...(all.request.body as object), dkim_selector: "s1024" });
  });

  test.each([
    [{ length: ">= 8192" }, { dkim_selector: "new" }, { dkim_selector: "new", key_size: 8192 }],
    [{ length: "1024" }, { dkim_selector: "new", key_size: undefined }, { dkim_selector: "new", key_size: 1024 }],
    [{ dkim_selector: "old" }, { key_size: 4096 }, { dkim_selector: "old", key_size: 4096 }],
  ])("given the key %j and the input %j, makes the key %j", async (old, given, sent) => {
    const { mcc, server } = await serverOfRows({ ...rows, ...old });
    await mcc.dkim.ensure({ domain: "example.com", ...given } as never, { replace: true });
    expect(bodiesOf(server)).toEqual([["example.com"], { domains: "example.com", ...sent }]);
  });

  test.each([
    [{ dkim_selector: "a b" }, /dkim_selector must be/],
    [{ key_size: 100 }, /key_size must be/],
  ])("keeps the key if the input for a new one is invalid: %j", async (given, says) => {
    const { mcc, server } = await serverOfRows(key);
    await expect(mcc.dkim.ensure({ domain: "example.com", ...given }, { replace: true })).rejects.toThrow(says);
    expect(written(server)).toEqual([]);
  });

  test("lists key_size in `ignored` if the new key has another, and tries again with each call", async () => {
    const { mcc, server } = await serverOfRows(rows);
    const done = { action: "unchanged", row: rows, changes: {}, ignored: ["key_size"] };
    const wanted = { domain: "example.com", key_size: 4096 };
    for (const _ of [1, 2]) expect(await mcc.dkim.ensure(wanted, { replace: true })).toEqual(done);
    expect(written(server)).toEqual(["delete/dkim", "add/dkim", "delete/dkim", "add/dkim"]);
  });
});

describe("a domain that does not exist [guard dkim/unknown-domain]", () => {
  const gone = { "get/domain/gone.test": {}, "get/domain/here.test": { domain_name: "here.test" } };

  test("ensure with `replace` keeps the old key", async () => {
    const { mcc, server } = await clientOf({ ...gone, "get/dkim/gone.test": key });
    const done = mcc.dkim.ensure({ domain: "gone.test", key_size: 4096 }, { replace: true });
    await expect(done).rejects.toThrow(
      "domain must be a domain or an alias domain of this server; gone.test does not exist",
    );
    expect(written(server)).toEqual([]);
  });

  test("import and duplicate send nothing", async () => {
    const { mcc, server } = await clientOf(gone);
    const imported = mcc.dkim.import({ domain: "gone.test", private_key_file: "-----BEGIN PRIVATE KEY-----" });
    await expect(imported).rejects.toThrow(/^add\/dkim_import: domain must be a domain or an alias domain/);
    await expect(mcc.dkim.duplicate("here.test", "gone.test")).rejects.toThrow("gone.test is not on this server");
    expect(written(server)).toEqual([]);
  });
});

describe("delete", () => {
  test("returns an outcome for each domain", async () => {
    const { mcc } = await replay(made("delete several"));
    const names = ["b1-dk1.test", "b1-dk2.test", "b1-dk3.test"];
    const outcomes = await mcc.dkim.delete(names);
    expect(outcomes.map(({ id, results }) => [id, results[0]?.code])).toEqual(
      names.map((name) => [name, "dkim_removed"]),
    );
  });

  test("sends nothing for an empty list [guard everywhere/no-items]", async () => {
    await expectNone((mcc) => mcc.dkim.delete([]));
  });
});

describe("duplicate", () => {
  /** A server that has these domains, and says of each copy that it was made. */
  const serverOfDomains = (...names: string[]) =>
    clientOf((response, { method, path, body }) => {
      const name = path.split("/").at(-1) ?? "";
      if (method === "GET") return json(response, names.includes(name) ? { domain_name: name } : {});
      const { from_domain, to_domain } = JSON.parse(body);
      json(response, success("dkim_duplicated", from_domain, to_domain));
    });

  test("copies a key to other domains", async () => {
    const { mcc, server } = await serverOfDomains("b1-du2.test", "b1-du3.test");
    const to = ["b1-du2.test", "b1-du3.test"];
    expect(await mcc.dkim.duplicate("b1-du1.test", ["B1-DU2.test", ...to])).toMatchObject(
      to.map((id) => ({ id, results: [{ msg: ["dkim_duplicated", "b1-du1.test", id] }] })),
    );
    expect(bodiesOf(server)).toEqual(to.map((to_domain) => ({ from_domain: "b1-du1.test", to_domain })));
  });

  test("refuses a domain that does not exist, and does the others [guard dkim/unknown-domain]", async () => {
    const { mcc, server } = await serverOfDomains("a.test", "c.test");
    const call = mcc.dkim.duplicate("z.test", ["a.test", "b.test", "c.test"]);
    await expect(call).rejects.toMatchObject({
      failures: [{ id: "b.test", category: "not-found" }],
      succeeded: [{ id: "a.test" }, { id: "c.test" }],
    });
    expect(bodiesOf(server)).toMatchObject([{ to_domain: "a.test" }, { to_domain: "c.test" }]);
  });

  test("names all domains if there is no key to copy [guard everywhere/which-item]", async () => {
    const refused = [{ type: "danger", log: [], msg: ["dkim_domain_or_sel_invalid", "a.com"] }];
    const there = { "get/domain/b.com": { domain_name: "b.com" }, "get/domain/c.com": { domain_name: "c.com" } };
    const { mcc } = await clientOf({ ...there, "add/dkim_duplicate": refused });
    const failures = [{ id: "b.com" }, { id: "c.com" }];
    await expect(mcc.dkim.duplicate("a.com", ["b.com", "c.com"])).rejects.toMatchObject({ failures });
  });

  test("sends nothing for an empty list of domains [guard everywhere/no-items]", async () => {
    await expectNone((mcc) => mcc.dkim.duplicate("example.com", []));
  });
});

describe("import", () => {
  test("returns the stored key, and throws mailcow's code if there is one already", async () => {
    const stored = recorded("30-dkim-import", "2048 imported; the domain need not exist");
    const { mcc } = await replay(
      ...[there, there],
      recorded("30-dkim-import", "all fields, no key yet"),
      stored,
      recorded("30-dkim-import", "exists, overwrite 0"),
    );
    const given = { domain: "b1-im1.test", private_key_file: "-----BEGIN PRIVATE KEY-----" };
    expect(await mcc.dkim.import(given)).toEqual(stored.response.body);
    await expect(mcc.dkim.import(given)).rejects.toMatchObject({ codes: ["dkim_domain_or_sel_exists"] });
  });
});

describe("dnsRecord", () => {
  test("returns the TXT record in parts of 255 characters, or null if there is no key", async () => {
    const { mcc } = await replay(first, unknown);
    const record = await mcc.dkim.dnsRecord("b1-dk1.test");
    expect(record).toMatchObject({ name: "dkim._domainkey.b1-dk1.test", type: "TXT", value: key.dkim_txt });
    expect(record?.chunks.join("")).toBe(key.dkim_txt);
    expect(Math.max(...(record?.chunks ?? []).map((chunk) => chunk.length))).toBe(255);
    expect(await mcc.dkim.dnsRecord("b1-dknone.test")).toBeNull();
  });

  test("joins the quoted parts that a server may return", async () => {
    const { mcc } = await clientOf({ "get/dkim/a.com": { ...key, dkim_txt: '"v=DKIM1;p=AB" "CD"' } });
    expect(await mcc.dkim.dnsRecord("a.com")).toMatchObject({ value: "v=DKIM1;p=ABCD", chunks: ["v=DKIM1;p=ABCD"] });
  });

  test.each([{ ...key, dkim_txt: "" }, { dkim_selector: "dkim" }])("throws for a key without a text", async (row) => {
    const { mcc } = await clientOf({ "get/dkim/a.com": row });
    await expect(mcc.dkim.dnsRecord("a.com")).rejects.toMatchObject({ kind: "reply" });
  });
});

test("every method sends Unicode names as punycode, in lower case and without blanks around them [guard everywhere/punycode]", async () => {
  let isMade = false;
  const { mcc, server } = await clientOf((response, { method }) => {
    if (method === "GET") return json(response, isMade ? rows : {});
    isMade = true;
    json(response, success("done", "xn--bcher-kva.example"));
  });
  const [domain, name] = [" BÜcher.Example ", "xn--bcher-kva.example"];
  const private_key_file = "-----BEGIN PRIVATE KEY-----";
  expect(await mcc.dkim.get(domain)).toBeNull();
  await mcc.dkim.getOrAdd({ domain, dkim_selector: " s1 " });
  await mcc.dkim.add({ domain, key_size: "1024" });
  await mcc.dkim.ensure({ domain, key_size: 4096 }, { replace: true });
  await mcc.dkim.delete([domain, "B.test"]);
  await mcc.dkim.duplicate(domain, ["Käse.test", "B.test"]);
  await mcc.dkim.import({ domain, private_key_file });
  expect(await mcc.dkim.dnsRecord(domain)).toMatchObject({ name: `dkim._domainkey.${name}` });
  const reads = server.seen.filter(({ method }) => method === "GET").map(({ path }) => path);
  const domains = [name, "xn--kse-qla.test", "b.test"].map((looked) => `/api/v1/get/domain/${looked}`);
  expect(new Set(reads)).toEqual(new Set([`/api/v1/get/dkim/${name}`, ...domains]));
  expect(bodiesOf(server)).toEqual([
    { domains: name, dkim_selector: "s1", key_size: 2048 },
    { domains: name, dkim_selector: "dkim", key_size: "1024" },
    [name],
    { domains: name, dkim_selector: "dkim", key_size: 4096 },
    [name, "b.test"],
    { from_domain: name, to_domain: "xn--kse-qla.test" },
    { from_domain: name, to_domain: "b.test" },
    { domain: name, private_key_file },
  ]);
});

describe("a selector that the DNS can't hold", () => {
  test.each(["a..b", ".a", "x".repeat(64), "a b"])("is refused: %j [guard dkim/selector]", async (dkim_selector) => {
    const { mcc, server } = await clientOf({});
    const message = /dkim_selector must be/;
    await expect(mcc.dkim.add({ domain: "example.com", dkim_selector })).rejects.toThrow(message);
    await expect(mcc.dkim.ensure({ domain: "example.com", dkim_selector })).rejects.toThrow(message);
    await expect(mcc.domains.add({ domain: "example.com", dkim_selector })).rejects.toThrow(message);
    expect(server.seen).toEqual([]);
  });
});

describe("invalid input", () => {
  const domain = "example.com";
  const pem = "-----BEGIN PRIVATE KEY-----";
  const cases: [title: string, call: (mcc: MailcowApiClient) => Promise<unknown>, says: RegExp][] = [
    ["get: refuses an address", (mcc) => mcc.dkim.get("ann@example.com"), /domain must be a domain/],
    [
      "add: refuses several domains, of which only one could be read back",
      (mcc) => mcc.dkim.add({ domain: "a.com,b.com" }, { read: false }),
      /^add\/dkim: domain must be a domain/,
    ],
    [
      "add: refuses a list of domains",
      (mcc) => mcc.dkim.add({ domain: ["a.com"] as never }),
      /^add\/dkim: domain must be a domain/,
    ],
    [
      "add: refuses `domains`, mailcow's name of the field",
      (mcc) => mcc.dkim.add({ domain, domains: "b.com" } as never),
      /unknown field "domains"; did you mean "domain"\?/,
    ],
    ["add: refuses an object without a domain", (mcc) => mcc.dkim.add({} as never), /domain must be given/],
    ["add: refuses undefined", (mcc) => mcc.dkim.add(undefined as never), /the input must be an object/],
    [
      "add: refuses a selector with a blank",
      (mcc) => mcc.dkim.add({ domain, dkim_selector: "a b" }),
      /dkim_selector must be .*ASCII/,
    ],
    ["add: refuses a size of 0", (mcc) => mcc.dkim.add({ domain, key_size: 0 }), /key_size must be.* 512 to 16384/],
    ["getOrAdd: refuses several domains", (mcc) => mcc.dkim.getOrAdd({ domain: "a.com b.com" }), /domain must be/],
    [
      "getOrAdd: refuses an invalid selector, even where there is a key",
      (mcc) => mcc.dkim.getOrAdd({ domain, dkim_selector: "ü" }),
      /dkim_selector must be/,
    ],
    ["ensure: refuses an object without a domain", (mcc) => mcc.dkim.ensure({} as never), /domain must be given/],
    [
      "ensure: refuses an option that is not a boolean",
      (mcc) => mcc.dkim.ensure({ domain }, { replace: "yes" as never }),
      /replace must be true or false/,
    ],
    [
      "getOrAdd: refuses the option of ensure",
      (mcc) => mcc.dkim.getOrAdd({ domain }, { replace: true } as never),
      /unknown option "replace"/,
    ],
    ["delete: refuses a number", (mcc) => mcc.dkim.delete(5 as never), /^delete\/dkim: the input must be/],
    ["delete: refuses several domains in one text", (mcc) => mcc.dkim.delete("a.com,b.com"), /the input must be/],
    [
      "duplicate: refuses an address, even with an empty list of domains",
      (mcc) => mcc.dkim.duplicate("ann@example.com", []),
      /from_domain must be a domain/,
    ],
    [
      "duplicate: refuses several domains in one text, which mailcow would read as one name",
      (mcc) => mcc.dkim.duplicate(domain, "a.com,b.com"),
      /to_domain must be/,
    ],
    [
      "import: refuses an object without a key",
      (mcc) => mcc.dkim.import({ domain, private_key_file: "" }),
      /^add\/dkim_import: private_key_file must be/,
    ],
    [
      "import: refuses several domains, of which only one could be read back",
      (mcc) => mcc.dkim.import({ domain: "a.com,b.com", private_key_file: pem }),
      /^add\/dkim_import: domain must be a domain/,
    ],
    [
      "import: refuses an unknown field",
      (mcc) => mcc.dkim.import({ domain, private_key_file: pem, key_size: 2048 } as never),
      /unknown field "key_size"/,
    ],
    ["dnsRecord: refuses an address", (mcc) => mcc.dkim.dnsRecord("ann@example.com"), /domain must be a domain/],
  ];
  test.each(cases)("%s", async (_, call, says) => {
    await expectRefused(call, says);
  });
});

test("add refuses a name that can't be read back", async () => {
  await expectRefused((mcc) => mcc.dkim.add({ domain: ".." }), /never the name of an item/);
});
