import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { files } from "../../scripts/lib/files.ts";
import { type Json, resolve, topicsOf } from "../../scripts/lib/topics.ts";
import type { Collection } from "../../src/core/collection.ts";
import type { Id } from "../../src/generated/types/common.ts";
import { MailcowApiClient, type Outcome } from "../../src/index.ts";
import { bodiesOf, clientOf } from "../support/client.ts";
import { collectionsOf, everyMethod, methodNames } from "../support/methods.ts";
import { type Answer, json, type LocalServer, type Seen } from "../support/server.ts";

/** Items as they are given, one of them twice, and as mailcow stores them. */
interface Items<Id> {
  readonly given: Id[];
  readonly stored: Id[];
}

const ids: Items<Id> = { given: [7, "5", "7"], stored: [7, "5"] };
const domains = { given: ["B.test", "bücher.test", "b.TEST"], stored: ["b.test", "xn--bcher-kva.test"] };
const mailboxes = { given: ["Bob@x.TEST", "ann@x.test", "bob@x.test"], stored: ["bob@x.test", "ann@x.test"] };
const accounts = { given: ["Bob", " ann ", "bob"], stored: ["bob", "ann"] };
const hosts = { given: ["2001:DB8::1", "192.0.2.9", "2001:db8:0::1"], stored: ["2001:db8::1", "192.0.2.9"] };
const mails = { given: ["C1A0000001", "AB12", "C1A0000001"], stored: ["C1A0000001", "AB12"] };
const maps = { given: ["bad_words.map", "bad_words_de.map", "bad_words.map"] as const };
const addresses = { given: ["24h@X.test", "ann@x.test", "24h@x.test"], stored: ["24h@x.test", "ann@x.test"] };
/** The list has them with capitals. */
const resources = { given: mailboxes.given, stored: ["Bob@x.test", "ann@x.test"] };

interface Case {
  readonly stored: readonly (string | number)[];
  readonly run: (mcc: MailcowApiClient) => Promise<readonly Outcome<string | number>[]>;
}

const on = <Id extends string | number>(
  { given, stored }: Items<Id>,
  call: (mcc: MailcowApiClient, items: Id[]) => Promise<readonly Outcome<string | number>[]>,
): Case => ({ stored, run: (mcc) => call(mcc, given) });

/** The methods that return outcomes. */
type Several<Of> = {
  [K in keyof Of as Of[K] extends (...input: never) => Promise<readonly Outcome<string | number>[]> ? K : never]: Case;
};

type Cases = {
  [C in keyof MailcowApiClient as MailcowApiClient[C] extends Collection
    ? keyof Several<MailcowApiClient[C]> extends never
      ? never
      : C
    : never]: Several<MailcowApiClient[C]>;
};

