import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectNone, expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";
import { json } from "../support/server.ts";

const extra = (name: string, template?: string) => recorded("13-domain-extras", name, template);
const get = (name: string) => extra(name, "/get/alias-domain/{aliasDomain}");
const refused = (...codes: string[]) => ({ kind: "rejected", failures: codes.map((code) => ({ code })) });

testMethods("aliasDomains", {
  list: (mcc, options) => mcc.aliasDomains.list(options),
  get: (mcc, options) => mcc.aliasDomains.get("example.net", options),
  add: (mcc, options) => mcc.aliasDomains.add({ alias_domain: "example.net", target_domain: "example.com" }, options),
  edit: (mcc, options) => mcc.aliasDomains.edit("example.net", { target_domain: "example.org" }, options),
  delete: (mcc, options) => mcc.aliasDomains.delete("example.net", options),
});

describe("list", () => {
  test("returns the rows", async () => {
    const { mcc } = await replay(extra("several alias domains"));
    expect((await mcc.aliasDomains.list()).map(({ alias_domain }) => alias_domain)).toContain("a1-13d.test");
  });
});

describe("get", () => {
  test("returns the row, or null if there is none", async () => {
    const { mcc } = await replay(get("alias domain with rate limit"), get("unknown alias domain: {}"));
    expect(await mcc.aliasDomains.get("A1-13D.test")).toMatchObject({ rl: { value: "5", frame: "h" } });
    expect(await mcc.aliasDomains.get("a1-13none.test")).toBeNull();
  });
});

describe("add", () => {
  const target_domain = "a1-13a.test";

  test("sends active: 1 and a selector for the key, and returns the row [guard everywhere/active-by-default]", async () => {
    const { mcc, server } = await replay(
      extra("every field", "/add/alias-domain"),
      get("alias domain with rate limit"),
    );
    const given = { alias_domain: "a1-13d.test", target_domain, rl_value: 5, rl_frame: "h" } as const;
    expect(await mcc.aliasDomains.add({ ...given, key_size: 1024 })).toMatchObject({ alias_domain: "a1-13d.test" });
    expect(bodiesOf(server)).toEqual([{ ...given, active: 1, key_size: 1024, dkim_selector: "dkim" }]);
  });

  test("throws mailcow's code for a name that is taken", async () => {
    const { mcc } = await replay(extra("duplicate", "/add/alias-domain"));
    const call = mcc.aliasDomains.add({ alias_domain: "a1-13d.test", target_domain });
    await expect(call).rejects.toMatchObject(refused("alias_domain_invalid"));
  });

  test("lists what was refused and what was done", async () => {
    const { mcc } = await replay(extra("bad rate limit frame: added all the same"));
    const call = mcc.aliasDomains.add({ alias_domain: "a1-13d.test", target_domain });
    await expect(call).rejects.toMatchObject({ ...refused("rl_timeframe"), succeeded: [{ code: "aliasd_added" }] });
  });

  test.each([
    "example.net, example.org",
    "example.net example.org",
    "not_ok",
    "-a.example",
    "a..example",
    ".",
    "a@b.example",
  ])("refuses %j, which mailcow would split, or stop at [guard alias-domains/one-name]", async (alias_domain) => {
    await expectRefused(
      (mcc) => mcc.aliasDomains.add({ alias_domain, target_domain }),
      /^add\/alias-domain: alias_domain must be a domain/,
    );
  });

  test.each<[object, RegExp]>([
    [{ alias_domain: "all" }, /which mailcow reads as another route/],
    [{ target_domain: "a.test, b.test" }, /^add\/alias-domain: target_domain must be a domain/],
    [{ domain: "a.test" }, /unknown field "domain"/],
    [{ key_size: "big" }, /key_size must be/],
  ])("refuses invalid input, and names that can't be read back: %j", async (given, says) => {
    await expectRefused(
      (mcc) => mcc.aliasDomains.add({ alias_domain: "example.net", target_domain, ...given }, { read: false }),
      says,
    );
  });
});

describe("edit", () => {
  test("returns an outcome for each name", async () => {
    const { mcc, server } = await replay(extra("move"));
    const attr = { target_domain: "a1-13t.test", active: 0 } as const;
    expect(await mcc.aliasDomains.edit("a1-13c.test", attr)).toMatchObject([{ id: "a1-13c.test" }]);
    expect(bodiesOf(server)).toEqual([{ items: ["a1-13c.test"], attr }]);
  });

  test("edits the others and names the unknown one", async () => {
    const { mcc } = await replay(extra("several, one unknown", "/edit/alias-domain"));
    const names = ["a1-13c.test", "a1-13none.test", "a1-13e.test"];
    await expect(mcc.aliasDomains.edit(names, { active: 1 })).rejects.toMatchObject({
      failures: [{ id: "a1-13none.test", code: "alias_domain_invalid" }],
      succeeded: [{ id: "a1-13c.test" }, { id: "a1-13e.test" }],
    });
  });

  test("refuses an attribute named like the id [guard everywhere/id-among-attributes]", async () => {
    const changes = { active: 1, alias_domain: "other.example" } as never;
    await expectRefused((mcc) => mcc.aliasDomains.edit("example.net", changes), /unknown field "alias_domain"/);
  });

  test("sends nothing for an empty list, but still checks the changes [guard everywhere/no-items]", async () => {
    await expectNone((mcc) => mcc.aliasDomains.edit([], { active: 1 }));
    await expectRefused((mcc) => mcc.aliasDomains.edit([], { active: "yes" as never }), /active must be/);
  });

  test("refuses several names in one text, which mailcow would not find", async () => {
    await expectRefused((mcc) => mcc.aliasDomains.edit("a.test,b.test", { active: 1 }), /items must be a domain/);
  });
});

describe("delete", () => {
  test("returns an outcome for each name, and throws mailcow's code for an unknown one", async () => {
    const { mcc, server } = await replay(extra("one", "/delete/alias-domain"), extra("again", "/delete/alias-domain"));
    expect(await mcc.aliasDomains.delete("A1-13C.test")).toMatchObject([{ id: "a1-13c.test" }]);
    await expect(mcc.aliasDomains.delete("a1-13c.test")).rejects.toMatchObject(refused("access_denied"));
    expect(bodiesOf(server)[0]).toEqual(["a1-13c.test"]);
  });

  test("sends nothing for an empty list [guard everywhere/no-items]", async () => {
    await expectNone((mcc) => mcc.aliasDomains.delete([]));
  });
});

test("every method sends names in lower case and Unicode as punycode, which mailcow does not do on all routes [guard everywhere/punycode]", async () => {
  const { mcc, server } = await clientOf((response, { method }) =>
    json(response, method === "GET" ? {} : success("aliasd_modified", "xn--bcher-kva.example")),
  );
  const name = " BÜcher.Example ";
  await mcc.aliasDomains.get(name);
  await mcc.aliasDomains.add({ alias_domain: name, target_domain: " Käse.TEST" }, { read: false });
  await mcc.aliasDomains.edit([name, "B.test"], { target_domain: "Käse.test" });
  await mcc.aliasDomains.delete(name);
  expect(server.seen[0]?.path).toMatch(/\/xn--bcher-kva\.example$/);
  const target_domain = "xn--kse-qla.test";
  expect(bodiesOf(server)).toEqual([
    { alias_domain: "xn--bcher-kva.example", target_domain, active: 1, dkim_selector: "dkim" },
    { items: ["xn--bcher-kva.example", "b.test"], attr: { target_domain } },
    ["xn--bcher-kva.example"],
  ]);
});
