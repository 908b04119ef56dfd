import { describe, expect, test } from "vitest";
import type { Exchange } from "../../scripts/lib/conformance/recordings.ts";
import { type MailcowApiClient, MailcowInputError, MailcowReplyError } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { recorded, replay, replayOn } from "../support/replay.ts";

type Call = (mcc: MailcowApiClient) => Promise<unknown>;

interface Dropped {
  /** What an older release drops while it reports success. */
  what: string;
  /** The release whose recordings show it. */
  old: string;
  since: string;
  call: Call;
  /** What is read before the write, the write, and the row afterwards; the old release answers a write as the newest does. */
  reads?: (of: string) => Exchange[];
  write: (of: string) => Exchange;
  rows: (of: string) => Exchange[];
  lost: string;
}

/** A recording of a release; of the newest without one. */
const of = (release: string, file: string, name: string, template?: string): Exchange =>
  recorded(release ? `${release}/${file}` : file, name, template);

const ids = { address: "full@a2-alias.test", goto: "one@a2-alias.test,two@a2-alias.test" };
const ann = { domain: "a1-14.test", quota: 10, password: "Moohoo0-A1pass" };
const full = { ...ann, local_part: "full.user+tag" };
const u1 = "u1@a1-15.test";
const one = "one@a2-tla.test";
const template = {
  quota: 70,
  quarantine_category: "add_header",
  protocol_access: ["pop3"],
  acl: ["pushover"],
} as const;

const alias = {
  write: () => of("", "20-alias", "all fields, numbers"),
  rows: (release: string) => [of(release, "20-alias", "one by id (full)")],
};
const mailbox = {
  write: () => of("", "14-mailbox", "every field; local part and domain are lowercased", "add/mailbox"),
  rows: (release: string) => [of(release, "14-mailbox", "full mailbox (a + must be encoded twice)")],
};
const stored = (release: string) =>
  of(release, "15-mailbox-edit", "every field as stored; outer <> of the name are gone");
const edit = {
  reads: (release: string) => [stored(release)],
  write: () => of("", "15-mailbox-edit", "every field: two entries, the first for tagged_mail_handler"),
  rows: (release: string) => [stored(release)],
};
const admin = {
  reads: (release: string) => [of(release, "32-admin", "the default", "get/admin/{username}")],
  write: () => of("", "32-admin", "all attributes"),
};
const domainAdmin = (name: string) => ({
  reads: (release: string) => [of(release, "31-domain-admin", "some unselected")],
  write: () => of("", "31-domain-admin", name),
  rows: (release: string) => [
    of(release, "31-domain-admin", release ? "some unselected" : "two domains, both forces on", "{username}"),
  ],
});
const several = (release: string) => of(release, "22-time-limited-alias", "several, permanent and not");