/** A call of each method that takes several items: the compiler wants all of them. */
const cases: Cases = {
  admins: {
    edit: on(accounts, (mcc, items) => mcc.admins.edit(items, { active: 1 })),
    delete: on(accounts, (mcc, items) => mcc.admins.delete(items)),
  },
  aliasDomains: {
    edit: on(domains, (mcc, items) => mcc.aliasDomains.edit(items, { active: 1 })),
    delete: on(domains, (mcc, items) => mcc.aliasDomains.delete(items)),
  },
  aliases: {
    edit: on(addresses, (mcc, items) => mcc.aliases.edit(items, { active: 1 })),
    delete: on(addresses, (mcc, items) => mcc.aliases.delete(items)),
  },
  appPasswords: {
    edit: on(ids, (mcc, items) => mcc.appPasswords.edit(items, { username: "Ann@x.test", active: 1 })),
    delete: on(ids, (mcc, items) => mcc.appPasswords.delete(items)),
  },
  bccMaps: {
    edit: on(ids, (mcc, items) => mcc.bccMaps.edit(items, { active: 1 })),
    delete: on(ids, (mcc, items) => mcc.bccMaps.delete(items)),
  },
  dkim: {
    delete: on(domains, (mcc, items) => mcc.dkim.delete(items)),
    duplicate: on(domains, (mcc, items) => mcc.dkim.duplicate("b.test", items)),
  },
  domainAdmins: {
    edit: on(accounts, (mcc, items) => mcc.domainAdmins.edit(items, { active: 1 })),
    setAcl: on(accounts, (mcc, items) => mcc.domainAdmins.setAcl(items, ["login_as"])),
    delete: on(accounts, (mcc, items) => mcc.domainAdmins.delete(items)),
  },
  domainPolicies: { delete: on(ids, (mcc, items) => mcc.domainPolicies.delete(items)) },
  domainTemplates: {
    edit: on(ids, (mcc, items) => mcc.domainTemplates.edit(items, { active: 1 })),
    delete: on(ids, (mcc, items) => mcc.domainTemplates.delete(items)),
  },
  domains: {
    edit: on(domains, (mcc, items) => mcc.domains.edit(items, { active: 1 })),
    setFooter: on(domains, (mcc, items) => mcc.domains.setFooter(items, { html: "", plain: "" })),
    delete: on(domains, (mcc, items) => mcc.domains.delete(items)),
  },
  fail2ban: {
    ban: on(hosts, (mcc, items) => mcc.fail2ban.ban(items)),
    allow: on(hosts, (mcc, items) => mcc.fail2ban.allow(items)),
    unban: on(hosts, (mcc, items) => mcc.fail2ban.unban(items)),
  },
  filters: {
    edit: on(ids, (mcc, items) => mcc.filters.edit(items, { active: 1 })),
    delete: on(ids, (mcc, items) => mcc.filters.delete(items)),
  },
  forwardingHosts: {
    edit: on(hosts, (mcc, items) => mcc.forwardingHosts.edit(items, { keep_spam: 1 })),
    delete: on(hosts, (mcc, items) => mcc.forwardingHosts.delete(items)),
  },
  mailQueue: {
    hold: on(mails, (mcc, items) => mcc.mailQueue.hold(items)),
    unhold: on(mails, (mcc, items) => mcc.mailQueue.unhold(items)),
    deliver: on(mails, (mcc, items) => mcc.mailQueue.deliver(items)),
    delete: on(mails, (mcc, items) => mcc.mailQueue.delete(items)),
  },
  mailboxPolicies: { delete: on(ids, (mcc, items) => mcc.mailboxPolicies.delete(items)) },
  mailboxSettings: {
    setSpamScore: on(mailboxes, (mcc, items) => mcc.mailboxSettings.setSpamScore(items, "default")),
    setDelimiterAction: on(mailboxes, (mcc, items) => mcc.mailboxSettings.setDelimiterAction(items, "none")),
    setQuarantineNotification: on(mailboxes, (mcc, items) =>
      mcc.mailboxSettings.setQuarantineNotification(items, "never"),
    ),
    setQuarantineCategory: on(mailboxes, (mcc, items) => mcc.mailboxSettings.setQuarantineCategory(items, "all")),
    resetEasCache: on(mailboxes, (mcc, items) => mcc.mailboxSettings.resetEasCache(items)),
    resetSogoProfile: on(mailboxes, (mcc, items) => mcc.mailboxSettings.resetSogoProfile(items)),
  },
  mailboxTemplates: {
    edit: on(ids, (mcc, items) => mcc.mailboxTemplates.edit(items, { active: 1, protocol_access: [], acl: [] })),
    delete: on(ids, (mcc, items) => mcc.mailboxTemplates.delete(items)),
  },
  mailboxes: {
    edit: on(mailboxes, (mcc, items) => mcc.mailboxes.edit(items, { active: 1 })),
    setCustomAttributes: on(mailboxes, (mcc, items) => mcc.mailboxes.setCustomAttributes(items, {})),
    setAcl: on(mailboxes, (mcc, items) => mcc.mailboxes.setAcl(items, [])),
    setTlsPolicy: on(mailboxes, (mcc, items) => mcc.mailboxes.setTlsPolicy(items, { tls_enforce_in: 1 })),
    delete: on(mailboxes, (mcc, items) => mcc.mailboxes.delete(items)),
  },
  mtaSts: { edit: on(domains, (mcc, items) => mcc.mtaSts.edit(items, { active: 1 })) },
  oauth2Clients: {
    edit: on(ids, (mcc, items) => mcc.oauth2Clients.edit(items, { redirect_uri: "https://x.test" })),
    renewSecret: on(ids, (mcc, items) => mcc.oauth2Clients.renewSecret(items)),
    revokeTokens: on(ids, (mcc, items) => mcc.oauth2Clients.revokeTokens(items)),
    delete: on(ids, (mcc, items) => mcc.oauth2Clients.delete(items)),
  },
  pushover: {
    set: on(mailboxes, (mcc, items) => mcc.pushover.set(items, { active: 1 })),
    delete: on(mailboxes, (mcc, items) => mcc.pushover.delete(items)),
    test: on(mailboxes, (mcc, items) => mcc.pushover.test(items)),
  },
  quarantine: {
    release: on(ids, (mcc, items) => mcc.quarantine.release(items)),
    learnSpam: on(ids, (mcc, items) => mcc.quarantine.learnSpam(items)),
    delete: on(ids, (mcc, items) => mcc.quarantine.delete(items)),
  },
  rateLimits: {
    setDomain: on(domains, (mcc, items) => mcc.rateLimits.setDomain(items, { rl_value: 5, rl_frame: "h" })),
    removeDomain: on(domains, (mcc, items) => mcc.rateLimits.removeDomain(items)),
    setMailbox: on(mailboxes, (mcc, items) => mcc.rateLimits.setMailbox(items, { rl_value: 5, rl_frame: "h" })),
    removeMailbox: on(mailboxes, (mcc, items) => mcc.rateLimits.removeMailbox(items)),
  },
  recipientMaps: {
    edit: on(ids, (mcc, items) => mcc.recipientMaps.edit(items, { active: 1 })),
    delete: on(ids, (mcc, items) => mcc.recipientMaps.delete(items)),
  },
  relayHosts: {
    edit: on(ids, (mcc, items) => mcc.relayHosts.edit(items, { active: 1 })),
    delete: on(ids, (mcc, items) => mcc.relayHosts.delete(items)),
  },
  resources: {
    edit: on(resources, (mcc, items) => mcc.resources.edit(items, { active: 1 })),
    delete: on(resources, (mcc, items) => mcc.resources.delete(items)),
  },
  rspamdSettings: {
    edit: on(ids, (mcc, items) => mcc.rspamdSettings.edit(items, { active: 1 })),
    delete: on(ids, (mcc, items) => mcc.rspamdSettings.delete(items)),
  },
  settings: {
    setRspamdMap: on({ given: [...maps.given], stored: maps.given.slice(0, 2) }, (mcc, items) =>
      mcc.settings.setRspamdMap(items, ""),
    ),
  },
  syncJobs: {
    edit: on(ids, (mcc, items) => mcc.syncJobs.edit(items, { active: 1 })),
    delete: on(ids, (mcc, items) => mcc.syncJobs.delete(items)),
  },
  timeLimitedAliases: {
    edit: on(addresses, (mcc, items) => mcc.timeLimitedAliases.edit(items, { validity: 5 })),
    delete: on(addresses, (mcc, items) => mcc.timeLimitedAliases.delete(items)),
  },
  tlsPolicyMaps: {
    edit: on(ids, (mcc, items) => mcc.tlsPolicyMaps.edit(items, { active: 1 })),
    delete: on(ids, (mcc, items) => mcc.tlsPolicyMaps.delete(items)),
  },
  transports: {
    edit: on(ids, (mcc, items) => mcc.transports.edit(items, { active: 1 })),
    delete: on(ids, (mcc, items) => mcc.transports.delete(items)),
  },
};

