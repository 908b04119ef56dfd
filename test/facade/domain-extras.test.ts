import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { recorded } from "../support/replay.ts";
import { json } from "../support/server.ts";

const input = (message: string) =>
  expect.objectContaining({ kind: "input", message: expect.stringContaining(message) });
/** What JavaScript may pass all the same. */
const wrong = (value: unknown) => value as never;

describe("alias domains", () => {
  const target_domain = "example.com";

  test.each([
    "example.net, example.org",
    "example.net example.org",
    "not_ok",
    "-a.example",
    "a..example",
    ".",
    "a@b.example",
  ])("a name such as %s is refused, which mailcow would split or break off at", async (alias_domain) => {
    const { mcc, server } = await clientOf({});
    await expect(mcc.aliasDomains.add({ alias_domain, target_domain })).rejects.toEqual(input("alias_domain must be"));
    expect(server.seen).toEqual([]);
  });

  test("a Unicode name is sent as punycode by every method, which mailcow does not do for all", async () => {
    const { mcc, server } = await clientOf((response, { method }) =>
      json(response, method === "GET" ? {} : success("aliasd_modified", "xn--bcher-kva.example")),
    );
    await mcc.aliasDomains.get("Bücher.example");
    await mcc.aliasDomains.add({ alias_domain: "Bücher.example", target_domain }, { read: false });
    await mcc.aliasDomains.edit("Bücher.example", { active: 1 });
    await mcc.aliasDomains.delete("Bücher.example");
    expect(server.seen[0]?.path).toMatch(/xn--bcher-kva\.example$/);
    expect(bodiesOf(server)).toEqual([
      { alias_domain: "xn--bcher-kva.example", target_domain, active: 1, dkim_selector: "dkim" },
      { items: ["xn--bcher-kva.example"], attr: { active: 1 } },
      ["xn--bcher-kva.example"],
    ]);
  });

  test("an attribute named like the id is refused, which would make mailcow edit another one", async () => {
    const { mcc, server } = await clientOf({});
    const attr = wrong({ active: 1, alias_domain: "other.example" });
    await expect(mcc.aliasDomains.edit("example.net", attr)).rejects.toEqual(input("alias_domain must be left out"));
    expect(server.seen).toEqual([]);
  });
});

