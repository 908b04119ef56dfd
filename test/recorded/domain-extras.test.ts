import { describe, expect, test } from "vitest";
import type { Exchange } from "../../scripts/lib/conformance/recordings.ts";
import { bodiesOf } from "../support/client.ts";
import { recorded, replay } from "../support/replay.ts";

const files = {
  extras: "13-domain-extras",
  domainTemplates: "12-domain-template",
  mailboxTemplates: "16-mailbox-template",
  timeLimited: "22-time-limited-alias",
  resources: "23-resource",
  filters: "24-filter",
  account: "19-account",
};
const bodyOf = ({ request }: Exchange) => request.body as Record<string, unknown>;
const refused = (...codes: string[]) => ({ kind: "rejected", failures: codes.map((code) => ({ code })) });

describe("aliasDomains", () => {
  const get = (name: string) => recorded(files.extras, name, "/get/alias-domain/{aliasDomain}");

  test("list answers the rows", async () => {
    const { mcc } = await replay(recorded(files.extras, "several alias domains"));
    expect((await mcc.aliasDomains.list()).map(({ alias_domain }) => alias_domain)).toContain("a1-13d.test");
  });

  test("get answers the row, and null where there is none", async () => {
    const { mcc } = await replay(get("alias domain with rate limit"), get("unknown alias domain: {}"));
    expect(await mcc.aliasDomains.get("A1-13D.test")).toMatchObject({ rl: { value: "5", frame: "h" } });
    expect(await mcc.aliasDomains.get("a1-13none.test")).toBeNull();
  });

  test("add sends an active one and reads it back", async () => {
    const { mcc, server } = await replay(
      recorded(files.extras, "every field", "/add/alias-domain"),
      get("alias domain with rate limit"),
    );
    const input = { alias_domain: "a1-13d.test", target_domain: "a1-13a.test", rl_value: 5, rl_frame: "h" } as const;
    expect(await mcc.aliasDomains.add({ ...input, key_size: 1024 })).toMatchObject({ alias_domain: "a1-13d.test" });
    expect(bodiesOf(server)).toEqual([{ ...input, active: 1, key_size: 1024, dkim_selector: "dkim" }]);
  });

  test("add tells what of it was refused and what was done", async () => {
    const { mcc } = await replay(
      recorded(files.extras, "duplicate", "/add/alias-domain"),
      recorded(files.extras, "bad rate limit frame: added all the same"),
    );
    const input = { alias_domain: "a1-13d.test", target_domain: "a1-13a.test" };
    await expect(mcc.aliasDomains.add(input)).rejects.toMatchObject(refused("alias_domain_invalid"));
    await expect(mcc.aliasDomains.add(input)).rejects.toMatchObject({
      ...refused("rl_timeframe"),
      succeeded: [{ code: "aliasd_added" }],
    });
  });

  test("edit and delete answer one outcome per name, and tell which was refused", async () => {
    const { mcc, server } = await replay(
      recorded(files.extras, "move"),
      recorded(files.extras, "several, one unknown", "/edit/alias-domain"),
      recorded(files.extras, "one", "/delete/alias-domain"),
      recorded(files.extras, "again", "/delete/alias-domain"),
    );
    const { aliasDomains } = mcc;
    const move = { target_domain: "a1-13t.test", active: 0 } as const;
    expect(await aliasDomains.edit("a1-13c.test", move)).toMatchObject([{ id: "a1-13c.test" }]);
    const three = ["a1-13c.test", "a1-13none.test", "a1-13e.test"];
    await expect(aliasDomains.edit(three, { active: 1 })).rejects.toMatchObject({
      failures: [{ id: "a1-13none.test", code: "alias_domain_invalid" }],
      succeeded: [{ id: "a1-13c.test" }, { id: "a1-13e.test" }],
    });
    expect(await aliasDomains.delete("A1-13C.test")).toMatchObject([{ id: "a1-13c.test" }]);
    await expect(aliasDomains.delete("a1-13c.test")).rejects.toMatchObject(refused("access_denied"));
    expect(bodiesOf(server)[0]).toEqual({ items: ["a1-13c.test"], attr: move });
    expect(bodiesOf(server)[2]).toEqual(["a1-13c.test"]);
  });
});