const attributes = { active: 1, quarantine_category: "all" };
const numbered = [7, 5].map((id) => ({ id, name: "phone", mailbox: "ann@x.test", attributes }));

/** The rows that some methods read first. */
const rows: Record<string, unknown> = {
  "get/admin/all": [{ username: "root", active: 1 }],
  "get/alias/all": [{ id: 24, address: "24h@x.test", goto: "ann@x.test" }],
  "get/app-passwd/all/ann@x.test": numbered,
  ...Object.fromEntries(domains.stored.map((domain_name) => [`get/domain/${domain_name}`, { domain_name }])),
  "get/domain/template/all": numbered,
  "get/mailbox/template/all": numbered,
  "get/resource/all": resources.stored.map((name) => ({ name })),
};

/** The items of a body, wherever they stand. */
function itemsOf(body: unknown): unknown[] {
  const { items, to_domain } = body as { items?: unknown[]; to_domain?: string };
  return items ?? [to_domain ?? body].flat();
}

/**
 * A client of a stand-in that says one entry of each item, and names none; of the items of all calls it refuses those of
 * these numbers. Of mails in the queue, it says one thing for all.
 */
async function standIn(...refused: number[]): Promise<{ mcc: MailcowApiClient; server: LocalServer }> {
  let count = 0;
  const answer = (response: Answer, { method, path, body }: Seen) => {
    const route = path.replace("/api/v1/", "");
    if (method === "GET") return json(response, rows[route] ?? {});
    const items = route.endsWith("/mailq") ? [null] : itemsOf(JSON.parse(body));
    const isRefused = () => refused.includes(count++);
    const entry = () => (isRefused() ? { type: "danger", msg: "access_denied" } : { type: "success", msg: "done" });
    json(
      response,
      items.map(() => ({ ...entry(), log: [] })),
    );
  };
  return clientOf(answer, { serverVersion: "2026-07a" });
}

