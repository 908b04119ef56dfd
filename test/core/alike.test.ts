import { describe, expect, test } from "vitest";
import type { MailcowApiClient } from "../../src/index.ts";
import { clientOf, success } from "../support/client.ts";
import { json } from "../support/server.ts";

const filter = {
  username: "ann@x.test",
  script_desc: "shops",
  script_data: "keep;",
  filter_type: "prefilter",
} as const;
const password = { username: "ann@x.test", app_name: "phone", app_passwd: "moohoo", protocols: "imap_access" } as const;

/** What is added twice at once, and what mailcow stores of it beside the id. */
const kinds: [name: string, add: (mcc: MailcowApiClient) => Promise<{ id: number }>, stored: object][] = [
  ["appPasswords", (mcc) => mcc.appPasswords.add(password), { name: "phone", mailbox: "ann@x.test" }],
  ["filters", (mcc) => mcc.filters.add(filter), { script_desc: "shops", username: "ann@x.test" }],
  ["relayHosts", (mcc) => mcc.relayHosts.add({ hostname: "relay.example.com" }), { hostname: "relay.example.com" }],
  ["oauth2Clients", (mcc) => mcc.oauth2Clients.add({ redirect_uri: "https://x" }), { redirect_uri: "https://x" }],
  ["rspamdSettings", (mcc) => mcc.rspamdSettings.add({ desc: "d", content: "c" }), { desc: "d", content: "c" }],
];

/** A server that stores what is added at once, and is slow to list it. */
const serverThatStores = (stored: object) => {
  const rows: object[] = [];
  return clientOf(async (response, { method }) => {
    if (method === "POST") {
      rows.push({ id: rows.length + 1, ...stored });
      return json(response, success("added"));
    }
    await new Promise((resolve) => setImmediate(resolve));
    json(response, rows);
  });
};

describe("rows that look alike and are added at the same time", () => {
  test.each(kinds)("%s: each add returns its own row", async (_, add, stored) => {
    const { mcc } = await serverThatStores(stored);
    const added = await Promise.all([add(mcc), add(mcc), add(mcc)]);
    expect(added.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  test("an add that waits for others can be aborted, and the others go on", async () => {
    const { mcc, server } = await serverThatStores({ hostname: "relay.example.com" });
    const controller = new AbortController();
    const host = { hostname: "relay.example.com" };
    const first = mcc.relayHosts.add(host);
    const second = mcc.relayHosts.add(host, { signal: controller.signal });
    controller.abort("enough");
    await expect(second).rejects.toBe("enough");
    expect((await first).id).toBe(1);
    expect((await mcc.relayHosts.add(host)).id).toBe(2);
    expect(server.seen.filter(({ method }) => method === "POST")).toHaveLength(2);
  });

  test("an add that fails lets the next one go on", async () => {
    const { mcc } = await clientOf({ "add/relayhost": [{ type: "danger", log: [], msg: "invalid_host" }] });
    const add = () => mcc.relayHosts.add({ hostname: "relay.example.com" });
    const ended = await Promise.allSettled([add(), add()]);
    expect(ended.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});