describe("domains.setFooter", () => {
  const footer = { html: "x", plain: "" };

  test("sends the footer of each domain by itself, so that an unknown one stops no other", async () => {
    const { mcc, server } = await replay(
      recorded(files.extras, "one field: the others are emptied"),
      recorded(files.extras, "unknown domain", "/edit/domain/footer"),
      recorded(files.extras, "an alias domain takes one too"),
    );
    const names = ["a1-13a.test", "a1-13none.test", "a1-13ex.test"];
    await expect(mcc.domains.setFooter(names, footer)).rejects.toMatchObject({
      failures: [{ id: "a1-13none.test", code: "access_denied" }],
      succeeded: [{ id: "a1-13a.test" }, { id: "a1-13ex.test" }],
    });
    expect(bodiesOf(server)).toEqual(names.map((name) => ({ items: [name], attr: footer })));
  });

  test("tells which of the excluded are unknown, and that the footer is saved", async () => {
    const { mcc } = await replay(recorded(files.extras, "each bad exclude answers danger, the footer is saved"));
    const exclude = ["none@a1-13a.test", "a1-13b.test", "rubbish !"];
    await expect(mcc.domains.setFooter("a1-13a.test", { ...footer, exclude })).rejects.toMatchObject({
      ...refused("username_invalid", "username_invalid", "username_invalid"),
      succeeded: [{ id: "a1-13a.test", code: "domain_footer_modified" }],
    });
  });
});

describe("mtaSts", () => {
  const input = { mode: "enforce", mx: "mx1.a1-13a.test,*.a1-13a.test", max_age: 86400 } as const;

  test("add sends an active policy of the one version", async () => {
    const { mcc, server } = await replay(recorded(files.extras, "every field: Task completed"));
    const answer = await mcc.mtaSts.add({ ...input, domain: "A1-13A.test" });
    expect(answer).toMatchObject([{ type: "success" }]);
    expect(bodiesOf(server)).toEqual([{ ...input, domain: "a1-13a.test", version: "STSv1", active: 1 }]);
  });

  test("add is refused where there is a policy, or no such domain", async () => {
    const { mcc } = await replay(
      recorded(files.extras, "again: the database's own message"),
      recorded(files.extras, "unknown domain", "/add/mta-sts"),
    );
    const again = () => mcc.mtaSts.add({ ...input, domain: "a1-13a.test" });
    await expect(again()).rejects.toMatchObject({ failures: [{ code: expect.stringContaining("Duplicate entry") }] });
    await expect(again()).rejects.toMatchObject(refused("access_denied"));
  });

  test("edit answers one outcome per domain, and tells which has no policy", async () => {
    const { mcc, server } = await replay(
      recorded(files.extras, "edit with the version"),
      recorded(files.extras, "several, one unknown", "/edit/mta-sts"),
    );
    expect(await mcc.mtaSts.edit("a1-13a.test", { mode: "testing" })).toMatchObject([{ id: "a1-13a.test" }]);
    expect(bodiesOf(server)).toEqual([{ items: ["a1-13a.test"], attr: { version: "STSv1", mode: "testing" } }]);
    const three = ["a1-13a.test", "a1-13none.test", "a1-13b.test"];
    await expect(mcc.mtaSts.edit(three, { active: 1 })).rejects.toMatchObject({
      failures: [{ id: "a1-13none.test", code: "access_denied" }],
    });
  });
});

