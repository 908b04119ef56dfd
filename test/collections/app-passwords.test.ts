import { describe, expect, test } from "vitest";
import type { AppPassword, NewAppPassword } from "../../src/facade/collections/app-passwords.ts";
import type { MailcowApiClient } from "../../src/index.ts";
import { bodiesOf, clientOf, policy, success } from "../support/client.ts";
import { allAdded, none, testMethods } from "../support/methods.ts";
import { testAddMany } from "../support/recorded-add-many.ts";
import {
  answering,
  ensure,
  testEnsureAdds,
  testEnsureEdits,
  testEnsureLeaves,
  wantedBy,
} from "../support/recorded-ensure.ts";
import { expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";
import { json } from "../support/server.ts";
import { serverOfRows, written } from "../support/server-of-rows.ts";

const file = "29-app-passwd";
const username = "one@a2-app.test";
const [stored] = recorded(file, "the other mailbox").response.body as [AppPassword];

/** What JavaScript may pass all the same. */
const wrong = (value: unknown) => value as never;
const refused = (code: string) => ({ kind: "rejected", codes: [code] });

const phone = { id: 7, name: "Ann&amp;#039;s phone", mailbox: "Ann@example.com", password: "{BLF-CRYPT}x" };
const answers = {
  "get/app-passwd/all/ann@example.com": [phone],
  "get/app-passwd/all/bob@example.com": {},
  "edit/app-passwd": success("object_modified", "7"),
};

describe("list", () => {
  test("returns the rows of a mailbox with unescaped names, or [] for an unknown mailbox [guard app-passwords/escaped-names]", async () => {
    const { mcc } = await replay(recorded(file, "several"), recorded(file, "unknown mailbox", "{mailbox}"));
    const rows = await mcc.appPasswords.list({ mailbox: username });
    expect(rows.map(({ name }) => name)).toEqual(["first", "second", "third", "fourth", "fifth", "second", '<b>&"x"']);
    expect(await mcc.appPasswords.list({ mailbox: "nobody@a2-app.test" })).toEqual([]);
  });

  const all = {
    ...answers,
    "get/mailbox/reduced": ["ann@example.com", "bob@example.com"].map((name) => ({ username: name })),
  };

  test("lists the app passwords of every mailbox, and get finds one among them", async () => {
    const { mcc } = await clientOf(all);
    expect(await mcc.appPasswords.list()).toEqual([{ ...phone, name: "Ann's phone" }]);
    expect(await mcc.appPasswords.get(7)).toMatchObject({ id: 7, mailbox: "Ann@example.com" });
    expect(await mcc.appPasswords.get(7, { mailbox: "bob@example.com" })).toBeNull();
  });

  test("throws if the list of one mailbox can't be read", async () => {
    const { mcc } = await clientOf({ ...all, "get/app-passwd/all/bob@example.com": { type: "error", msg: "no" } });
    await expect(mcc.appPasswords.list()).rejects.toMatchObject({ kind: "rejected" });
  });
});

describe("get", () => {
  test("finds one in the list of its mailbox, because the route for one always has an empty answer [guard app-passwords/broken-get]", async () => {
    const { mcc, server } = await replay(recorded(file, "several"), recorded(file, "several"));
    expect(await mcc.appPasswords.get(3, { mailbox: username })).toMatchObject({ id: 3, name: "third" });
    expect(await mcc.appPasswords.get(99999999, { mailbox: username })).toBeNull();
    expect(server.seen.map(({ path }) => path)).toEqual(Array(2).fill(`/api/v1/get/app-passwd/all/${username}`));
  });
});

describe("add", () => {
  test("adds an active one and returns it with its password, not an older one with the same name [guard app-passwords/good-for-nothing]", async () => {
    const list = recorded(file, "the other mailbox");
    const older = { ...stored, id: 9 };
    const rows = [answering(list, [older]), answering(list, [older, stored])];
    const { mcc, server } = await replay(recorded(file, "other mailbox"), ...rows);
    const { active: _, ...input } = recorded(file, "other mailbox").request.body as NewAppPassword;
    expect(await mcc.appPasswords.add(wrong(input))).toMatchObject({ id: 8, app_passwd: "App-Pass.42x" });
    expect(bodiesOf(server)).toEqual([{ ...input, active: 1 }]);
  });

  test("throws mailcow's code for a weak password", async () => {
    const { mcc } = await replay(recorded(file, "several"), recorded(file, "password too weak", "add/app-passwd"));
    const call = mcc.appPasswords.add({ username, app_name: "x", app_passwd: "abc", protocols: ["dav_access"] });
    await expect(call).rejects.toMatchObject(refused("password_complexity"));
  });

  test("generates a password if none is given", async () => {
    let sent = "";
    const { mcc } = await clientOf((response, { method, path, body }) => {
      if (path.endsWith("passwordpolicy")) return json(response, policy);
      if (method === "POST") sent = JSON.parse(body).app_passwd;
      const tv = { id: 7, name: "tv", mailbox: "ann@example.com", dav_access: 1, active: 1 };
      json(response, method === "POST" ? success("app_passwd_added") : sent ? [tv] : {});
    });
    const added = await mcc.appPasswords.add({ username: "ann@example.com", app_name: "tv", protocols: "dav_access" });
    expect(sent).toMatch(/^.{24}$/);
    expect(added).toMatchObject({ id: 7, app_passwd: sent });
  });
});

testAddMany("appPasswords", {
  good: recorded(file, "other mailbox"),
  read: recorded(file, "the other mailbox"),
  row: stored,
  secret: { app_passwd: "App-Pass.42x" },
  bad: recorded(file, "password too weak", "add/app-passwd"),
  code: "password_complexity",
  given: { protocols: ["imap_access"] },
  before: [recorded(file, "none yet"), recorded(file, "none yet")],
});

describe("edit", () => {
  test("sends each with its owner and its unescaped name [guard app-passwords/moves]", async () => {
    const { mcc, server } = await replay(
      recorded(file, "several"),
      recorded(file, "active on"),
      recorded(file, "renaming an escaped name escapes it again"),
    );
    expect(await mcc.appPasswords.edit([1, 7], { username, active: 0 })).toMatchObject([{ id: 1 }, { id: 7 }]);
    expect(bodiesOf(server)).toEqual([
      { items: [1], attr: { username, app_name: "first", active: 0 } },
      { items: [7], attr: { username, app_name: '<b>&"x"', active: 0 } },
    ]);
  });

  test("sends the owner in its stored form, and the unescaped name [guard app-passwords/moves]", async () => {
    const { mcc, server } = await clientOf(answers);
    await mcc.appPasswords.edit(7, wrong({ username: "ann@example.com", app_name: undefined, active: 1 }));
    const attr = { username: "Ann@example.com", app_name: "Ann's phone", active: 1 };
    expect(bodiesOf(server)).toEqual([{ items: [7], attr }]);
  });

  test("sets a new password and a new name", async () => {
    const { mcc, server } = await replay(recorded(file, "before edits"), recorded(file, "new password"));
    await mcc.appPasswords.edit(2, { username, app_name: "phone", app_passwd: "App-Pass.42x2" });
    expect(bodiesOf(server)).toEqual([
      {
        items: [2],
        attr: { username, app_name: "phone", app_passwd: "App-Pass.42x2", app_passwd2: "App-Pass.42x2" },
      },
    ]);
  });

  test("throws mailcow's code for a weak password", async () => {
    const { mcc } = await replay(
      recorded(file, "before edits"),
      recorded(file, "password too weak", "edit/app-passwd"),
    );
    const call = mcc.appPasswords.edit(2, { username, app_passwd: "abc" });
    await expect(call).rejects.toMatchObject(refused("password_complexity"));
  });
});

describe("ensure", () => {
  const wanted = {
    username: stored.mailbox,
    app_name: " phone ",
    active: true,
    protocols: ["imap_access", "smtp_access", "dav_access", "eas_access", "pop3_access", "sieve_access"],
  } satisfies NewAppPassword;

  test("does nothing if everything matches, and sends no password", async () => {
    const { mcc, server } = await serverOfRows([stored]);
    const done = await mcc.appPasswords.ensure({ ...wanted, app_passwd: "moohoo-moohoo" });
    expect(done).toEqual({ action: "unchanged", row: stored, changes: {}, ignored: ["app_passwd"] });
    expect(server.seen).toHaveLength(1);
  });

  test("edits what differs, in the mailbox that it belongs to", async () => {
    const off = { smtp_access: 0, dav_access: 0, eas_access: 0, pop3_access: 0, sieve_access: 0 };
    const row = { ...stored, ...off };
    const { mcc, server } = await serverOfRows([stored], [row]);
    const done = await mcc.appPasswords.ensure({ ...wanted, protocols: "imap_access" });
    expect(done).toMatchObject({ action: "edited", row, changes: { protocols: { to: "imap_access" } } });
    const attr = { username: row.mailbox, app_name: "phone", protocols: "imap_access" };
    expect(bodiesOf(server)).toEqual([{ items: [row.id], attr }]);
  });

  test("sends the password with sendSecrets, and never shows it among the changes", async () => {
    const { mcc, server } = await serverOfRows([stored]);
    const secret = { ...wanted, app_passwd: "moohoo-moohoo" };
    const done = await mcc.appPasswords.ensure(secret, { sendSecrets: true });
    expect(done).toEqual({ action: "edited", row: stored, changes: { app_passwd: {} } });
    expect(bodiesOf(server)).toMatchObject([{ attr: { app_passwd: "moohoo-moohoo", app_passwd2: "moohoo-moohoo" } }]);
  });

  test("adds an app password if the mailbox has none with the name", async () => {
    const { mcc } = await serverOfRows(null, [stored]);
    const done = await mcc.appPasswords.ensure({ ...wanted, app_passwd: "moohoo-moohoo" });
    expect(done).toMatchObject({ action: "added", row: { id: stored.id, app_passwd: "moohoo-moohoo" } });
  });

  test("lists in `ignored` the protocols that mailcow keeps although it reports success, and tries again each time", async () => {
    const { mcc, server } = await serverOfRows([stored]);
    const done = { action: "unchanged", row: stored, changes: {}, ignored: ["protocols"] };
    const given = { username: stored.mailbox, app_name: "phone", protocols: ["imap_access" as const] };
    expect(await mcc.appPasswords.ensure(given)).toEqual(done);
    expect(await mcc.appPasswords.ensure(given)).toEqual(done);
    expect(written(server)).toEqual(["edit/app-passwd", "edit/app-passwd"]);
  });

  testEnsureAdds("appPasswords", {
    none: recorded(file, "none yet"),
    looks: [recorded(file, "none yet")],
    add: recorded(file, "other mailbox"),
    read: recorded(file, "the other mailbox"),
    row: stored,
    secret: { app_passwd: "App-Pass.42x" },
    ignored: ["app_passwd"],
  });

  testEnsureLeaves(
    "appPasswords",
    ["add/app-passwd", "get/app-passwd/all/{mailbox}"],
    [
      [file, "active as string, some protocols", "several"],
      [file, "one protocol as a bare string", "several"],
      [file, "name is HTML-escaped and trimmed", "several"],
    ],
  );

  testEnsureEdits("appPasswords", [
    [
      "a flag, with the unescaped name, which mailcow would escape twice [guard app-passwords/moves]",
      {
        wanted: { username, app_name: "first, renamed", protocols: [], active: 0 },
        before: recorded(file, "one fewer"),
        reads: 2,
        edits: [recorded(file, "bare id instead of a list", "edit/app-passwd")],
        after: recorded(file, "after all edits"),
        changes: { active: { from: 1, to: 0 } },
        sent: [{ items: [1], attr: { active: 0, app_name: "first, renamed", username } }],
      },
    ],
  ]);

  test("compares and edits the newest of several with the same name", async () => {
    const rows = recorded(file, "several");
    const given = wantedBy(recorded(file, "all fields"));
    const { protocols } = given as { protocols: string[] };
    const on = Object.fromEntries(protocols.map((protocol) => [protocol, 1]));
    const list = rows.response.body as { id: number }[];
    const after = list.map((row) => (row.id === 6 ? { ...row, ...on } : row));
    const edit = recorded(file, "name and protocols");
    const { mcc, server } = await replay(rows, rows, edit, answering(rows, after));
    const done = await ensure(mcc, "appPasswords", given);
    expect(done).toMatchObject({ action: "edited", row: { id: 6, ...on }, ignored: ["app_passwd"] });
    expect(done.changes).toEqual({ protocols: { from: [], to: protocols } });
    expect(bodiesOf(server)).toMatchObject([{ items: [6], attr: { protocols } }]);
  });
});

describe("delete", () => {
  test("continues after an unknown id, although mailcow would stop [guard app-passwords/delete-stops]", async () => {
    const { mcc, server } = await replay(
      recorded(file, "one", "delete/app-passwd"),
      recorded(file, "already gone"),
      recorded(file, "bare id instead of a list", "delete/app-passwd"),
    );
    await expect(mcc.appPasswords.delete([1, 99, 8])).rejects.toMatchObject({
      kind: "rejected",
      failures: [{ id: 99, code: "app_passwd_id_invalid" }],
      succeeded: [{ id: 1 }, { id: 8 }],
    });
    expect(bodiesOf(server)).toEqual([[1], [99], [8]]);
  });
});

const ann = "ann@example.com";
const first = { username: ann, app_name: "first", protocols: ["imap_access" as const] };
const secret = { ...first, app_passwd: "App-Pass.42x" };

describe("refuses before anything is sent", () => {
  test.each<[what: string, call: (mcc: MailcowApiClient) => Promise<unknown>, message: RegExp]>([
    ["list: a text instead of a filter", (mcc) => mcc.appPasswords.list(wrong(ann)), /^the filter must be an object/],
    ["list: a list instead of a filter", (mcc) => mcc.appPasswords.list(wrong([])), /^the filter must be an object/],
    [
      "list: an unknown filter [guard everywhere/filters]",
      (mcc) => mcc.appPasswords.list(wrong({ mailboxes: ann })),
      /^unknown filter "mailboxes"; did you mean "mailbox"\?/,
    ],
    [
      "list: undefined, which would list everything [guard everywhere/filters]",
      (mcc) => mcc.appPasswords.list(wrong({ mailbox: undefined })),
      /^mailbox must be given, or left out/,
    ],
    [
      "list: a name that is not an address",
      (mcc) => mcc.appPasswords.list({ mailbox: "API" }),
      /mailbox must be the address/,
    ],
    [
      "list: a list of mailboxes",
      (mcc) => mcc.appPasswords.list(wrong({ mailbox: [] })),
      /mailbox must be the address/,
    ],
    ["get: an id with a letter", (mcc) => mcc.appPasswords.get(wrong("7a")), /^get\/app-passwd\/\{id\}: id must be/],
    ["get: a text instead of options", (mcc) => mcc.appPasswords.get(7, wrong(ann)), /^the options must be an object/],
    [
      "get: an unknown option",
      (mcc) => mcc.appPasswords.get(7, wrong({ username: ann })),
      /^unknown option "username"/,
    ],
    [
      "add: an empty list of protocols, which would allow nothing [guard app-passwords/good-for-nothing]",
      (mcc) => mcc.appPasswords.add({ ...first, protocols: [] }),
      /^add\/app-passwd: protocols must be at least one/,
    ],
    [
      "add: no protocols [guard app-passwords/good-for-nothing]",
      (mcc) => mcc.appPasswords.add(wrong({ username: ann, app_name: "phone" })),
      /protocols must be/,
    ],
    [
      "add: an unknown field, before the policy is read",
      (mcc) => mcc.appPasswords.add(wrong({ ...first, name: "phone" })),
      /^add\/app-passwd: unknown field "name"; did you mean "app_name"\?/,
    ],
    [
      "add: a mailbox with a slash, whose list can't be read back",
      (mcc) => mcc.appPasswords.add({ ...secret, username: "a/b@example.com" }, { read: false }),
      /mailbox/,
    ],
    [
      "add: two passwords that differ",
      (mcc) => mcc.appPasswords.add({ ...secret, app_passwd2: "other" }),
      /^add\/app-passwd: app_passwd2 must be the same as app_passwd/,
    ],
    ["add: an empty password", (mcc) => mcc.appPasswords.add({ ...first, app_passwd: "" }), /app_passwd must be/],
    [
      "addMany: an unknown option",
      (mcc) => mcc.appPasswords.addMany([first], wrong({ concurency: 1 })),
      /^unknown option "concurency"; did you mean "concurrency"\?/,
    ],
    ["addMany: an object instead of a list", (mcc) => mcc.appPasswords.addMany(wrong(first)), /^items must be a list/],
    [
      "ensure: an unknown field",
      (mcc) => mcc.appPasswords.ensure(wrong({ ...first, id: 7 })),
      /^add\/app-passwd: unknown field "id"/,
    ],
    ["ensure: no name", (mcc) => mcc.appPasswords.ensure(wrong({ username: ann })), /app_name must be given/],
    ["edit: no owner", (mcc) => mcc.appPasswords.edit(7, wrong({ active: 1 })), /username must be given/],
    [
      "edit: no owner, even without any ids",
      (mcc) => mcc.appPasswords.edit([], wrong({ active: 1 })),
      /username must be given/,
    ],
    [
      "edit: an id among the attributes [guard everywhere/id-among-attributes]",
      (mcc) => mcc.appPasswords.edit(7, wrong({ username: ann, id: 8 })),
      /^edit\/app-passwd: unknown field "id"/,
    ],
    [
      "delete: an id that only begins with digits [guard everywhere/ids-with-letters]",
      (mcc) => mcc.appPasswords.delete(wrong("26abc")),
      /^delete\/app-passwd: the input must be/,
    ],
  ])("%s", (_, call, message) => expectRefused(call, message));
});

test("edit: does not send an app password of another mailbox, which it would move [guard app-passwords/moves]", async () => {
  const { mcc, server } = await clientOf({ ...answers, "edit/app-passwd": success("object_modified", "7") });
  await expect(mcc.appPasswords.edit([9, 7], { username: "ann@example.com", active: 1 })).rejects.toMatchObject({
    failures: [{ id: 9, code: "app_passwd_id_invalid" }],
    succeeded: [{ id: 7 }],
  });
  expect(bodiesOf(server)).toMatchObject([{ items: [7] }]);
});

describe("names in another spelling", () => {
  const odd = " Ann@BÜCHER.example ";
  const plain = "ann@xn--bcher-kva.example";
  test("reach mailcow in lower case and as punycode [guard everywhere/punycode] [guard everywhere/spelling]", async () => {
    const row = { ...phone, name: "first", mailbox: plain, imap_access: 1, active: 1 };
    const { mcc, server } = await serverOfRows([row], [row, { ...row, id: 8 }], [row]);
    expect(await mcc.appPasswords.list({ mailbox: odd })).toHaveLength(1);
    expect(await mcc.appPasswords.get("7", { mailbox: odd })).toMatchObject({ id: 7 });
    expect(await mcc.appPasswords.add({ ...secret, username: odd })).toMatchObject({ id: 8 });
    expect(await mcc.appPasswords.edit("7", { username: odd, active: 0 })).toMatchObject([{ id: "7" }]);
    expect(await mcc.appPasswords.ensure({ ...first, username: odd })).toMatchObject({ action: "unchanged" });
    expect(bodiesOf(server)).toMatchObject([
      { username: plain },
      { items: ["7"], attr: { username: plain, app_name: "first" } },
    ]);
  });
});

test("edit: sends nothing for an empty list, and no name if the stored one is empty", async () => {
  const { mcc, server } = await clientOf({
    ...answers,
    "get/app-passwd/all/ann@example.com": [{ ...phone, name: "" }],
  });
  expect(await mcc.appPasswords.edit([], { username: ann, active: 1 })).toEqual([]);
  expect(await mcc.appPasswords.delete([])).toEqual([]);
  expect(server.seen).toEqual([]);
  await mcc.appPasswords.edit(7, { username: ann, active: 1 });
  expect(bodiesOf(server)).toEqual([{ items: [7], attr: { username: "Ann@example.com", active: 1 } }]);
});

test("ensure: lists a repeated password in `ignored` too", async () => {
  const { mcc } = await clientOf({ "get/app-passwd/all/ann@example.com": [{ ...phone, name: "first" }] });
  const done = await mcc.appPasswords.ensure({ ...secret, protocols: [], app_passwd2: secret.app_passwd });
  expect(done).toMatchObject({ action: "unchanged", ignored: ["app_passwd", "app_passwd2"] });
});

/** As the mock lists it after an add; it would list the same before, so that nothing would be new. */
const phoneOfMock = { ...first, protocols: ["imap_access", "smtp_access"] as const };
const noneBefore = { "GET /api/v1/get/app-passwd/all/{mailbox}": [none] };

testMethods("appPasswords", {
  list: [
    (mcc, options) => mcc.appPasswords.list({ mailbox: ann }, options),
    (mcc, options) => mcc.appPasswords.list({}, options),
  ],
  get: [
    (mcc, options) => mcc.appPasswords.get(1, { mailbox: ann, ...options }),
    (mcc, options) => mcc.appPasswords.get(1, options),
  ],
  add: { run: (mcc, options) => mcc.appPasswords.add(phoneOfMock, options), answers: noneBefore },
  addMany: {
    run: async (mcc, options) => allAdded(await mcc.appPasswords.addMany([phoneOfMock], options)),
    answers: noneBefore,
  },
  ensure: [
    (mcc, options) => mcc.appPasswords.ensure({ ...first, protocols: ["sieve_access"], active: 0 }, options),
    {
      run: (mcc, options) => mcc.appPasswords.ensure(phoneOfMock, options),
      answers: { "GET /api/v1/get/app-passwd/all/{mailbox}": [none, none] },
    },
  ],
  edit: (mcc, options) => mcc.appPasswords.edit(7, { username: ann, active: 0 }, options),
  delete: (mcc, options) => mcc.appPasswords.delete([1, 7], options),
});