describe("templates", () => {
  const attributesOf = (name: string) => {
    const { body } = recorded("16-mailbox-template", name, "/get/mailbox/template/{template}").response;
    return (body as { attributes: Record<string, unknown> }).attributes;
  };
  const domainRow = (id: number, template: string, changes = {}) => {
    const { body } = recorded("12-domain-template", "the full one").response;
    const { attributes, ...row } = body as { attributes: object };
    return { ...row, id, template, attributes: { ...attributes, ...changes } };
  };
  const serverOf = (...rows: object[]) =>
    clientOf((response, { method }) => json(response, method === "GET" ? rows : success("template_modified", "any")));
  const mailboxServer = (attributes: object) => serverOf({ id: 4, template: "staff", type: "mailbox", attributes });

  test("several that are edited keep their names and all that differs between them", async () => {
    const { mcc, server } = await serverOf(
      domainRow(3, "one", { gal: 1, tags: "red" }),
      domainRow(4, "two", { gal: 0 }),
    );
    await mcc.domainTemplates.edit([3, 4], { active: 1 });
    expect(bodiesOf(server)).toMatchObject([
      { items: [3], attr: { active: 1, gal: 1, tags: ["red"], def_quota_for_mbox: 7 } },
      { items: [4], attr: { active: 1, gal: 0, tags: ["t1", "t2"], def_quota_for_mbox: 7 } },
    ]);
    for (const { attr } of bodiesOf(server) as { attr: object }[]) expect(attr).not.toHaveProperty("template");
  });

  test("one that is not there is refused before any is edited", async () => {
    const { mcc, server } = await serverOf(domainRow(3, "one"));
    await expect(mcc.domainTemplates.edit([3, 99], { active: 1 })).rejects.toEqual(input("there is no 99"));
    expect(bodiesOf(server)).toEqual([]);
  });

  test("ids such as 5x are refused, which mailcow would take for 5", async () => {
    const { mcc, server } = await serverOf(domainRow(5, "one"));
    await expect(mcc.domainTemplates.edit(wrong("5x"), { active: 1 })).rejects.toEqual(input("there is no 5x"));
    await expect(mcc.domainTemplates.delete(wrong("5x"))).rejects.toEqual(input("delete/domain/template: "));
    await expect(mcc.mailboxTemplates.delete(wrong("5x"))).rejects.toEqual(input("delete/mailbox/template: "));
    expect(bodiesOf(server)).toEqual([]);
  });

  test("a list of no ids is refused", async () => {
    const { mcc, server } = await serverOf(domainRow(5, "one"));
    await expect(mcc.domainTemplates.edit([], { active: 1 })).rejects.toEqual(input("items must be"));
    await expect(mcc.mailboxTemplates.edit([], { active: 1 })).rejects.toEqual(input("items must be"));
    expect(bodiesOf(server)).toEqual([]);
  });

  test("ids in digits are taken", async () => {
    const { mcc, server } = await serverOf(domainRow(5, "one"));
    await mcc.domainTemplates.edit(wrong("5"), { active: 1 });
    expect(bodiesOf(server)).toMatchObject([{ items: ["5"], attr: { gal: 0 } }]);
  });

  test("an attribute that is undefined keeps its value", async () => {
    const { mcc, server } = await serverOf(domainRow(3, "one"));
    await mcc.domainTemplates.edit(3, wrong({ active: 1, max_quota_for_domain: undefined }));
    expect(bodiesOf(server)).toMatchObject([{ attr: { active: 1, max_quota_for_domain: 9 } }]);
  });

  test("what they hold and can't be sent again has to be given", async () => {
    const { mcc, server } = await serverOf(domainRow(3, "one", { dkim_selector: "" }));
    await expect(mcc.domainTemplates.edit(3, { active: 1 })).rejects.toEqual(input("dkim_selector must be"));
    await mcc.domainTemplates.edit(3, { active: 1, dkim_selector: "dkim" });
    expect(bodiesOf(server)).toHaveLength(1);
  });

  test("a mailbox template that has lost its protocols wants them anew, and keeps its name", async () => {
    const { mcc, server } = await mailboxServer(attributesOf("attributes now hold id, template, type, attributes"));
    await expect(mcc.mailboxTemplates.edit(4, { quota: 70 })).rejects.toEqual(input("protocol_access must be given"));
    await mcc.mailboxTemplates.edit(4, { quota: 70, protocol_access: ["imap"] });
    expect(bodiesOf(server)).toMatchObject([{ items: [4], attr: { quota: 70, protocol_access: ["imap"] } }]);
    const [{ attr }] = bodiesOf(server) as [{ attr: object }];
    for (const key of ["id", "template", "type", "attributes", "created"]) expect(attr).not.toHaveProperty(key);
  });

  test("a mailbox template that has lost its rights wants them anew", async () => {
    const { acl_spam_alias, ...attributes } = attributesOf("the full one");
    const without = Object.entries(attributes).filter(([key]) => !key.startsWith("acl_"));
    const { mcc } = await mailboxServer(Object.fromEntries(without));
    await expect(mcc.mailboxTemplates.edit(4, { quota: 70 })).rejects.toEqual(input("acl must be given"));
  });

  test("the nulls of a mailbox template are not sent, and its tags become a list", async () => {
    const { mcc, server } = await mailboxServer(attributesOf("nulls"));
    await mcc.mailboxTemplates.edit(4, { active: 1 });
    expect(bodiesOf(server)).toEqual([
      {
        items: [4],
        attr: { active: 1, quota: 0, tags: [], quarantine_category: "reject", protocol_access: [], acl: [] },
      },
    ]);
  });

  test("a protocol that a mailbox template of an older version does not know stays allowed", async () => {
    const { dav_access, ...older } = attributesOf("the minimal one has no acl_pw_reset");
    const { mcc, server } = await mailboxServer(older);
    await mcc.mailboxTemplates.edit(4, { active: 1 });
    expect(bodiesOf(server)).toMatchObject([
      { attr: { protocol_access: ["imap", "pop3", "smtp", "sieve", "eas", "dav"], acl: [] } },
    ]);
  });
});

describe("time-limited aliases", () => {
  const username = "ann@example.com";

  test("a mailbox that is no address is refused, which mailcow would take for the API itself", async () => {
    const { mcc, server } = await clientOf({});
    await expect(mcc.timeLimitedAliases.list("ann")).rejects.toEqual(input("mailbox must be an address"));
    const add = mcc.timeLimitedAliases.add({ username: "ann", domain: "example.com" });
    await expect(add).rejects.toEqual(input("mailbox must be an address"));
    await expect(mcc.timeLimitedAliases.add(wrong({}))).rejects.toMatchObject({ kind: "input" });
    expect(server.seen).toEqual([]);
  });

  test.each([{}, { validity: 0 }, { validity: "0" }, { permanent: false }, { permanent: 0, validity: 0 }] as const)(
    "an edit to %o is refused, of which mailcow says success and changes nothing",
    async (attr) => {
      const { mcc, server } = await clientOf({});
      await expect(mcc.timeLimitedAliases.edit("a.b@example.com", attr)).rejects.toEqual(input("validity must be"));
      expect(server.seen).toEqual([]);
    },
  );

  test("those that are added at once are told apart", async () => {
    const rows: object[] = [];
    const { mcc } = await clientOf((response, { method, body }) => {
      if (method === "GET") return json(response, rows);
      rows.unshift({ address: `new${rows.length}@example.com`, goto: username, description: "", body });
      json(response, success("mailbox_modified", username));
    });
    const add = () => mcc.timeLimitedAliases.add({ username, domain: "example.com" });
    const added = await Promise.all([add(), add(), add()]);
    expect(added.map(({ address }) => address)).toEqual(["new0@example.com", "new1@example.com", "new2@example.com"]);
  });

  test("one that is refused does not stop the next", async () => {
    const { mcc } = await clientOf((response, { method }) =>
      json(response, method === "GET" ? {} : success("mailbox_modified", username)),
    );
    const bad = mcc.timeLimitedAliases.add({ username, domain: "" });
    const good = mcc.timeLimitedAliases.add({ username, domain: "example.com" }, { read: false });
    await expect(bad).rejects.toMatchObject({ kind: "input" });
    expect(await good).toBeNull();
  });

  test("add without reading back sends nothing but the request", async () => {
    const { mcc, server } = await clientOf({ "add/time_limited_alias": success("mailbox_modified", username) });
    await mcc.timeLimitedAliases.add({ username, domain: "example.com" }, { read: false });
    expect(server.seen).toHaveLength(1);
  });
});