describe("domainTemplates", () => {
  const get = (name: string) => recorded(files.domainTemplates, name, "/get/domain/template/{template}");
  const all = (name: string) => recorded(files.domainTemplates, name, "/get/domain/template/all");

  test("list answers the rows, of which Default is always there", async () => {
    const [some, fresh] = [all("several templates"), all("only the Default template on a fresh server")];
    const { mcc } = await replay(some, fresh);
    expect(await mcc.domainTemplates.list()).toEqual(some.response.body);
    expect(await mcc.domainTemplates.list()).toMatchObject([{ template: "Default" }]);
  });

  test("get answers the row, and null where there is none", async () => {
    const { mcc } = await replay(get("the full one"), get("unknown id"));
    expect(await mcc.domainTemplates.get(4)).toMatchObject({ id: 4, template: "a1-12full" });
    expect(await mcc.domainTemplates.get(99999)).toBeNull();
  });

  test("add answers the row with its id, and tells a name that is taken", async () => {
    const { mcc } = await replay(
      recorded(files.domainTemplates, "minimal add"),
      all("several templates"),
      recorded(files.domainTemplates, "duplicate name"),
    );
    expect(await mcc.domainTemplates.add({ template: "a1-12min" })).toMatchObject({ id: 3, template: "a1-12min" });
    await expect(mcc.domainTemplates.add({ template: "a1-12min" })).rejects.toMatchObject(refused("template_exists"));
  });

  test("edit sends what the template holds, in MiB, with what is to change", async () => {
    const { mcc, server } = await replay(
      all("several templates"),
      recorded(files.domainTemplates, "rename only: all limits fall to 0"),
    );
    expect(await mcc.domainTemplates.edit(4, { template: "a1-12full2" })).toMatchObject([{ id: 4 }]);
    expect(bodiesOf(server)).toEqual([
      {
        items: [4],
        attr: { ...bodyOf(recorded(files.domainTemplates, "add with every field")), template: "a1-12full2" },
      },
    ]);
  });

  test("delete sends a call for each, of which mailcow would delete only the first", async () => {
    const { mcc, server } = await replay(
      recorded(files.domainTemplates, "two: only the first goes"),
      recorded(files.domainTemplates, "one", "/delete/domain/template"),
    );
    expect(await mcc.domainTemplates.delete([3, 6])).toMatchObject([
      { id: 3, results: [{ code: "template_removed" }] },
      { id: 6, results: [{ code: "template_removed" }] },
    ]);
    expect(bodiesOf(server)).toEqual([[3], [6]]);
  });
});

describe("mailboxTemplates", () => {
  const get = (name: string) => recorded(files.mailboxTemplates, name, "/get/mailbox/template/{template}");
  const all = (name: string) => recorded(files.mailboxTemplates, name, "/get/mailbox/template/all");

  test("list answers the rows, of which Default is always there", async () => {
    const [some, fresh] = [all("several templates"), all("only the Default template on a fresh server")];
    const { mcc } = await replay(some, fresh);
    expect(await mcc.mailboxTemplates.list()).toEqual(some.response.body);
    expect(await mcc.mailboxTemplates.list()).toMatchObject([{ template: "Default" }]);
  });

  test("get answers the row, and null where there is none", async () => {
    const { mcc } = await replay(get("the full one"), get("unknown id"));
    expect(await mcc.mailboxTemplates.get(4)).toMatchObject({ id: 4, template: "a1-16full" });
    expect(await mcc.mailboxTemplates.get(99999)).toBeNull();
  });

  test("add answers the row with its id, and tells a name that is taken", async () => {
    const { mcc } = await replay(
      recorded(files.mailboxTemplates, "minimal: no acl at all is granted"),
      all("several templates"),
      recorded(files.mailboxTemplates, "duplicate name"),
    );
    const add = () => mcc.mailboxTemplates.add({ template: "a1-16min" });
    expect(await add()).toMatchObject({ id: 3, template: "a1-16min" });
    await expect(add()).rejects.toMatchObject(refused("template_exists"));
  });

  test("edit sends what the template holds, protocols and rights as lists, with what is to change", async () => {
    const { mcc, server } = await replay(
      all("several templates"),
      recorded(files.mailboxTemplates, "every field", "/edit/mailbox/template"),
    );
    expect(await mcc.mailboxTemplates.edit(4, { quota: 70 })).toMatchObject([{ id: 4 }]);
    const { template, ...held } = bodyOf(recorded(files.mailboxTemplates, "every field", "/add/mailbox/template"));
    expect(bodiesOf(server)).toEqual([{ items: [4], attr: { ...held, quota: 70 } }]);
  });

  test("edit of the untouched Default takes nothing away", async () => {
    const { mcc, server } = await replay(
      all("only the Default template on a fresh server"),
      recorded(files.mailboxTemplates, "Default keeps its name; rl_value '' becomes null"),
    );
    await mcc.mailboxTemplates.edit(2, { quota: 5 });
    expect(bodiesOf(server)).toMatchObject([
      { attr: { quota: 5, active: 1, protocol_access: ["imap", "pop3", "smtp", "sieve", "eas", "dav"] } },
    ]);
  });

  test("delete answers one outcome per id", async () => {
    const { mcc, server } = await replay(
      recorded(files.mailboxTemplates, "one", "/delete/mailbox/template"),
      recorded(files.mailboxTemplates, "again: success"),
    );
    expect(await mcc.mailboxTemplates.delete([6, 4])).toMatchObject([{ id: 6 }, { id: 4 }]);
    expect(bodiesOf(server)).toEqual([[6], [4]]);
  });
});