const dropped: Dropped[] = [
  {
    ...alias,
    what: "internal of an alias",
    ...{ old: "2025-05", since: "2025-09", lost: "internal" },
    call: (mcc) => mcc.aliases.add({ ...ids, internal: 1 }),
  },
  {
    ...alias,
    what: "sender_allowed of an alias",
    ...{ old: "2025-12a", since: "2026-01", lost: "sender_allowed" },
    call: (mcc) => mcc.aliases.add({ ...ids, sender_allowed: 1 }),
  },
  {
    ...mailbox,
    what: "force_tfa of a new mailbox",
    ...{ old: "2026-01", since: "2026-03", lost: "force_tfa" },
    call: (mcc) => mcc.mailboxes.add({ ...full, force_tfa: 1 }),
  },
  {
    ...edit,
    what: "force_tfa of a mailbox",
    ...{ old: "2026-01", since: "2026-03", lost: "force_tfa" },
    call: (mcc) => mcc.mailboxes.edit(u1, { name: "Third", force_tfa: 1 }),
  },
  {
    ...edit,
    what: "eas_access and dav_access",
    ...{ old: "2025-12a", since: "2026-01", lost: "eas_access, dav_access" },
    call: (mcc) => mcc.mailboxes.edit(u1, { eas_access: 0, dav_access: 0 }),
  },
  {
    what: "dav among the protocols",
    ...{ old: "2025-12a", since: "2026-01", lost: 'protocol_access with "dav"' },
    call: (mcc) => mcc.mailboxes.add({ ...ann, local_part: "proto", protocol_access: ["imap", "dav"] }),
    write: () => of("", "14-mailbox", "protocol_access list rules the single flags"),
    rows: (release) => [of(release, "14-mailbox", "imap and dav only")],
  },
  {
    ...admin,
    what: "force_tfa and force_pw_update of an admin",
    ...{ old: "2026-01", since: "2026-03", lost: "force_tfa, force_pw_update" },
    call: (mcc) => mcc.admins.edit("admin", { force_tfa: 0, force_pw_update: 0 }),
    rows: (release) => admin.reads(release),
  },
  {
    ...domainAdmin("all attributes"),
    what: "force_tfa and force_pw_update of a domain admin",
    ...{ old: "2026-01", since: "2026-03", lost: "force_tfa, force_pw_update" },
    call: (mcc) => mcc.domainAdmins.edit("b1-da-one", { force_tfa: 1, force_pw_update: 1 }),
  },
  {
    what: "permanent of a new time-limited alias",
    ...{ old: "2025-09c", since: "2025-12", lost: "permanent" },
    call: (mcc) =>
      mcc.timeLimitedAliases.add({ username: one, domain: "a2-tla.test", description: "forever", permanent: 1 }),
    reads: () => [of("", "22-time-limited-alias", "none yet")],
    write: () => of("", "22-time-limited-alias", "all fields, strings"),
    rows: (release) => [several(release)],
  },
  {
    what: "permanent of a time-limited alias, where it says that the task is completed",
    ...{ old: "2025-09c", since: "2025-12", lost: "permanent" },
    call: (mcc) => mcc.timeLimitedAliases.edit("ciro.gopi@a2-tla.test", { permanent: 1, validity: 5 }),
    write: (release) => of(release, "22-time-limited-alias", "permanent true: validity becomes 0"),
    rows: () => [],
  },
  {
    what: "force_tfa of a mailbox template, also if it is only kept",
    ...{ old: "2026-03b", since: "2026-07", lost: "force_tfa" },
    call: (mcc) => mcc.mailboxTemplates.edit(4, template),
    reads: (release) => [of(release, "16-mailbox-template", "several templates")],
    write: () => of("", "16-mailbox-template", "every field", "edit/mailbox/template"),
    rows: (release) => [of(release, "16-mailbox-template", "every field as stored")],
  },
];

describe.each(dropped)("$what", ({ old, since, call, reads = () => [], write, rows, lost }) => {
  test("is refused before it is sent, if the server tells that it is too old [guard everywhere/releases]", async () => {
    const { mcc, server } = await replayOn(old, ...reads(old));
    const error = await call(mcc).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MailcowInputError);
    expect((error as Error).message).toContain(`${lost.split(",")[0]} needs mailcow ${since} or later`);
    expect(bodiesOf(server)).toEqual([]);
  });

  test("is missed in the row if the server is too old and does not tell [guard everywhere/hidden-release]", async () => {
    const { mcc, server } = await replayOn(undefined, ...reads(old), write(old), ...rows(old));
    const error = await call(mcc).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MailcowReplyError);
    expect((error as Error).message).toMatch(/mailcow reports success.*The server does not tell its release/);
    expect((error as Error).message).toContain(`but did not store ${lost}. `);
    expect((error as Error).message).toContain(`older than mailcow ${since}`);
    expect(bodiesOf(server)).toHaveLength(1);
  });

  test.each([
    ["tells", replay] as const,
    ["does not tell", (...all: Exchange[]) => replayOn(undefined, ...all)] as const,
  ])("is done by a server that has it and %s its release", async (_, start) => {
    const { mcc, server } = await start(...reads(""), write(""), ...rows(""));
    expect(await call(mcc)).toBeTruthy();
    expect(bodiesOf(server)).toHaveLength(1);
  });
});

describe("tagged_mail_handler of a mailbox", () => {
  const call: Call = (mcc) => mcc.mailboxes.add({ ...full, tagged_mail_handler: "subfolder" });

  test("is refused by the release, and sent to a server that does not tell it: no row shows it", async () => {
    const { mcc: old } = await replayOn("2025-05");
    await expect(call(old)).rejects.toThrow(
      /tagged_mail_handler needs mailcow 2025-09 or later; this server is 2025-05/,
    );
    const { mcc } = await replayOn(undefined, mailbox.write(), ...mailbox.rows("2025-05"));
    expect(await call(mcc)).toMatchObject({ local_part: "full.user+tag" });
  });
});

