import { describe, expect, test } from "vitest";
import type { Exchange } from "../../scripts/lib/conformance/recordings.ts";
import type { Ensured, MailcowApiClient } from "../../src/index.ts";
import { bodiesOf, clientOf } from "../support/client.ts";
import { recorded, replay } from "../support/replay.ts";

type Name = keyof { [Key in keyof MailcowApiClient as "ensure" extends keyof MailcowApiClient[Key] ? Key : never]: 1 };
type Ensure = (wanted: object, options?: object) => Promise<Ensured<object>>;

/** The routes by which the collections add and read. */
const routes: Record<Name, [add: string, get: string]> = {
  domains: ["add/domain", "get/domain/{domain}"],
  mailboxes: ["add/mailbox", "get/mailbox/{mailbox}"],
  aliases: ["add/alias", "get/alias/{id}"],
  dkim: ["add/dkim", "get/dkim/{domain}"],
  domainAdmins: ["add/domain-admin", "get/domain-admin/{username}"],
  appPasswords: ["add/app-passwd", "get/app-passwd/all/{mailbox}"],
};

const ensure = (mcc: MailcowApiClient, name: Name, ...given: Parameters<Ensure>) =>
  (mcc[name].ensure as Ensure)(...given);
const bodyOf = ({ request }: Exchange) => request.body as Record<string, unknown>;
const rowIn = ({ response }: Exchange) => response.body as Record<string, unknown>;
const attrOf = ({ request }: Exchange) => (request.body as { attr: object }).attr;
/** An exchange that answers something else, where none was recorded that does. */
const answering = (exchange: Exchange, body: object) => ({ ...exchange, response: { ...exchange.response, body } });

/** What was added, as the method takes it. */
function wantedBy(add: Exchange): object {
  const { app_passwd2: _, ...body } = bodyOf(add);
  const { domains: domain, ...key } = body;
  return add.request.template.endsWith("/dkim") ? { ...key, domain } : body;
}

interface Kind {
  none: Exchange;
  add: Exchange;
  read: Exchange;
  /** What differs from the recorded: the input, the body that it makes, the row, and the secret that is answered. */
  wanted?: object;
  sent?: object;
  row?: object;
  secret?: object;
  /** What is given and counts only in an `add`, or is not sent. */
  ignored?: string[];
}

const domainWithAll = recorded("10-domain", "add with every field");
const { relayhost, ...domain } = bodyOf(domainWithAll);
const mailboxWithAll = recorded("14-mailbox", "every field; local part and domain are lowercased");
const phone = recorded("29-app-passwd", "the other mailbox");

const kinds: Record<Name, Kind> = {
  domains: {
    none: recorded("10-domain", "domain that does not exist: {}"),
    add: domainWithAll,
    read: recorded("10-domain", "full domain as stored (relayhost was ignored)"),
    wanted: domain,
    sent: domain,
    ignored: ["rl_value", "rl_frame", "dkim_selector", "key_size", "restart_sogo", "template"],
  },
  mailboxes: {
    none: recorded("14-mailbox", "unknown mailbox: {}"),
    add: mailboxWithAll,
    read: recorded("14-mailbox", "full mailbox (a + must be encoded twice)"),
    sent: { ...bodyOf(mailboxWithAll), local_part: "full.user+tag", domain: "a1-14.test" },
    secret: { password: "Moohoo0-A1pass" },
    ignored: [
      ...["password", "password2", "force_pw_update", "quarantine_notification", "quarantine_category"],
      ...["tagged_mail_handler", "acl", "rl_value", "rl_frame", "template"],
    ],
  },
  aliases: {
    none: recorded("20-alias", "a mailbox is no alias"),
    add: recorded("20-alias", "all fields, numbers"),
    read: recorded("20-alias", "one by id (full)"),
  },
  dkim: {
    none: recorded("30-dkim", "deleted: none"),
    add: recorded("30-dkim", "1024", "add/dkim"),
    read: recorded("30-dkim", "1024", "get/dkim/{domain}"),
  },
  domainAdmins: {
    none: recorded("31-domain-admin", "no such"),
    add: recorded("31-domain-admin", "all fields, the only domain there is"),
    read: recorded("31-domain-admin", "unselected_domains (an empty string where there is no other domain)"),
    secret: { password: "Mo0hoo.42" },
    ignored: ["password", "password2"],
  },
  appPasswords: {
    none: recorded("29-app-passwd", "none yet"),
    add: recorded("29-app-passwd", "other mailbox"),
    read: phone,
    row: (phone.response.body as object[])[0] ?? {},
    secret: { app_passwd: "App-Pass.42x" },
    ignored: ["app_passwd"],
  },
};

