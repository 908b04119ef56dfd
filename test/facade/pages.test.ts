import { describe, expect, test } from "vitest";
import type { MailcowApiOptions } from "../../src/index.ts";
import { bodiesOf, clientOf } from "../support/client.ts";
import { collect } from "../support/collect.ts";
import { type Answer, json, type LocalServer } from "../support/server.ts";

interface Row {
  username: string;
  domain: string;
}

const rowsOf = (domain: string, count: number): Row[] =>
  Array.from({ length: count }, (_, index) => {
    const username = `u${String(index).padStart(4, "0")}@${domain}`;
    return { username, domain };
  });
const namesIn = (rows: readonly { username: string }[]) => rows.map(({ username }) => username);
const byName = (a: Row, b: Row) => (a.username < b.username ? -1 : 1);

interface Server {
  readonly rows: readonly Row[];
  /** Answers a page of this number instead, counted from 0. */
  readonly instead?: (page: number, response: Answer) => boolean | Promise<boolean>;
}

/** A server that sends pages in the order of the addresses, and the whole list in the order of the domains. */
async function serverOf({ rows, instead = () => false }: Server, options?: MailcowApiOptions) {
  let [pages, atOnce, most] = [0, 0, 0];
  const client = await clientOf(async (response, { path, body }) => {
    if (path.endsWith("/get/mailbox/all")) return json(response, rows);
    most = Math.max(most, ++atOnce);
    const page = pages++;
    // Long enough for all requests of the same moment to come.
    await new Promise(setImmediate);
    atOnce--;
    if (await instead(page, response)) return;
    const { start, length } = JSON.parse(body);
    const data = [...rows].sort(byName).slice(start, start + length);
    json(response, { draw: 0, recordsTotal: rows.length, recordsFiltered: rows.length, data });
  }, options);
  return { ...client, most: () => most };
}

const pagesSent = (server: LocalServer) =>
  (bodiesOf(server) as { start: number; length: number }[]).map(({ start, length }) => [start, length]);
const listsSent = ({ seen }: LocalServer) => seen.filter(({ path }) => path.endsWith("/get/mailbox/all")).length;
/** Sends an answer, and says so. */
const answered = (response: Answer, body: unknown, status = 200): true => {
  json(response, body, status);
  return true;
};
/** Lets everything happen that is about to. */
const settled = async () => {
  for (let round = 0; round < 20; round++) await new Promise(setImmediate);
};

describe("mailboxes.list", () => {
  const rows = ["a.test", "b.test", "c.test"].flatMap((domain) => rowsOf(domain, 150));

  test("reads pages of 100, and returns the rows in the order of mailcow's own list", async () => {
    const { mcc, server } = await serverOf({ rows });
    expect(await mcc.mailboxes.list()).toEqual(rows);
    expect(pagesSent(server)).toEqual([
      [0, 100],
      [95, 105],
      [195, 105],
      [295, 105],
      [395, 105],
    ]);
    expect(listsSent(server)).toBe(0);
  });

  test.each([0, 1, 100])("sends a single request for %d mailboxes", async (count) => {
    const { mcc, server } = await serverOf({ rows: rows.slice(0, count) });
    expect(await mcc.mailboxes.list({})).toHaveLength(count);
    expect(server.seen).toHaveLength(1);
  });

  test("has four pages under way, and never more", async () => {
    const { mcc, most } = await serverOf({ rows: rowsOf("a.test", 1_500) });
    await mcc.mailboxes.list();
    expect(most()).toBe(4);
  });

  test("keeps to a smaller maxConcurrency", async () => {
    const { mcc, most } = await serverOf({ rows }, { maxConcurrency: 2 });
    expect(await mcc.mailboxes.list()).toEqual(rows);
    expect(most()).toBe(2);
  });

  test.each([404, 405])(
    "requests the whole list of a server that can't search, and asks only once: %s",
    async (status) => {
      const instead = (_: number, response: Answer) => {
        json(response, { type: "error", msg: "route not found" }, status);
        return true;
      };
      const { mcc, server } = await serverOf({ rows, instead });
      expect(await mcc.mailboxes.list()).toEqual(rows);
      expect(await mcc.mailboxes.list()).toEqual(rows);
      expect(server.seen.map(({ method }) => method)).toEqual(["POST", "GET", "GET"]);
    },
  );

  test("requests the whole list if a page fails, since a search is not retried", async () => {
    const instead = (page: number, response: Answer) =>
      page === 2 && answered(response, { type: "error", msg: "busy" }, 503);
    const { mcc, server } = await serverOf({ rows, instead });
    expect(await mcc.mailboxes.list()).toEqual(rows);
    expect(listsSent(server)).toBe(1);
  });

  test("throws if a page is none, or the key is refused", async () => {
    const odd = await serverOf({
      rows,
      instead: (page, response) => page === 3 && answered(response, { error: "busy" }),
    });
    await expect(odd.mcc.mailboxes.list()).rejects.toMatchObject({ kind: "reply" });
    const refusal = { type: "error", msg: "authentication failed" };
    const wrong = await serverOf({ rows, instead: (_, response) => answered(response, refusal, 401) });
    await expect(wrong.mcc.mailboxes.list()).rejects.toMatchObject({ kind: "auth" });
    expect([listsSent(odd.server), listsSent(wrong.server)]).toEqual([0, 0]);
  });

  test("misses no mailbox if others are deleted between two pages [guard mailboxes/moving-pages]", async () => {
    const gone = new Set(namesIn(rowsOf("a.test", 20)));
    const left = [...rows].sort(byName).filter(({ username }) => !gone.has(username));
    // The second page, as it is after the deletion: it shares no row with the first.
    const instead = (page: number, response: Answer) =>
      page === 1 && answered(response, { recordsFiltered: left.length, data: left.slice(95, 200) });
    const { mcc } = await serverOf({ rows, instead });
    expect(namesIn(await mcc.mailboxes.list())).toEqual(namesIn(rows));
  });

  test("stops when it is aborted between two pages", async () => {
    const controller = new AbortController();
    const instead = (page: number) => {
      if (page === 2) controller.abort(new Error("enough"));
      return false;
    };
    const { mcc, server } = await serverOf({ rows: rowsOf("a.test", 1_500), instead });
    await expect(mcc.mailboxes.list({}, { signal: controller.signal })).rejects.toThrow("enough");
    await settled();
    expect(server.seen.length).toBeLessThan(8);
    expect(listsSent(server)).toBe(0);
  });
});