describe("timeLimitedAliases", () => {
  const username = "one@a2-tla.test";
  const list = (name: string) => recorded(files.timeLimited, name, "/get/time_limited_aliases/{mailbox}");

  test("list answers the rows, and an empty list for none", async () => {
    const { mcc } = await replay(list("one"), list("none yet"));
    expect(await mcc.timeLimitedAliases.list(username)).toMatchObject([{ address: "wiva.fopa@a2-tla.test" }]);
    expect(await mcc.timeLimitedAliases.list(username)).toEqual([]);
  });

  test("add answers the address that mailcow made up, by its lists before and after", async () => {
    const { mcc, server } = await replay(
      list("one"),
      recorded(files.timeLimited, "all fields, numbers and boolean"),
      list("several, permanent and not"),
    );
    const input = { username, domain: "a2-tla.test", description: "for a shop", validity: 24 };
    const row = await mcc.timeLimitedAliases.add({ ...input, domain: "A2-TLA.test" });
    expect(row).toMatchObject({ description: "for a shop", goto: username });
    expect(bodiesOf(server)).toEqual([input]);
  });

  test("add tells a domain that is not the mailbox's", async () => {
    const { mcc } = await replay(list("one"), recorded(files.timeLimited, "domain is not the mailbox's"));
    await expect(mcc.timeLimitedAliases.add({ username, domain: "a2-tla-other.test" })).rejects.toMatchObject(
      refused("domain_invalid"),
    );
  });

  test("edit and delete answer one outcome per address, and tell which is unknown", async () => {
    const { mcc, server } = await replay(
      recorded(files.timeLimited, "validity in hours from now"),
      recorded(files.timeLimited, "one of three unknown: mixed result"),
      recorded(files.timeLimited, "one", "/delete/time_limited_alias"),
      recorded(files.timeLimited, "already gone"),
    );
    const { timeLimitedAliases } = mcc;
    const address = "buzuke.xosi@a2-tla.test";
    expect(await timeLimitedAliases.edit(address, { validity: 2 })).toMatchObject([{ id: address }]);
    const three = [address, "nobody@a2-tla.test", "fewulu.tatapacu@a2-tla.test"];
    await expect(timeLimitedAliases.edit(three, { validity: 21 })).rejects.toMatchObject({
      failures: [{ id: "nobody@a2-tla.test", code: "access_denied" }],
    });
    expect(await timeLimitedAliases.delete(address)).toMatchObject([{ id: address }]);
    await expect(timeLimitedAliases.delete(address)).rejects.toMatchObject(refused("access_denied"));
    expect(bodiesOf(server)[0]).toEqual({ items: [address], attr: { validity: 2 } });
    expect(bodiesOf(server)[2]).toEqual([address]);
  });
});