const several = Object.entries(cases).flatMap(([collection, methods]) =>
  Object.entries(methods as Record<string, Case>).map(
    ([method, { stored, run }]) => [`${collection}.${method}`, stored, run] as const,
  ),
);

describe("a method that takes several items", () => {
  test.each(several)(
    "%s: returns an outcome for each, as mailcow stores it, in the given order",
    async (_, stored, run) => {
      const { mcc } = await standIn();
      const outcomes = await run(mcc);
      expect(outcomes).toEqual(
        stored.map((id) => ({ id, results: [{ id, type: "success", msg: "done", code: "done" }] })),
      );
    },
  );

  test.each(several)("%s: names the refused item, and does the others", async (name, stored, run) => {
    const { mcc, server } = await standIn(0);
    const error = await run(mcc).catch((reason) => reason);
    const [first, ...others] = stored;
    const isOne = name.startsWith("mailQueue.");
    expect(error).toMatchObject({
      kind: "rejected",
      failures: (isOne ? stored : [first]).map((id) => ({ id })),
      succeeded: (isOne ? [] : others).map((id) => ({ id })),
    });
    expect(bodiesOf(server).flatMap(itemsOf)).toHaveLength(stored.length);
  });
});

const mcc = new MailcowApiClient("https://mail.example.com", "key");

describe("get and list", () => {
  /** A name for what is read, where it may not be a number. A mail of the queue is a text, a global filter always there. */
  const names: Record<string, string> = {
    forwardingHosts: "192.0.2.1",
    mailboxes: "ann@x.test",
    resources: "ann@x.test",
  };
  const ofOne = collectionsOf(mcc).flatMap(([name, collection]) => {
    const takesName = methodNames(collection).includes("get") && (collection as { get: () => void }).get.length > 1;
    return takesName && name !== "mailQueue" && name !== "globalFilters" ? [name] : [];
  });

  test.each(ofOne)("%s.get: returns null if there is none, and refuses an invalid name", async (name) => {
    const { mcc, server } = await clientOf((response) => json(response, {}));
    const [, get] = everyMethod(mcc).find(([method]) => method === `${name}.get`) ?? [];
    expect(await get?.(names[name] ?? "7")).toBeNull();
    server.seen.length = 0;
    for (const wrong of ["", " ", {}, null, undefined, true, ["7"]])
      await expect(get?.(wrong), JSON.stringify(wrong)).rejects.toMatchObject({ kind: "input" });
    expect(server.seen).toEqual([]);
  });

  const owners: Record<string, readonly string[]> = {
    "domainPolicies.list": ["x.test", "wl"],
    "mailboxPolicies.list": ["ann@x.test", "wl"],
    "timeLimitedAliases.list": ["ann@x.test"],
  };
  const lists = everyMethod(mcc).flatMap(([name]) => (/\.list[A-Z]?/.test(name) ? [name] : []));

  test.each(lists)("%s: returns [] if there are none", async (name) => {
    const page = { recordsFiltered: 0, data: [] };
    const { mcc } = await clientOf((response, { path }) => json(response, path.includes("/search/") ? page : {}));
    const [, list] = everyMethod(mcc).find(([method]) => method === name) ?? [];
    expect(await list?.(...(owners[name] ?? []))).toEqual([]);
  });
});

test("new rows are active by default [guard everywhere/active-by-default]", () => {
  const { operations, schemas } = topicsOf(JSON.parse(readFileSync(files.contract, "utf8")));
  const adding = [...operations.values()].flat().filter(({ path }) => path.includes("/add/"));
  const actives = adding.flatMap(({ route, body = {} }) => {
    const { active } = (resolve(body, schemas)["properties"] ?? {}) as Record<string, Json>;
    return active ? [[route, active["x-mailcow-send"] ?? active["default"]]] : [];
  });
  expect(actives.length).toBeGreaterThan(15);
  expect(actives).toEqual(actives.map(([route]) => [route, 1]));
});