describe.each(Object.entries(kinds) as [Name, Kind][])("%s.ensure", (name, { none, add, read, ...differing }) => {
  const { wanted = wantedBy(add), sent = bodyOf(add), row = rowIn(read), secret, ignored } = differing;

  test("leaves alone what the same input has added, every field given, and sends nothing", async () => {
    const { mcc, server } = await replay(read);
    const done = { action: "unchanged", row, changes: {}, ...(ignored && { ignored }) };
    expect(await ensure(mcc, name, wanted)).toEqual(done);
    expect(server.seen.map(({ method }) => method)).toEqual(["GET"]);
  });

  test("adds what is not there, and answers it as it was read back, with its secret", async () => {
    const { mcc, server } = await replay(none, add, read);
    const added = { action: "added", row: { ...row, ...secret }, changes: {} };
    expect(await ensure(mcc, name, wanted)).toEqual(added);
    expect(bodiesOf(server)).toEqual([sent]);
  });
});

describe("what the same input has made is left alone", () => {
  test.each<[Name, string, string, string]>([
    ["domains", "10-domain", "minimal add", "minimal domain as stored"],
    ["domains", "10-domain", "numbers as strings, booleans, tags as string, no dkim", "inactive domain without dkim"],
    ["domains", "10-domain", "relay_all_recipients turns on backupmx", "relay all"],
    [
      "mailboxes",
      "14-mailbox",
      "minimal: no quota means unlimited, no name means empty",
      "minimal mailbox: quota 0, percent_in_use '- '",
    ],
    ["mailboxes", "16-mailbox-template", "mailbox from a template", "everything came from the template"],
    ["mailboxes", "16-mailbox-template", "template and own fields: own fields win", "mixed"],
    ["aliases", "20-alias", "minimal fields: address and goto only", "one by id (minimal)"],
    ["aliases", "20-alias", "catch-all", "catch-all by address"],
    ["dkim", "30-dkim", "3072", "3072"],
    ["dkim", "30-dkim", "4096, selector with dash underscore dot", "4096"],
    ["dkim", "30-dkim", "512 bits", "512 bits"],
    ["domainAdmins", "31-domain-admin", "several domains, active left out", "active left out means inactive"],
    ["domainAdmins", "31-domain-admin", "upper case and blanks in the name", "the name was lowered and trimmed"],
    ["appPasswords", "29-app-passwd", "active as string, some protocols", "several"],
    ["appPasswords", "29-app-passwd", "one protocol as a bare string", "several"],
    ["appPasswords", "29-app-passwd", "name is HTML-escaped and trimmed", "several"],
  ])("%s (%s: %s)", async (name, file, added, read) => {
    const [add, get] = routes[name];
    const { mcc, server } = await replay(recorded(file, read, get));
    const done = await ensure(mcc, name, wantedBy(recorded(file, added, add)));
    expect(done).toMatchObject({ action: "unchanged", changes: {} });
    expect(server.seen).toHaveLength(1);
  });

  test("mailboxes whose protocol_access rules a flag that is given beside it", async () => {
    const { mcc } = await replay(recorded("14-mailbox", "imap and dav only"));
    const wanted = wantedBy(recorded("14-mailbox", "protocol_access list rules the single flags"));
    const ignored = ["password", "password2", "acl", "imap_access"];
    expect(await ensure(mcc, "mailboxes", wanted)).toMatchObject({ action: "unchanged", changes: {}, ignored });
  });

  test("mailboxes whose name mailcow stores without the brackets around it", async () => {
    const { mcc } = await replay(recorded("15-mailbox-edit", "every field as stored; outer <> of the name are gone"));
    const wanted = { local_part: "u1", domain: "a1-15.test", quota: 150, name: "<Third>" };
    expect(await ensure(mcc, "mailboxes", wanted)).toMatchObject({ action: "unchanged", changes: {} });
  });

  test.each([
    ["goto_null without goto", "null@a2-alias.test"],
    ["goto_spam", "spam@a2-alias.test"],
    ["goto_ham as string", "ham@a2-alias.test"],
  ])("aliases to nowhere: %s", async (added, address) => {
    const rows = recorded("20-alias", "many aliases of one domain").response.body as { address: string }[];
    const row = rows.find((other) => other.address === address);
    const { mcc } = await clientOf({ [`get/alias/${address}`]: row });
    const wanted = wantedBy(recorded("20-alias", added));
    expect(await ensure(mcc, "aliases", wanted)).toEqual({ action: "unchanged", row, changes: {} });
  });
});

