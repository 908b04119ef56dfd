import { describe, expect, test } from "vitest";
import type { MailcowApiClient } from "../../src/index.ts";
import { clientOf, success } from "../support/client.ts";
import { json } from "../support/server.ts";

type Row = Record<string, unknown>;
type Add = (mcc: MailcowApiClient, name: string) => Promise<object>;

const username = "ann@x.test";
const others = { protocols: "imap_access", app_passwd: "moohoo" } as const;

/** What can be there twice: how it is added under a name, and the row that mailcow makes of what is sent. */
const twice: [collection: string, add: Add, toRow: (body: Row) => Row][] = [
  [
    "appPasswords",
    (mcc, app_name) => mcc.appPasswords.add({ ...others, username, app_name }),
    ({ app_name, active }) => ({ name: app_name, mailbox: username, imap_access: 1, active }),
  ],
  [
    "filters",
    (mcc, script_desc) =>
      mcc.filters.add({ username, script_desc, script_data: "keep;", filter_type: "prefilter", active: true }),
    (body) => body,
  ],
  ["relayHosts", (mcc, name) => mcc.relayHosts.add({ hostname: `${name}.example.com`, username: "u" }), (body) => body],
  ["oauth2Clients", (mcc, name) => mcc.oauth2Clients.add({ redirect_uri: `https://${name}` }), (body) => body],
  ["rspamdSettings", (mcc, desc) => mcc.rspamdSettings.add({ desc, content: "# c" }), (body) => body],
  [
    "timeLimitedAliases",
    (mcc, description) => mcc.timeLimitedAliases.add({ username, domain: "x.test", description }),
    ({ description }) => ({ goto: username, description, permanent: 0 }),
  ],
];

/** What mailcow refuses to add twice, by a look that two adds at the same time both pass. */
const once: [collection: string, add: Add, toRow: (body: Row) => Row][] = [
  [
    "bccMaps",
    (mcc, name) => mcc.bccMaps.add({ local_dest: `${name}.test`, bcc_dest: "a@b.test", type: "rcpt" }),
    (body) => ({ ...body, local_dest: `@${body["local_dest"]}` }),
  ],
  [
    "recipientMaps",
    (mcc, name) => mcc.recipientMaps.add({ recipient_map_old: `${name}@a.test`, recipient_map_new: "b.test" }),
    (body) => body,
  ],
  ["tlsPolicyMaps", (mcc, name) => mcc.tlsPolicyMaps.add({ dest: `${name}.test`, policy: "dane" }), (body) => body],
  [
    "transports",
    (mcc, name) => mcc.transports.add({ destination: `${name}.test`, nexthop: "192.0.2.1", username: "u" }),
    (body) => ({ ...body, nexthop: `[${body["nexthop"]}]` }),
  ],
  [
    "syncJobs",
    (mcc, user1) =>
      mcc.syncJobs.add({
        ...{ username, user1, host1: "imap.test", port1: 993, enc1: "SSL" },
        password1: "p",
        mins_interval: 20,
      }),
    ({ username: user2, ...body }) => ({ ...body, user2 }),
  ],
  ["domainTemplates", (mcc, template) => mcc.domainTemplates.add({ template }), ({ template }) => ({ template })],
  ["mailboxTemplates", (mcc, template) => mcc.mailboxTemplates.add({ template }), ({ template }) => ({ template })],
];

/** A stand-in that stores what is added, under a number of its own, and lists it; each answer comes a little later. */
async function standIn(toRow: (body: Row) => Row, isOnce = false) {
  const rows: Row[] = [];
  const store = (row: Row) => void rows.push({ id: rows.length + 1, address: `a${rows.length + 1}@x.test`, ...row });
  const isThere = (row: Row) =>
    rows.some(({ id: _, address: __, ...other }) => JSON.stringify(other) === JSON.stringify(row));
  const { mcc, server } = await clientOf(async (response, { method, body }) => {
    const row = method === "POST" ? toRow(JSON.parse(body)) : {};
    const isRefused = isOnce && isThere(row);
    await new Promise((resolve) => setImmediate(resolve));
    if (method === "GET") return json(response, structuredClone(rows));
    if (!isRefused) store(row);
    json(response, isRefused ? [{ type: "danger", log: [], msg: "exists" }] : success("added"));
  });
  // Until mailcow has accepted the key, calls go out one at a time.
  await mcc.domains.list();
  server.seen.length = 0;
  /** The methods of the requests, in order. */
  const asked = () => server.seen.map(({ method }) => method).join(" ");
  return { mcc, server, rows, store, asked };
}

const keyOf = (row: object) => (row as Row)["id"];
const ten = Array.from({ length: 10 }, (_, index) => index + 1);