test("read: false still reads the row where the server does not tell its release", async () => {
  const call: Call = (mcc) => mcc.aliases.add({ ...ids, internal: 1 }, { read: false });
  const { mcc } = await replayOn(undefined, alias.write(), ...alias.rows("2025-05"));
  await expect(call(mcc)).rejects.toThrow(/but did not store internal/);
  const { mcc: newer } = await replayOn(undefined, alias.write(), ...alias.rows(""));
  expect(await call(newer)).toBeNull();
});

test("an account that is renamed is read under its new name", async () => {
  const [before] = admin.reads("");
  const { mcc, server } = await replayOn(
    undefined,
    of("", "31-domain-admin", "no such", "{username}"),
    before as Exchange,
    admin.write(),
    before as Exchange,
  );
  await mcc.admins.edit("b1-adm-2", { username_new: "admin", force_tfa: 0 });
  expect(server.seen.at(-1)?.path).toContain("get/admin/admin");
});

describe("the validity of a new time-limited alias", () => {
  const call: Call = (mcc) =>
    mcc.timeLimitedAliases.add({ username: one, domain: "a2-tla.test", description: "for a shop", validity: 24 });
  const added = (release: string) => [
    of("", "22-time-limited-alias", "none yet"),
    of("", "22-time-limited-alias", "all fields, numbers and boolean"),
    several(release),
  ];

  test.each(["2025-09c", undefined])(
    "is set by an edit on %s [guard time-limited-aliases/validity]",
    async (release) => {
      const set = of("", "22-time-limited-alias", "validity in hours from now");
      const { mcc, server } = await replayOn(release, ...added("2025-09c"), set, several("2025-09c"));
      expect(await call(mcc)).toMatchObject({ address: "ciro.gopi@a2-tla.test" });
      expect(bodiesOf(server)).toMatchObject([
        { validity: 24, description: "for a shop" },
        { items: ["ciro.gopi@a2-tla.test"], attr: { validity: 24 } },
      ]);
    },
  );

  test("is set by the newest mailcow itself", async () => {
    const { mcc, server } = await replay(...added(""));
    expect(await call(mcc)).toMatchObject({ description: "for a shop" });
    expect(bodiesOf(server)).toHaveLength(1);
  });
});

test.each(["2025-05", "2026-07", "2026-07a"])(
  "%s gets a description with each time-limited alias, without which older ones make none and answer nothing",
  async (release) => {
    expect(of("2025-05", "20-alias", "setup: time-limited alias").response.text).toBe("");
    const add = of("", "22-time-limited-alias", "minimal: mailbox and its domain, one year");
    const { mcc, server } = await replayOn(release, add);
    await mcc.timeLimitedAliases.add({ username: one, domain: "a2-tla.test" }, { read: false });
    expect(bodiesOf(server)).toMatchObject([{ description: "" }]);
  },
);