describe("resources", () => {
  const row = { name: "Beamer@example.com" };

  test("the address of a mailbox is not deleted, nor anything with it", async () => {
    const { mcc, server } = await clientOf({ "get/resource/all": [row] });
    const both = ["beamer@example.com", "ann@example.com"];
    await expect(mcc.resources.delete(both)).rejects.toEqual(input("ann@example.com is none"));
    await expect(mcc.resources.delete("Beamer")).rejects.toEqual(input("an address"));
    expect(bodiesOf(server)).toEqual([]);
  });

  test("nothing is deleted where there are none", async () => {
    const { mcc, server } = await clientOf({ "get/resource/all": {} });
    await expect(mcc.resources.delete("ann@example.com")).rejects.toEqual(input("ann@example.com is none"));
    expect(bodiesOf(server)).toEqual([]);
  });

  test("an attribute named like the id is refused", async () => {
    const { mcc } = await clientOf({});
    const attr = wrong({ active: 1, name: "other@example.com" });
    await expect(mcc.resources.edit("beamer@example.com", attr)).rejects.toEqual(input("name must be left out"));
  });
});

describe("filters", () => {
  test("ids such as 5x are refused, and so is an id among the attributes", async () => {
    const { mcc, server } = await clientOf({});
    await expect(mcc.filters.edit(wrong("5x"), { active: 1 })).rejects.toEqual(input("items must be"));
    await expect(mcc.filters.delete(wrong("5x"))).rejects.toEqual(input("delete/filter: "));
    await expect(mcc.filters.edit(5, wrong({ id: 6 }))).rejects.toEqual(input("id must be left out"));
    expect(server.seen).toEqual([]);
  });

  test("a mailbox that is no address is refused, which mailcow would take for the API itself", async () => {
    const { mcc, server } = await clientOf({});
    await expect(mcc.filters.list("all")).rejects.toEqual(input("mailbox must be"));
    await expect(mcc.filters.getActiveScript("ann")).rejects.toEqual(input("mailbox must be"));
    expect(server.seen).toEqual([]);
  });
});

describe("texts that mailcow empties where they are missing", () => {
  test("a global filter is not set without a script", async () => {
    const { mcc, server } = await clientOf({});
    await expect(mcc.globalFilters.set("prefilter", wrong(undefined))).rejects.toEqual(input("script must be a text"));
    expect(server.seen).toEqual([]);
  });

  test("a footer is not set without both its texts", async () => {
    const { mcc, server } = await clientOf({});
    const set = (footer: object) => mcc.domains.setFooter("example.com", wrong(footer));
    await expect(set({ html: "<p>Hello</p>" })).rejects.toEqual(input("plain must be a text"));
    await expect(set({ plain: "Hello" })).rejects.toEqual(input("html must be a text"));
    await expect(set({ html: "", plain: "", domains: ["example.org"] })).rejects.toEqual(
      input("domains must be left out"),
    );
    expect(server.seen).toEqual([]);
  });
});

describe("the password policy", () => {
  test("a length below 3 is refused, which mailcow would ignore with success", async () => {
    const { mcc, server } = await clientOf({});
    await expect(mcc.passwordPolicy.edit({ length: 2 })).rejects.toEqual(input("length must be"));
    await expect(mcc.passwordPolicy.edit({ chars: wrong(2) })).rejects.toEqual(input("chars must be"));
    expect(server.seen).toEqual([]);
  });
});

describe("MTA-STS", () => {
  test("an attribute named like the id is refused, and so is a list of mail servers", async () => {
    const { mcc, server } = await clientOf({});
    const edit = (attr: object) => mcc.mtaSts.edit("example.com", wrong(attr));
    await expect(edit({ mode: "none", domains: ["example.org"] })).rejects.toEqual(input("domains must be left out"));
    await expect(edit({ mx: ["mail.example.com"] })).rejects.toEqual(input("mx must be"));
    expect(server.seen).toEqual([]);
  });
});