interface Editing {
  wanted: object;
  /** The row as it was, and how often it is read: some edits look at it once more. */
  before: Exchange;
  reads: number;
  edits: Exchange[];
  after: Exchange;
  changes: object;
  sent: unknown[];
  options?: object;
  /** What can't be set by an edit. */
  ignored?: string[];
  /** What is given again and not sent again. */
  unsent?: string[];
}

const [inDomain, inMailbox, inAlias] = ["11-domain-edit", "15-mailbox-edit", "21-alias-edit"] as const;
const [inAdmin, inAppPassword] = ["31-domain-admin", "29-app-passwd"] as const;
const sizes = recorded(inDomain, "numbers as strings, booleans");
const relaying = recorded(inDomain, "relay_unknown_only sets all three; relayhost is not checked");
const flags = recorded(inMailbox, "strings and booleans");
const { force_pw_update: _, ...compared } = attrOf(flags) as Record<string, unknown>;
const protocol = recorded(inMailbox, "protocol_access as a string");
const ruling = recorded(inMailbox, "protocol_access rules the single flags");
const [u1, u2] = ["u1", "u2"].map((local_part) => ({ local_part, domain: "a1-15.test", quota: 120 }));
const severalGotos = recorded(inAlias, "goto as several separators and a duplicate");
const allOfAdmin = recorded(inAdmin, "all attributes");
const { username_new: username, password, domains: two } = attrOf(allOfAdmin) as Record<string, string>;