describe("an app password", () => {
  const rows = of("", "29-app-passwd", "what is left");
  const weak = { app_passwd: "abc", app_passwd2: "abc" };
  const change: Call = (mcc) => mcc.appPasswords.edit(7, { username: "one@a2-app.test", ...weak });
  const attrOf = ([body]: unknown[]) => (body as { attr: object }).attr;

  test("is changed under its old name where mailcow ignores the new one [guard app-passwords/old-names]", async () => {
    const ignored = of("2025-05", "29-app-passwd", "password too weak", "edit/app-passwd");
    expect(ignored.response.body).toMatchObject([{ type: "success" }]);
    const { mcc, server } = await replayOn("2025-05", rows, ignored);
    await change(mcc);
    expect(attrOf(bodiesOf(server))).toMatchObject({ password: "abc", password2: "abc" });
    expect(attrOf(bodiesOf(server))).not.toHaveProperty("app_passwd");
  });

  test.each(["2026-07a", undefined])("is sent under its name to %s, and a weak one refused", async (release) => {
    const { mcc, server } = await replayOn(
      release,
      rows,
      of("", "29-app-passwd", "password too weak", "edit/app-passwd"),
    );
    await expect(change(mcc)).rejects.toMatchObject({ codes: ["password_complexity"] });
    // Under its old name, a newer mailcow would write it into its log.
    expect(attrOf(bodiesOf(server))).toMatchObject(weak);
    expect(attrOf(bodiesOf(server))).not.toHaveProperty("password");
  });

  test("that is weak is added by an old mailcow and refused by the newest", async () => {
    const add: Call = (mcc) =>
      mcc.appPasswords.add(
        { username: "one@a2-app.test", app_name: "x", app_passwd: "abc", protocols: "imap_access" },
        { read: false },
      );
    const { mcc: old } = await replayOn("2025-05", of("2025-05", "29-app-passwd", "no password"));
    expect(await add(old)).toBeNull();
    const { mcc } = await replay(of("", "29-app-passwd", "password too weak", "add/app-passwd"));
    await expect(add(mcc)).rejects.toMatchObject({ codes: ["password_complexity"] });
  });
});

describe("search", () => {
  const all = () => of("", "18-search", "empty body: every row, draw 0");
  const namesOf = async (mcc: MailcowApiClient) => {
    const names: string[] = [];
    for await (const { domain_name } of mcc.domains.iterate()) names.push(domain_name);
    return names;
  };

  test("is replaced by a list where mailcow has no such route", async () => {
    const list = of("", "10-domain", "many domains", "get/domain/all");
    const none = of("2026-01", "18-search", "empty body: every row, draw 0");
    const { mcc } = await replayOn("2026-01", none, list);
    expect(await namesOf(mcc)).toEqual((list.response.body as { domain_name: string }[]).map((row) => row.domain_name));
  });

  test("is used if the server has it", async () => {
    const { mcc, server } = await replay(all());
    expect(await namesOf(mcc)).toHaveLength(3);
    expect(server.seen).toHaveLength(1);
  });

  test("of mailboxes in an order is refused if the server cannot search, and works if it can", async () => {
    const first: Call = (mcc) => mcc.mailboxes.iterate({ orderBy: "quota" }).next();
    const { mcc: old } = await replayOn("2026-01", of("2026-01", "18-search", "every mailbox"));
    await expect(first(old)).rejects.toMatchObject({ status: 404 });
    const { mcc } = await replay(of("", "18-search", "every mailbox"));
    expect(await first(mcc)).toMatchObject({ done: false });
  });
});

describe("MTA-STS", () => {
  const policy = { domain: "a1-13a.test", version: "STSv1", mode: "enforce", mx: "mx1.test", max_age: 86400 } as const;
  test.each<[string, Call, string]>([
    ["add", (mcc) => mcc.mtaSts.add(policy), "every field: Task completed"],
    ["edit", (mcc) => mcc.mtaSts.edit("a1-13a.test", { version: "STSv1", mode: "testing" }), "edit with the version"],
  ])("%s names the release that it needs, and works where it is there", async (route, call, name) => {
    const { mcc: old } = await replayOn("2025-05", of("2025-05", "13-domain-extras", name));
    await expect(call(old)).rejects.toMatchObject({
      status: 404,
      message: expect.stringContaining("needs mailcow 2025-09"),
    });
    const { mcc, server } = await replay(of("", "13-domain-extras", name));
    expect(await call(mcc)).toHaveLength(1);
    expect(server.seen[0]?.path).toContain(`/${route}/mta-sts`);
  });
});