describe("resources", () => {
  const get = (name: string) => recorded(files.resources, name, "/get/resource/{resource}");
  const all = (name: string) => recorded(files.resources, name, "/get/resource/all");

  test("list and get answer rows, an empty list and null for none", async () => {
    const { mcc } = await replay(
      all("several"),
      all("all, none of this domain"),
      get("other case of the address"),
      get("a mailbox is no resource"),
    );
    expect((await mcc.resources.list()).map(({ name }) => name)).toContain("Beamer@a2-res.test");
    expect(await mcc.resources.list()).toEqual([]);
    expect(await mcc.resources.get("teamblue@a2-res.test")).toMatchObject({ name: "TeamBlue@a2-res.test" });
    expect(await mcc.resources.get("one@a2-res.test")).toBeNull();
  });

  test("add sends an active one and reads it back by the address that mailcow made", async () => {
    const { mcc, server } = await replay(
      recorded(files.resources, "letters outside a-z are dropped from the address"),
      get("one, umlaut in the description"),
    );
    const input = { domain: "a2-res.test", description: "Büro 3. OG", kind: "location" } as const;
    expect(await mcc.resources.add(input)).toMatchObject({ name: "Bro3OG@a2-res.test" });
    expect(bodiesOf(server)).toEqual([{ ...input, active: 1 }]);
    expect(server.seen[1]?.path).toContain("Bro3OG");
  });

  test("add and edit tell what mailcow refuses", async () => {
    const { mcc } = await replay(
      recorded(files.resources, "exists as a mailbox"),
      recorded(files.resources, "two at once", "/edit/resource"),
      recorded(files.resources, "a mailbox", "/edit/resource"),
    );
    const input = { domain: "a2-res.test", description: "one", kind: "thing" } as const;
    await expect(mcc.resources.add(input)).rejects.toMatchObject(refused("object_exists"));
    const two = ["Beamer@a2-res.test", "Hall@a2-res2.test"];
    expect(await mcc.resources.edit(two, { active: 1, kind: "group" })).toMatchObject(two.map((id) => ({ id })));
    await expect(mcc.resources.edit("one@a2-res.test", { active: 0 })).rejects.toMatchObject(
      refused("resource_invalid"),
    );
  });

  test("delete reads the list first and answers one outcome per address", async () => {
    const { mcc, server } = await replay(all("several"), recorded(files.resources, "two", "/delete/resource"));
    const two = ["Bike@a2-res.test", "drone@A2-RES.test"];
    expect(await mcc.resources.delete(two)).toMatchObject([{ id: "Bike@a2-res.test" }, { id: "drone@a2-res.test" }]);
    expect(bodiesOf(server)).toEqual([["Bike@a2-res.test", "drone@a2-res.test"]]);
  });
});