describe("parallel adds of rows that mailcow does not name [guard everywhere/own-row]", () => {
  test.each(twice)("%s: ten equal adds each return their own row", async (_, add, toRow) => {
    const { mcc } = await standIn(toRow);
    const added = await Promise.all(ten.map(() => add(mcc, "same")));
    expect(added.map(keyOf)).toEqual(ten);
  });

  test.each([...twice, ...once])(
    "%s: ten different adds each return their own row, and do not wait",
    async (_, add, toRow) => {
      const { mcc, server } = await standIn(toRow);
      const added = await Promise.all(ten.map((index) => add(mcc, `n${index}`)));
      expect(new Set(added.map(keyOf)).size).toBe(10);
      for (const [index, row] of added.entries()) expect(toText(row)).toContain(`n${index + 1}`);
      // All are sent before the first is looked for.
      const methods = server.seen.map(({ method }) => method);
      const lastWrite = methods.lastIndexOf("POST");
      expect(methods.slice(methods.indexOf("POST"), lastWrite + 1)).toEqual(Array(10).fill("POST"));
    },
  );

  test.each(once)(
    "%s: ten equal adds are sent one after the other, and mailcow refuses nine",
    async (_, add, toRow) => {
      const { mcc, rows } = await standIn(toRow, true);
      const ended = await Promise.allSettled(ten.map(() => add(mcc, "same")));
      expect(ended.map(({ status }) => status)).toEqual(["fulfilled", ...Array(9).fill("rejected")]);
      expect(rows).toHaveLength(1);
    },
  );

  test.each(once)("%s: reads no list before, because there can't be an equal row", async (_, add, toRow) => {
    const { mcc, asked } = await standIn(toRow);
    await add(mcc, "one");
    expect(asked()).toBe("POST GET");
  });
});

describe("a row that another program adds in between [guard everywhere/own-row]", () => {
  test.each(twice)("%s: is not returned if it differs in any field", async (collection, add, toRow) => {
    const { mcc, server, store } = await standIn((body) => {
      const row = toRow(body);
      const field =
        { relayHosts: "password", filters: "script_data", oauth2Clients: "redirect_uri" }[collection] ?? "description";
      const other = { rspamdSettings: { content: "# d" }, appPasswords: { smtp_access: 1 } }[collection];
      store({ ...row, [field]: "other", ...other });
      return row;
    });
    expect(keyOf(await add(mcc, "one"))).toBe(2);
    expect(server.seen.map(({ method }) => method)).toEqual(["GET", "POST", "GET"]);
  });

  test.each(twice)("%s: is an error if it looks the same", async (_, add, toRow) => {
    const { mcc, store } = await standIn((body) => {
      store(toRow(body));
      return toRow(body);
    });
    await expect(add(mcc, "one")).rejects.toMatchObject({
      kind: "reply",
      message: expect.stringMatching(
        /it was added, but so was an equal one by another program; its id is \S*1\S* or \S*2\S*/,
      ),
    });
  });

  test.each(twice)("%s: is not returned if it existed before", async (_, add, toRow) => {
    const { mcc } = await standIn(toRow);
    await add(mcc, "one");
    expect(keyOf(await add(mcc, "one"))).toBe(2);
  });
});

describe("adds that wait for equal ones", () => {
  const host = { hostname: "relay.example.com" };
  const standInOfHosts = () => standIn((body) => body);

  test("can be aborted, and the others continue", async () => {
    const { mcc, server } = await standInOfHosts();
    const controller = new AbortController();
    const first = mcc.relayHosts.add(host);
    const second = mcc.relayHosts.add(host, { signal: controller.signal });
    controller.abort("enough");
    await expect(second).rejects.toBe("enough");
    expect((await first).id).toBe(1);
    expect((await mcc.relayHosts.add(host)).id).toBe(2);
    expect(server.seen.filter(({ method }) => method === "POST")).toHaveLength(2);
  });

  test("continue after one that fails", async () => {
    const { mcc } = await clientOf({
      "get/relayhost/all": {},
      "add/relayhost": [{ type: "danger", log: [], msg: "invalid_host" }],
    });
    const ended = await Promise.allSettled([mcc.relayHosts.add(host), mcc.relayHosts.add(host)]);
    expect(ended.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });

  test("wait with read: false too, so that the others find their own row", async () => {
    const { mcc, asked } = await standInOfHosts();
    const [, row] = await Promise.all([mcc.relayHosts.add(host, { read: false }), mcc.relayHosts.add(host)]);
    expect(row.id).toBe(2);
    expect(asked()).toBe("POST GET POST GET");
  });
});

const toText = (row: object): string => JSON.stringify(row);