const edits: [string, Name, Editing][] = [
  [
    "sizes, counts and flags, in MiB and as they were given",
    "domains",
    {
      wanted: { domain: "a1-11a.test", ...attrOf(sizes) },
      before: recorded(inDomain, "every field as stored"),
      reads: 1,
      edits: [sizes],
      after: recorded(inDomain, "inactive now"),
      changes: {
        aliases: { from: 30, to: "31" },
        mailboxes: { from: 6, to: "7" },
        defquota: { from: 110, to: "111" },
        maxquota: { from: 210, to: "211" },
        quota: { from: 1100, to: "1101" },
        active: { from: 1, to: "0" },
        gal: { from: 0, to: true },
      },
      sent: [bodyOf(sizes)],
    },
  ],
  [
    "a relayhost, and the flag that turns on two others",
    "domains",
    {
      wanted: { domain: "a1-11b.test", ...attrOf(relaying) },
      before: recorded(inDomain, "the second was not reached"),
      reads: 1,
      edits: [relaying],
      after: recorded(inDomain, "all relay flags"),
      changes: { relay_unknown_only: { from: 0, to: 1 }, relayhost: { from: "0", to: 77 } },
      sent: [bodyOf(relaying)],
    },
  ],
  [
    "a tag more",
    "domains",
    {
      wanted: { domain: "a1-11a.test", tags: ["one", "two", "three"] },
      before: recorded(inDomain, "inactive, tags unchanged"),
      reads: 2,
      edits: [recorded(inDomain, "tags are added to the old ones")],
      after: recorded(inDomain, "three tags"),
      changes: { tags: { from: ["one", "two"], to: ["one", "two", "three"] } },
      sent: [{ items: ["a1-11a.test"], attr: { tags: ["three"] } }],
    },
  ],
  [
    "quota and flags, with the attribute_hash that mailcow would empty",
    "mailboxes",
    {
      wanted: { ...u1, ...attrOf(flags) },
      before: recorded(inMailbox, "every field as stored; outer <> of the name are gone"),
      reads: 2,
      edits: [flags],
      after: recorded(inMailbox, "made of strings and booleans"),
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
    "mailboxes",
    {
      wanted: { ...u1, ...attrOf(protocol) },
      before: recorded(inMailbox, "pop3 and smtp only"),
      reads: 2,
      edits: [protocol],
      after: recorded(inMailbox, "imap only"),
      changes: { protocol_access: { from: ["pop3", "smtp"], to: "imap" } },
      sent: [bodyOf(protocol)],
    },
  ],
  [
    "the protocols, and not the flag beside them, which they rule",
    "mailboxes",
    {
      wanted: { ...u1, ...attrOf(ruling) },
      before: recorded(inMailbox, "made of strings and booleans"),
      reads: 2,
      edits: [ruling],
      after: recorded(inMailbox, "pop3 and smtp only"),
      changes: { protocol_access: { from: ["imap"], to: ["pop3", "smtp"] } },
      sent: [{ items: ["u1@a1-15.test"], attr: { protocol_access: ["pop3", "smtp"] } }],
      ignored: ["imap_access"],
    },
  ],
  [
    "a tag less",
    "mailboxes",
    {
      wanted: { ...u2, quota: 100, tags: [] },
      before: recorded(inMailbox, "the one named in attr was edited"),
      reads: 2,
      edits: [recorded(inMailbox, "the last tag")],
      after: recorded(inMailbox, "no tags field"),
      changes: { tags: { from: ["keep"], to: [] } },
      sent: [["keep"]],
    },
  ],
  [
    "a flag, by the id of the alias",
    "aliases",
    {
      wanted: { address: "b@a2-aledit.test", active: 0 },
      before: recorded(inAlias, "before any edit"),
      reads: 2,
      edits: [recorded(inAlias, "active off")],
      after: recorded(inAlias, "only active changed; modified is set"),
      changes: { active: { from: 1, to: 0 } },
      sent: [{ items: [4], attr: { active: 0 } }],
    },
  ],
  [
    "where it leads, several addresses in one text, one of them twice",
    "aliases",
    {
      wanted: { address: "a@a2-aledit.test", ...attrOf(severalGotos) },
      before: recorded(inAlias, "goto replaced, not appended"),
      reads: 1,
      edits: [severalGotos],
      after: recorded(inAlias, "normalised goto"),
      changes: {
        goto: {
          from: ["two@a2-aledit.test", "out@example.org"],
          to: ["one@a2-aledit.test", "two@a2-aledit.test", "one@a2-aledit.test"],
        },
      },
      sent: [{ items: [3], attr: { goto: "one@a2-aledit.test,two@a2-aledit.test,one@a2-aledit.test" } }],
    },
  ],
  [
    "that it leads nowhere",
    "aliases",
    {
      wanted: { address: "a@a2-aledit.test", goto_null: 1 },
      before: recorded(inAlias, "normalised goto"),
      reads: 1,
      edits: [recorded(inAlias, "goto_null")],
      after: recorded(inAlias, "null"),
      changes: { goto_null: { from: 0, to: 1 } },
      sent: [{ items: [3], attr: { goto_null: 1 } }],
    },
  ],
  [
    "domains as a whole, with the flags that mailcow would reset",
    "domainAdmins",
    {
      wanted: { username, domains: "b1-da3.test" },
      before: recorded(inAdmin, "force_tfa on"),
      reads: 2,
      edits: [recorded(inAdmin, "domains as one string", "edit/domain-admin")],
      after: recorded(inAdmin, "one domain"),
      changes: { domains: { from: ["b1-da1.test", "b1-da2.test"], to: ["b1-da3.test"] } },
      sent: [{ items: [username], attr: { force_tfa: "1", force_pw_update: "0", domains: ["b1-da3.test"] } }],
    },
  ],
  [
    "a password that is asked to be sent, and does not show it",
    "domainAdmins",
    {
      wanted: { username, password, domains: two, active: 1 },
      options: { sendSecrets: true },
      before: recorded(inAdmin, "inactive"),
      reads: 2,
      edits: [allOfAdmin],
      after: recorded(inAdmin, "two domains, both forces on"),
      changes: { active: { from: 0, to: 1 }, domains: { from: ["b1-da1.test"], to: two }, password: {} },
      sent: [
        {
          items: [username],
          attr: { active: 1, domains: two, password, password2: password, force_tfa: "0", force_pw_update: "0" },
        },
      ],
      unsent: ["password"],
    },
  ],
  [
    "a flag, with the name that mailcow would escape anew",
    "appPasswords",
    {
      wanted: { username: "one@a2-app.test", app_name: "first, renamed", protocols: [], active: 0 },
      before: recorded(inAppPassword, "one fewer"),
      reads: 2,
      edits: [recorded(inAppPassword, "bare id instead of a list", "edit/app-passwd")],
      after: recorded(inAppPassword, "after all edits"),
      changes: { active: { from: 1, to: 0 } },
      sent: [{ items: [1], attr: { active: 0, app_name: "first, renamed", username: "one@a2-app.test" } }],
    },
  ],
  [
    "a key by another one, when asked to",
    "dkim",
    {
      wanted: wantedBy(recorded("30-dkim", "1024", "add/dkim")),
      options: { replace: true },
      before: recorded("30-dkim", "2048"),
      reads: 1,
      edits: [recorded("30-dkim", "delete one"), recorded("30-dkim", "1024", "add/dkim")],
      after: recorded("30-dkim", "1024", "get/dkim/{domain}"),
      changes: { dkim_selector: { from: "dkim", to: "s1024" }, key_size: { from: "2048", to: 1024 } },
      sent: [["b1-dk1.test"], bodyOf(recorded("30-dkim", "1024", "add/dkim"))],
    },
  ],
];

describe("what differs is edited, and not once more:", () => {
  test.each(edits)("%s (%s)", async (_, name, { wanted, options, before, reads, edits, after, ...expected }) => {
    const { changes, sent, ignored, unsent = ignored } = expected;
    const { mcc, server } = await replay(...Array<Exchange>(reads).fill(before), ...edits, after, after);
    const { row, ...done } = await ensure(mcc, name, wanted, options);
    expect(done).toEqual({ action: "edited", changes, ...(ignored && { ignored }) });
    expect([after.response.body].flat()).toContainEqual(row);
    expect(bodiesOf(server)).toEqual(sent);
    const again = { action: "unchanged", row, changes: {}, ...(unsent && { ignored: unsent }) };
    expect(await ensure(mcc, name, wanted)).toEqual(again);
    expect(bodiesOf(server)).toEqual(sent);
  });
});

describe("what mailcow does not do as it was asked", () => {
  test("the relayhost that add ignores is named as the one difference, and set by edit", async () => {
    const { read, ignored } = kinds.domains;
    const row = { ...rowIn(read), relayhost: String(relayhost) };
    const { mcc, server } = await replay(read, recorded(inDomain, "one field"), answering(read, row));
    const done = await ensure(mcc, "domains", { ...domain, relayhost });
    const changes = { relayhost: { from: "0", to: relayhost } };
    expect(done).toEqual({ action: "edited", row, changes, ignored });
    expect(bodiesOf(server)).toEqual([{ items: ["a1-10b.test"], attr: { relayhost } }]);
  });

  test.each<[string, Name, object, Exchange, Exchange, attr: object]>([
    [
      "backupmx of a domain that relays for all recipients",
      "domains",
      { domain: "a1-11b.test", backupmx: 0 },
      recorded(inDomain, "backupmx still 1"),
      recorded(inDomain, "backupmx cannot go while relay_all_recipients is on"),
      { backupmx: 0 },
    ],
    [
      "a limit that is to become 0",
      "domains",
      { domain: "a1-11a.test", aliases: 0, maxquota: 0, quota: 0 },
      recorded(inDomain, "nothing was cleared"),
      recorded(inDomain, "empty and 0 keep the old value"),
      { aliases: 0, maxquota: 0, quota: 0 },
    ],
    [
      "the source of the password, where that is not set up",
      "mailboxes",
      { ...u1, quota: 175, authsource: "ldap" },
      recorded(inMailbox, "no custom attributes: an empty list"),
      recorded(inMailbox, "an authsource that is not set up is ignored"),
      { authsource: "ldap" },
    ],
  ])("%s stays as it is: nothing has changed, and the answer names it beside the old row", async (...given) => {
    const [, name, wanted, row, edit, attr] = given;
    const again = name === "mailboxes" ? [row] : [];
    const { mcc, server } = await replay(row, ...again, edit, row, row, ...again, edit, row);
    const done = { action: "unchanged", row: rowIn(row), changes: {}, ignored: Object.keys(attr) };
    expect(await ensure(mcc, name, wanted)).toEqual(done);
    expect(await ensure(mcc, name, wanted)).toEqual(done);
    const sent = { items: [expect.any(String)], attr };
    expect(bodiesOf(server)).toEqual([sent, sent]);
  });

  test("more tags than there is room for are refused before anything is sent, though mailcow would keep some", async () => {
    const { mcc, server } = await replay(recorded("10-domain", "26 tags, sorted as strings"));
    const call = ensure(mcc, "domains", wantedBy(recorded("10-domain", "28 tags: 26 kept, then a warning")));
    await expect(call).rejects.toMatchObject({ kind: "input" });
    expect(bodiesOf(server)).toEqual([]);
  });

  test("of the flags and targets of an alias it would heed one in silence, and so they are refused", async () => {
    const { mcc, server } = await replay();
    const call = ensure(mcc, "aliases", wantedBy(recorded("20-alias", "all three goto flags and a goto: null wins")));
    await expect(call).rejects.toMatchObject({ kind: "input" });
    expect(server.seen).toEqual([]);
  });

  test("a domain that is not there is refused as often as an admin shall have it", async () => {
    const add = recorded(inAdmin, "one good and one unknown domain");
    const wanted = wantedBy(add);
    const row = recorded(inAdmin, "has the good one");
    const { mcc, server } = await replay(
      recorded(inAdmin, "no such"),
      add,
      row,
      row,
      recorded(inAdmin, "an unknown domain"),
    );
    await expect(ensure(mcc, "domainAdmins", wanted)).rejects.toMatchObject({
      codes: ["domain_invalid"],
      succeeded: [{ code: "domain_admin_added" }],
    });
    await expect(ensure(mcc, "domainAdmins", wanted)).rejects.toMatchObject({
      failures: [{ id: "b1-da-five", code: "domain_invalid" }],
    });
    expect(bodiesOf(server)[1]).toMatchObject({ attr: { domains: ["b1-dax.test", "b1-da1.test"] } });
  });

  test("of app passwords with the same name the newest is compared, and edited", async () => {
    const rows = recorded(inAppPassword, "several");
    const wanted = wantedBy(recorded(inAppPassword, "all fields"));
    const { protocols } = wanted as { protocols: string[] };
    const on = Object.fromEntries(protocols.map((protocol) => [protocol, 1]));
    const list = rows.response.body as { id: number }[];
    const after = list.map((row) => (row.id === 6 ? { ...row, ...on } : row));
    const edit = recorded(inAppPassword, "name and protocols");
    const { mcc, server } = await replay(rows, rows, edit, answering(rows, after));
    const done = await ensure(mcc, "appPasswords", wanted);
    expect(done).toMatchObject({ action: "edited", row: { id: 6, ...on }, ignored: ["app_passwd"] });
    expect(done.changes).toEqual({ protocols: { from: [], to: protocols } });
    expect(bodiesOf(server)).toMatchObject([{ items: [6], attr: { protocols } }]);
  });
});

describe("dkim.ensure", () => {
  test("refuses to throw away a key unasked", async () => {
    const { mcc, server } = await replay(recorded("30-dkim", "2048"));
    const call = ensure(mcc, "dkim", wantedBy(recorded("30-dkim", "1024", "add/dkim")));
    await expect(call).rejects.toMatchObject({ kind: "input" });
    expect(bodiesOf(server)).toEqual([]);
  });

  test("keeps a selector that is not given", async () => {
    const added = recorded("30-dkim", "all fields");
    const { mcc, server } = await replay(
      recorded("30-dkim", "1024", "get/dkim/{domain}"),
      recorded("30-dkim", "delete one"),
      added,
      recorded("30-dkim", "2048"),
    );
    await ensure(mcc, "dkim", { domain: "b1-dk1.test", key_size: "2048" }, { replace: true });
    expect(bodiesOf(server)[1]).toEqual({ ...bodyOf(added), dkim_selector: "s1024" });
  });
});
