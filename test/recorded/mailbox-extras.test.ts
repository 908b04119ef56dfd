import { describe, expect, test } from "vitest";
import type { Exchange } from "../../scripts/lib/conformance/recordings.ts";
import { bodiesOf } from "../support/client.ts";
import { recorded, replay } from "../support/replay.ts";

const rowsIn = ({ response }: Exchange): { username: string; domain_name: string }[] => {
  const body = response.body as { data?: [] } & [];
  return body.data ?? body;
};
const addressesIn = (exchange: Exchange): string[] => [...new Set(rowsIn(exchange).map(({ username }) => username))];

async function collect<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const found: Row[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

describe("lists of mailboxes", () => {
  const file = "17-lists";

  test("are those of the domains that are asked for", async () => {
    const exchange = recorded(file, "two domains", "all/{domains}");
    const { mcc, server } = await replay(exchange);
    const rows = await mcc.mailboxes.list({ domain: ["A1-17A.test", "a1-17b.test"] });
    expect(rows).toEqual(exchange.response.body);
    expect(server.seen[0]?.path).toBe("/api/v1/get/mailbox/all/a1-17a.test%252Ca1-17b.test");
  });

  test("are empty for a domain that is not there, although mailcow answers the whole server", async () => {
    const { mcc } = await replay(recorded(file, "unknown domain: every mailbox of the server"));
    expect(await mcc.mailboxes.list({ domain: "a1-17none.test" })).toEqual([]);
  });

  test("hold nothing twice where one of the domains is not there", async () => {
    const { mcc } = await replay(recorded(file, "unknown and known: duplicates"));
    const rows = await mcc.mailboxes.list({ domain: ["a1-17none.test", "a1-17a.test"] });
    expect(rows.map(({ username }) => username)).toEqual(["x@a1-17a.test", "y@a1-17a.test"]);
  });

  test("hold nothing twice with tags, where the name of one domain is part of another's", async () => {
    const exchange = recorded(file, "it is listed twice now");
    const { mcc, server } = await replay(exchange);
    const rows = await mcc.mailboxes.list({ tags: ["a1red"] });
    expect(rows.map(({ username }) => username)).toEqual(addressesIn(exchange));
    expect(rows.length).toBeLessThan(rowsIn(exchange).length);
    expect(server.seen[0]?.path).toBe("/api/v1/get/mailbox/all?tags=a1red");
  });

  test("hold nothing of a domain within which the name of the asked one stands, with tags", async () => {
    const { mcc } = await replay(recorded(file, "and for the other domain too"));
    const rows = await mcc.mailboxes.list({ domain: "a1-17a.test", tags: "a1red" });
    expect(rows.map(({ domain }) => domain)).toEqual(rows.map(() => "a1-17a.test"));
    expect(rows.length).toBeGreaterThan(0);
  });

  test("are empty where mailcow says {}", async () => {
    const { mcc } = await replay(
      recorded(file, "no mailboxes: {}"),
      recorded(file, "mailboxes of an alias domain: {}"),
      recorded(file, "reduced, none: {}"),
    );
    expect(await mcc.mailboxes.list({ domain: "a1-17c.test" })).toEqual([]);
    expect(await mcc.mailboxes.list({ domain: "a1-17al.test" })).toEqual([]);
    expect(await mcc.mailboxes.listReduced({ domain: "a1-17c.test" })).toEqual([]);
  });

  test("can be reduced, of all domains or of some", async () => {
    const [all, two] = [recorded(file, "all, reduced"), recorded(file, "reduced, two domains")];
    const { mcc } = await replay(all, two);
    expect(await mcc.mailboxes.listReduced()).toEqual(all.response.body);
    expect(await mcc.mailboxes.listReduced({ domain: ["a1-17a.test", "a1-17b.test"] })).toEqual(two.response.body);
  });
});

describe("iterating", () => {
  const file = "18-search";

  test("goes through mailboxes page by page", async () => {
    const pages = [
      recorded(file, "page of two: recordsTotal counts only the matches here"),
      recorded(file, "second page", "search/mailbox"),
    ];
    const { mcc, server } = await replay(...pages);
    const rows = await collect(mcc.mailboxes.iterate({ search: "a1-18", pageSize: 2 }));
    expect(rows).toEqual(pages.flatMap(rowsIn));
    expect(bodiesOf(server)).toMatchObject([
      { start: 0, length: 2, search: { value: "a1-18" } },
      { start: 2, length: 2 },
    ]);
  });

  test("goes through domains page by page", async () => {
    const pages = [
      recorded(file, "first page of two; draw comes back"),
      recorded(file, "second page", "search/domain"),
    ];
    const { mcc } = await replay(...pages);
    const names = (await collect(mcc.domains.iterate({ pageSize: 2 }))).map(({ domain_name }) => domain_name);
    expect(names).toEqual(pages.flatMap(rowsIn).map(({ domain_name }) => domain_name));
  });

  test("yields nothing where nothing matches", async () => {
    const { mcc } = await replay(recorded(file, "no match", "search/mailbox"), recorded(file, "no match: data []"));
    expect(await collect(mcc.mailboxes.iterate({ search: "nothing at all" }))).toEqual([]);
    expect(await collect(mcc.domains.iterate({ search: "a1-18nothing" }))).toEqual([]);
  });

  test("with a key that does not arrive is an error", async () => {
    const { mcc } = await replay(recorded(file, "no key", "search/mailbox"));
    await expect(collect(mcc.mailboxes.iterate())).rejects.toMatchObject({ kind: "auth", reason: "no-key" });
  });
});

describe("mailboxes", () => {
  const edits = "15-mailbox-edit";
  const account = "19-account";

  test("are renamed, with an alias from the old address", async () => {
    const exchange = recorded(account, "rename with an alias for the old address: alias first");
    const { mcc, server } = await replay(exchange);
    const results = await mcc.mailboxes.rename("one@a1-19.test", " Uno ", { createAlias: true });
    expect(results.map(({ code }) => code)).toEqual(["alias_added", "mailbox_renamed"]);
    expect(bodiesOf(server)).toEqual([
      { attr: { domain: "a1-19.test", old_local_part: "one", new_local_part: "uno", create_alias: true } },
    ]);
  });

  test("that are not there or not active, or whose new name is taken, are not renamed", async () => {
    const { mcc } = await replay(recorded(account, "inactive mailbox"), recorded(account, "name is taken"));
    await expect(mcc.mailboxes.rename("off@a1-19.test", "aus")).rejects.toMatchObject({ codes: ["access_denied"] });
    await expect(mcc.mailboxes.rename("uno.caps@a1-19.test", "two")).rejects.toMatchObject({ kind: "rejected" });
  });

  test("get custom attributes, and lose them", async () => {
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

  test("lose tags", async () => {
    const { mcc, server } = await replay(
      recorded(edits, "several, one it does not have"),
      recorded(edits, "unknown mailbox", "tag/{mailbox}"),
    );
    expect(await mcc.mailboxes.deleteTags("u1@a1-15.test", ["t2", "t3", "never"])).toMatchObject([
      { code: "mailbox_modified" },
    ]);
    await expect(mcc.mailboxes.deleteTags("none@a1-15.test", ["t"])).rejects.toMatchObject({
      codes: ["access_denied"],
    });
    expect(bodiesOf(server)).toEqual([["t2", "t3", "never"], ["t"]]);
  });

  test("get exactly the tags that are set: surplus ones go, missing ones come", async () => {
    const { mcc, server } = await replay(
      recorded(edits, "t1 t2 t3"),
      recorded(edits, "one tag"),
      recorded(edits, "tags are added; one it has is no error here"),
    );
    const results = await mcc.mailboxes.setTags("u1@a1-15.test", ["t2", "t3", "t4"]);
    expect(results.map(({ code }) => code)).toEqual(["mailbox_modified", "mailbox_modified"]);
    expect(bodiesOf(server)).toEqual([["t1"], { items: ["u1@a1-15.test"], attr: { tags: ["t4"] } }]);
  });

  test("get rights", async () => {
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

  test("get a TLS policy", async () => {
    const { mcc, server } = await replay(
      recorded("27-mailbox-prefs", "booleans", "tls_policy"),
      recorded("27-mailbox-prefs", "unknown mailbox", "tls_policy"),
    );
    const policy = { tls_enforce_in: true, tls_enforce_out: false };
    expect(await mcc.mailboxes.setTlsPolicy("one@a2-prefs.test", policy)).toHaveLength(1);
    await expect(mcc.mailboxes.setTlsPolicy("nobody@a2-prefs.test", policy)).rejects.toMatchObject({
      codes: ["access_denied"],
    });
    expect(bodiesOf(server)[0]).toEqual({ items: ["one@a2-prefs.test"], attr: policy });
  });

  test("tell their last logins, and forget them", async () => {
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
});

describe("tags of domains", () => {
  test("are set: surplus ones go, missing ones come", async () => {
    const row = recorded("13-domain-extras", "no tags field any more");
    const tagged = {
      ...row,
      response: { ...row.response, body: { ...(row.response.body as object), tags: ["a", "b"] } },
    };
    const { mcc, server } = await replay(
      tagged,
      recorded("13-domain-extras", "one tag"),
      recorded("14-mailbox", "allow more"),
    );
    await mcc.domains.setTags("A1-13A.test", ["b", "c d"]);
    expect(bodiesOf(server)).toEqual([["a"], { items: ["a1-13a.test"], attr: { tags: ["c d"] } }]);
  });

  test("are taken away", async () => {
    const { mcc } = await replay(
      recorded("13-domain-extras", "one tag"),
      recorded("13-domain-extras", "unknown domain", "tag/{domain}"),
    );
    await mcc.domains.deleteTags("a1-13a.test", ["a"]);
    await expect(mcc.domains.deleteTags("a1-13none.test", ["a"])).rejects.toMatchObject({ codes: ["access_denied"] });
  });
});

describe("settings of mailboxes", () => {
  const file = "27-mailbox-prefs";
  const one = "one@a2-prefs.test";
  const three = [one, "nobody@a2-prefs.test", "two@a2-prefs.test"];
  const mixed = { codes: ["access_denied"], failures: [{ id: three[1] }], succeeded: [{ id: one }, { id: three[2] }] };

  test("tell the spam scores, and null where there is no mailbox", async () => {
    const { mcc } = await replay(
      recorded(file, "blanks are gone"),
      recorded(file, "as it was sent"),
      recorded(file, "unknown mailbox", "get/spam-score/{mailbox}"),
    );
    expect(await mcc.mailboxSettings.getSpamScore(one)).toEqual({ low: 5.5, high: 15.25 });
    expect(await mcc.mailboxSettings.getSpamScore(one)).toEqual({ low: 10, high: 20 });
    expect(await mcc.mailboxSettings.getSpamScore("nobody@a2-prefs.test")).toBeNull();
  });

  test("set the spam scores, and take them away", async () => {
    const { mcc, server } = await replay(
      recorded(file, "two at once", "spam-score"),
      recorded(file, "default"),
      recorded(file, "one of three unknown: mixed result", "spam-score"),
    );
    await mcc.mailboxSettings.setSpamScore([one, "two@a2-prefs.test"], { low: 6, high: 12.5 });
    await mcc.mailboxSettings.setSpamScore(one, "default");
    await expect(mcc.mailboxSettings.setSpamScore(three, { low: 1, high: 2 })).rejects.toMatchObject(mixed);
    expect(bodiesOf(server)).toMatchObject([
      { items: [one, "two@a2-prefs.test"], attr: { spam_score: "6,12.5" } },
      { attr: { spam_score: "default" } },
      { items: three },
    ]);
  });

  test("set what happens to tagged mail", async () => {
    const { mcc, server } = await replay(recorded(file, "before TLS changes"), recorded(file, "subfolder"));
    expect(await mcc.mailboxSettings.setDelimiterAction(one, "subfolder")).toMatchObject([{ id: one }]);
    expect(bodiesOf(server)).toEqual([{ items: [one], attr: { tagged_mail_handler: "subfolder" } }]);
  });

  test("set when and of what a mailbox is told of its quarantine", async () => {
    const { mcc, server } = await replay(
      recorded(file, "daily"),
      recorded(file, "one of three unknown: mixed result", "quarantine_notification"),
      recorded(file, "add_header"),
      recorded(file, "one of three unknown: mixed result", "quarantine_category"),
    );
    await mcc.mailboxSettings.setQuarantineNotification(one, "daily");
    await expect(mcc.mailboxSettings.setQuarantineNotification(three, "never")).rejects.toMatchObject(mixed);
    await mcc.mailboxSettings.setQuarantineCategory(one, "add_header");
    await expect(mcc.mailboxSettings.setQuarantineCategory(three, "all")).rejects.toMatchObject(mixed);
    expect(bodiesOf(server)).toEqual([
      { items: [one], attr: { quarantine_notification: "daily" } },
      { items: three, attr: { quarantine_notification: "never" } },
      { items: [one], attr: { quarantine_category: "add_header" } },
      { items: three, attr: { quarantine_category: "all" } },
    ]);
  });

  test("reset the ActiveSync cache and the SOGo profile", async () => {
    const { mcc, server } = await replay(
      recorded(file, "one", "eas_cache"),
      recorded(file, "one of three unknown: mixed result", "eas_cache"),
      recorded(file, "one", "sogo_profile"),
      recorded(file, "one of three unknown: mixed result", "sogo_profile"),
    );
    expect(await mcc.mailboxSettings.resetEasCache(one)).toMatchObject([{ results: [{ code: "eas_reset" }] }]);
    await expect(mcc.mailboxSettings.resetEasCache(three)).rejects.toMatchObject(mixed);
    const reset = await mcc.mailboxSettings.resetSogoProfile(one);
    expect(reset).toMatchObject([{ id: one, results: [{ code: "sogo_profile_reset" }] }]);
    await expect(mcc.mailboxSettings.resetSogoProfile(three)).rejects.toMatchObject(mixed);
    expect(bodiesOf(server)).toEqual([[one], three, [one], three]);
  });
});

describe("Pushover", () => {
  const file = "28-pushover";
  const [one, two, three] = ["one@a2-push.test", "two@a2-push.test", "three@a2-push.test"] as const;
  const credentials = { key: "k".repeat(30), token: `${"t".repeat(29)}9` };

  test("is set, active unless told otherwise", async () => {
    const { mcc, server } = await replay(
      recorded(file, "minimal for a first time: key, token, active"),
      recorded(file, "active off only, the rest is kept"),
      recorded(file, "no attributes once set: success, nothing changes"),
    );
    expect(await mcc.pushover.set(one, credentials)).toMatchObject([
      { id: one, results: [{ code: "pushover_settings_edited" }] },
    ]);
    await mcc.pushover.set(one, { active: 0 });
    await mcc.pushover.set(one, { title: "Mail" });
    expect(bodiesOf(server)).toEqual([
      { items: [one], attr: { active: 1, ...credentials } },
      { items: [one], attr: { active: 0 } },
      { items: [one], attr: { title: "Mail" } },
    ]);
  });

  test("says which mailbox has no settings yet", async () => {
    const { mcc } = await replay(recorded(file, "one of two has no settings yet: mixed result"));
    await expect(mcc.pushover.set([one, two], { text: "both" })).rejects.toMatchObject({
      codes: ["pushover_key"],
      failures: [{ id: two }],
    });
  });

  test("is deleted, also where there is nothing", async () => {
    const { mcc, server } = await replay(
      recorded(file, "delete: JSON true"),
      recorded(file, "delete of one unknown of two: mixed result"),
    );
    expect(await mcc.pushover.delete(three)).toHaveLength(1);
    await expect(mcc.pushover.delete(["nobody@a2-push.test", two])).rejects.toMatchObject({
      failures: [{ id: "nobody@a2-push.test", code: "access_denied" }],
    });
    expect(bodiesOf(server)[0]).toEqual({ items: [three], attr: { delete: true } });
  });

  test("is tested mailbox by mailbox, so that one without settings does not keep the others from it", async () => {
    const { mcc, server } = await replay(
      recorded(file, "nothing set any more"),
      recorded(file, "service out of reach"),
    );
    await expect(mcc.pushover.test([one, two])).rejects.toMatchObject({
      failures: [
        { id: one, code: "pushover_credentials_missing" },
        { id: two, code: "Pushover API ERR (0): " },
      ],
    });
    expect(bodiesOf(server)).toEqual([
      { items: [one], attr: {} },
      { items: [two], attr: {} },
    ]);
  });
});