describe("filters", () => {
  const username = "one@a2-sieve.test";
  const of = (name: string) => recorded(files.filters, name, "/get/filters/{mailbox}");
  const second = bodyOf(recorded(files.filters, "all fields, active"));

  test("list answers those of a mailbox or all, and an empty list for none", async () => {
    const { mcc } = await replay(of("none yet"), recorded(files.filters, "all, several"), of("one"));
    expect(await mcc.filters.list(username)).toEqual([]);
    expect((await mcc.filters.list()).map(({ id }) => id)).toContain(5);
    expect(await mcc.filters.list(username)).toMatchObject([{ id: 1 }]);
  });

  test("add answers the row with its id", async () => {
    const { mcc, server } = await replay(
      recorded(files.filters, "all fields, active"),
      of("four, one active per type"),
    );
    expect(await mcc.filters.add(second as never)).toMatchObject({ id: 2, script_desc: "second" });
    expect(bodiesOf(server)).toEqual([second]);
  });

  test("add and edit tell a script that is none", async () => {
    const { mcc } = await replay(
      recorded(files.filters, "syntax error", "/add/filter"),
      recorded(files.filters, "syntax error", "/edit/filter"),
    );
    const sieve = { ...refused("sieve_error"), message: expect.stringContaining("sieve_error") };
    await expect(mcc.filters.add({ ...second, script_data: "if {" } as never)).rejects.toMatchObject(sieve);
    await expect(mcc.filters.edit(1, { script_data: "if {" })).rejects.toMatchObject(sieve);
  });

  test("edit and delete answer one outcome per id, and tell which is unknown", async () => {
    const { mcc, server } = await replay(
      recorded(files.filters, "one of three unknown: mixed result"),
      recorded(files.filters, "two of the same type made active: the last wins"),
      recorded(files.filters, "one of two unknown: mixed result"),
      recorded(files.filters, "delete one"),
    );
    await expect(mcc.filters.edit([2, 99999999, 3], { active: 0 })).rejects.toMatchObject({
      failures: [{ id: 99999999, code: "access_denied" }],
    });
    expect(await mcc.filters.edit([2, 3], { active: 1 })).toMatchObject([{ id: 2 }, { id: 3 }]);
    await expect(mcc.filters.delete([99999999, 4])).rejects.toMatchObject({ succeeded: [{ id: 4 }] });
    expect(await mcc.filters.delete(1)).toMatchObject([{ id: 1, results: [{ code: "delete_filter" }] }]);
    expect(bodiesOf(server).at(-1)).toEqual([1]);
  });

  test("getActiveScript answers the script, and null where there is none", async () => {
    const active = (name: string) => recorded(files.filters, name, "/get/active-user-sieve/{mailbox}");
    const { mcc } = await replay(active("one active of two"), active("scripts but none active"));
    expect(await mcc.filters.getActiveScript(username)).toContain("fileinto");
    expect(await mcc.filters.getActiveScript(username)).toBeNull();
  });
});

describe("globalFilters", () => {
  test("get and getAll answer texts, empty ones for none", async () => {
    const { mcc } = await replay(
      recorded(files.filters, "the one after"),
      recorded(files.filters, "empty", "/get/global_filters/prefilter"),
      recorded(files.filters, "both empty"),
    );
    expect(await mcc.globalFilters.get("postfilter")).toContain("global_sieve_after");
    expect(await mcc.globalFilters.get("prefilter")).toBe("");
    expect(await mcc.globalFilters.getAll()).toEqual({ prefilter: "", postfilter: "" });
  });

  test("set takes a dovecot that does not restart for a warning, and tells a script that is none", async () => {
    const { mcc, server } = await replay(
      recorded(files.filters, "dovecot is down: written, with a warning"),
      recorded(files.filters, "missing require", "/add/global-filter"),
    );
    const codes = (await mcc.globalFilters.set("prefilter", "")).map(({ code }) => code);
    expect(codes).toEqual(["dovecot_restart_failed", "global_filter_written"]);
    await expect(mcc.globalFilters.set("prefilter", 'fileinto "x";')).rejects.toMatchObject(refused("sieve_error"));
    expect(bodiesOf(server)[0]).toEqual({ filter_type: "prefilter", script_data: "" });
  });
});

describe("passwordPolicy", () => {
  test("get and getHtml answer the policy, edit sets rules", async () => {
    const { mcc, server } = await replay(
      recorded(files.account, "every field as stored"),
      recorded(files.account, "html with every rule"),
      recorded(files.account, "every field", "/edit/passwordpolicy"),
    );
    expect(await mcc.passwordPolicy.get()).toMatchObject({ length: "8", numbers: "1" });
    expect(await mcc.passwordPolicy.getHtml()).toMatch(/^<p/);
    expect(await mcc.passwordPolicy.edit({ length: 8, numbers: 1 })).toMatchObject([{ code: "password_policy_saved" }]);
    expect(bodiesOf(server)).toEqual([{ attr: { length: 8, numbers: 1 } }]);
  });
});