describe("CORS", () => {
  const set: Call = (mcc) => mcc.settings.setCors({ allowed_origins: ["https://c1-app.test"] });
  const origins = "an origin without a scheme";
  const sentBy = (bodies: unknown[]) => (bodies[0] as { attr: object }).attr;

  test.each(["2025-05", "2025-12a", "2026-07"])("%s gets host names [guard settings/cors-origins]", async (release) => {
    const { mcc, server } = await replayOn(release, of(release, "47-cors", origins));
    expect(await set(mcc)).toMatchObject([{ code: "cors_headers_edited" }]);
    expect(sentBy(bodiesOf(server))).toMatchObject({ allowed_origins: "c1-app.test" });
  });

  test("the newest gets origins", async () => {
    const { mcc, server } = await replay(of("", "47-cors", "one origin as text, two methods as text"));
    expect(await set(mcc)).toMatchObject([{ code: "cors_headers_edited" }]);
    expect(sentBy(bodiesOf(server))).toMatchObject({ allowed_origins: ["https://c1-app.test"] });
  });

  test.each(["2025-05", "2026-07"])(
    "an old server that does not tell its release refuses them (%s)",
    async (release) => {
      const { mcc } = await replayOn(undefined, of(release, "47-cors", "one origin as text, two methods as text"));
      await expect(set(mcc)).rejects.toMatchObject({ codes: ["cors_invalid_origin"] });
    },
  );
});

test.each(["2025-05", "2026-07", undefined, "2026-07a"])(
  "mailboxes with an apostrophe are deleted last, after which %s may answer nothing [guard mailboxes/apostrophe]",
  async (release) => {
    const options = release === undefined ? {} : { serverVersion: release };
    const { mcc, server } = await clientOf({ "delete/mailbox": success("mailbox_removed", "x") }, options);
    await mcc.mailboxes.delete(["o'neil@x.test", "ann@x.test"]);
    expect(bodiesOf(server)).toEqual([["ann@x.test"], ["o'neil@x.test"]]);
  },
);

describe("the spam score of an unknown mailbox", () => {
  const three = ["one@a2-prefs.test", "nobody@a2-prefs.test", "two@a2-prefs.test"];
  const call: Call = (mcc) => mcc.mailboxSettings.setSpamScore(three, { low: 6, high: 13 });
  const mixed = {
    codes: ["access_denied"],
    failures: [{ id: "nobody@a2-prefs.test" }],
    succeeded: [{ id: "one@a2-prefs.test" }, { id: "two@a2-prefs.test" }],
  };

  test.each(["2025-05", "2026-01", "2026-03a", undefined])(
    "is refused without asking a server that would report success (%s) [guard mailbox-settings/unknown-mailbox]",
    async (release) => {
      expect(of("2026-01", "27-mailbox-prefs", "unknown mailbox", "edit/spam-score").response.body).toMatchObject([
        { type: "success" },
      ]);
      const score = of("", "27-mailbox-prefs", "own score", "get/spam-score/{mailbox}");
      const none = of("", "27-mailbox-prefs", "unknown mailbox", "get/spam-score/{mailbox}");
      const set = of("", "27-mailbox-prefs", "low and high", "edit/spam-score");
      const { mcc, server } = await replayOn(release, score, none, score, set, set);
      await expect(call(mcc)).rejects.toMatchObject(mixed);
      expect(bodiesOf(server)).toMatchObject([{ items: [three[0]] }, { items: [three[2]] }]);
    },
  );

  test.each(["2026-03b", "2026-07a"])("is refused by %s itself", async (release) => {
    const { mcc, server } = await replayOn(
      release,
      of("", "27-mailbox-prefs", "one of three unknown: mixed result", "spam-score"),
    );
    await expect(call(mcc)).rejects.toMatchObject(mixed);
    expect(server.seen).toHaveLength(1);
  });
});

test.each(["2025-05", "2026-01", "2026-03b", "2026-07a", undefined])(
  "a quarantine category that only older releases take is refused before it is sent (%s)",
  async (release) => {
    const [old, now] = ["2026-01", ""].map((each) => of(each, "14-mailbox", "bad quarantine category").response.body);
    expect(old).toContainEqual(expect.objectContaining({ type: "success" }));
    expect(now).toMatchObject([{ type: "danger", msg: "quarantine_category_invalid" }]);
    const { mcc, server } = await replayOn(release);
    const wrong = { quarantine_category: "some" } as never;
    const calls: Call[] = [
      () => mcc.mailboxes.add(Object.assign({ ...full }, wrong)),
      () => mcc.mailboxTemplates.add(Object.assign({ template: "x" }, wrong)),
      () => mcc.mailboxTemplates.edit(4, wrong),
    ];
    for (const each of calls) await expect(each(mcc)).rejects.toThrow(/quarantine_category must be "add_header"/);
    expect(server.seen).toEqual([]);
  },
);