describe("iterate reads ahead", () => {
  const rows = rowsOf("a.test", 9);

  test("the next page while the caller works on this one, and never more", async () => {
    const { mcc, server, most } = await serverOf({ rows });
    const sentAt: number[] = [];
    for await (const _ of mcc.mailboxes.iterate({ pageSize: 3 })) {
      await settled();
      sentAt.push(server.seen.length);
    }
    // Nothing is read ahead before the caller wants a second row.
    expect(sentAt).toEqual([1, 2, 2, 3, 3, 3, 3, 3, 3]);
    expect(most()).toBe(1);
  });

  test("nothing more when the caller leaves the loop", async () => {
    const { mcc, server } = await serverOf({ rows });
    let taken = 0;
    for await (const _ of mcc.mailboxes.iterate({ pageSize: 3 })) if (++taken === 2) break;
    await settled();
    expect(pagesSent(server)).toEqual([
      [0, 3],
      [2, 4],
    ]);
  });

  const failing = (page: number, response: Answer) =>
    page === 1 && answered(response, { type: "error", msg: "down" }, 500);

  test("and throws the error of a page only when the caller gets there", async () => {
    const { mcc } = await serverOf({ rows, instead: failing });
    const found: string[] = [];
    const reading = (async () => {
      for await (const { username } of mcc.mailboxes.iterate({ pageSize: 3 })) {
        await settled();
        found.push(username);
      }
    })();
    await expect(reading).rejects.toMatchObject({ kind: "http", status: 500 });
    expect(found).toEqual(namesIn(rows.slice(0, 3)));
  });

  // An unhandled rejection would fail the run.
  test("and drops the error of a page that the caller never wants", async () => {
    const { mcc, server } = await serverOf({ rows, instead: failing });
    const iteration = mcc.mailboxes.iterate({ pageSize: 3 });
    expect([await iteration.next(), await iteration.next()]).toMatchObject([{ done: false }, { done: false }]);
    await settled();
    expect(await iteration.return()).toEqual({ done: true, value: undefined });
    expect(server.seen).toHaveLength(2);
  });

  test("but gives no row of a page that was read ahead after an abort", async () => {
    const controller = new AbortController();
    const { mcc, server } = await serverOf({ rows });
    const found: string[] = [];
    const reading = (async () => {
      for await (const { username } of mcc.mailboxes.iterate({ pageSize: 3, signal: controller.signal })) {
        await settled();
        found.push(username);
        if (found.length === 3) controller.abort(new Error("enough"));
      }
    })();
    await expect(reading).rejects.toThrow("enough");
    expect(found).toEqual(namesIn(rows.slice(0, 3)));
    expect(server.seen).toHaveLength(2);
  });

  test("in domains, too", async () => {
    const domains = Array.from({ length: 5 }, (_, index) => ({ domain_name: `d${index}.test` }));
    const { mcc, server } = await clientOf((response, { body }) => {
      const { start, length } = JSON.parse(body);
      json(response, { recordsFiltered: domains.length, data: domains.slice(start, start + length) });
    });
    expect(await collect(mcc.domains.iterate({ pageSize: 2 }))).toEqual(domains);
    expect(server.seen).toHaveLength(3);
  });
});
