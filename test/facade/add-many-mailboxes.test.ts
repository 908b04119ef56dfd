import { describe, expect, test } from "vitest";
import type { ManyOptions, NewMailbox } from "../../src/index.ts";
import { clientOf, policy, success } from "../support/client.ts";
import { type Answer, json, type LocalServer } from "../support/server.ts";

const itemsOf = (domain: string, count: number): NewMailbox[] =>
  Array.from({ length: count }, (_, index) => ({ domain, local_part: `U${index}`, quota: 1, password: "moohoo-1A" }));
const rowOf = (username: string) => ({ username, domain: username.split("@")[1] });

/** What is answered instead of the usual, by the path behind `/api/v1/` or by the address that is added. */
type Instead = Record<string, (response: Answer) => void>;

/** A server that adds mailboxes to domains, each with so many before. */
async function serverOf(before: Record<string, number>, instead: Instead = {}) {
  const rows = Object.entries(before).flatMap(([domain, count]) =>
    Array.from({ length: count }, (_, index) => rowOf(`old${index}@${domain}`)),
  );
  const ofDomain = (domain: string | undefined) => rows.filter((row) => row.domain === domain);
  const named = new Map(rows.map((row) => [row.username, row]));
  return clientOf((response, { method, path, body }) => {
    const route = path.replace("/api/v1/", "");
    const { local_part, domain } = method === "POST" ? JSON.parse(body) : {};
    const other = instead[method === "POST" ? `${local_part}@${domain}` : route];
    if (other) return other(response);
    const id = decodeURIComponent(route.split("/").at(-1) ?? "");
    if (route.startsWith("get/domain/"))
      return json(response, { domain_name: id, mboxes_in_domain: ofDomain(id).length });
    if (route.startsWith("get/mailbox/all/")) return json(response, ofDomain(id));
    if (method === "GET") return json(response, named.get(id) ?? {});
    const row = rowOf(`${local_part}@${domain}`);
    rows.push(row);
    named.set(row.username, row);
    json(response, success("mailbox_added", `${local_part}@${domain}`));
  });
}

const pathsOf = ({ seen }: LocalServer) => seen.map(({ path }) => path.replace("/api/v1/", ""));
const countOf = (server: LocalServer, route: string) => pathsOf(server).filter((path) => path.startsWith(route)).length;
const fail = (response: Answer) => json(response, { type: "error", msg: "down" }, 500);

describe("addMany reads new mailboxes back", () => {
  test("from one list of their domain, each with its own row and password, in the given order", async () => {
    const { mcc, server } = await serverOf({ "a.test": 30 });
    const items = itemsOf("A.test", 12);
    const outcomes = await mcc.mailboxes.addMany(items);
    expect(outcomes).toEqual(
      items.map((item, index) => {
        const row = { ...rowOf(`u${index}@a.test`), password: "moohoo-1A" };
        return { item, status: "added", row };
      }),
    );
    expect(pathsOf(server).sort()).toEqual([
      ...Array(12).fill("add/mailbox"),
      "get/domain/a.test",
      "get/mailbox/all/a.test",
    ]);
    expect(pathsOf(server).at(-1)).toBe("get/mailbox/all/a.test");
  });

  test.each([
    ["there are fewer than ten", { "a.test": 0 }, 9, 0],
    ["the domain has more than three times as many already", { "a.test": 40 }, 12, 1],
  ])("one by one if %s", async (_, before, count, looks) => {
    const { mcc, server } = await serverOf(before);
    const outcomes = await mcc.mailboxes.addMany(itemsOf("a.test", count));
    expect(outcomes.every(({ status }) => status === "added")).toBe(true);
    expect(countOf(server, "get/domain/")).toBe(looks);
    expect(countOf(server, "get/mailbox/all/")).toBe(0);
    expect(countOf(server, "get/mailbox/u")).toBe(count);
  });

  test("one by one if the list would be longer than 2,000", async () => {
    const { mcc, server } = await serverOf({ "a.test": 1_500 });
    // Most are refused before anything is sent, which takes no time.
    const items = [...itemsOf("a.test", 5), ...Array.from({ length: 496 }, () => ({ domain: "a.test" }) as NewMailbox)];
    const outcomes = await mcc.mailboxes.addMany(items);
    expect(outcomes.filter(({ status }) => status === "added")).toHaveLength(5);
    expect(countOf(server, "get/mailbox/all/")).toBe(0);
    expect(countOf(server, "get/mailbox/u")).toBe(5);
  });

  test("and decides for each domain", async () => {
    const { mcc, server } = await serverOf({ "a.test": 0, "b.test": 100, "c.test": 0 });
    const domains = ["a.test", "b.test", "c.test"];
    const outcomes = await mcc.mailboxes.addMany(domains.flatMap((domain) => itemsOf(domain, 11)));
    expect(outcomes.map((outcome) => outcome.status === "added" && outcome.row.username)).toEqual(
      domains.flatMap((domain) => Array.from({ length: 11 }, (_, index) => `u${index}@${domain}`)),
    );
    expect(pathsOf(server).filter((path) => path.includes("/all/"))).toEqual([
      "get/mailbox/all/a.test",
      "get/mailbox/all/c.test",
    ]);
    expect(countOf(server, "get/mailbox/u")).toBe(11);
  });

  test("with passwords for which it reads the policy once", async () => {
    const { mcc, server } = await serverOf({}, { "get/passwordpolicy": (response) => json(response, policy) });
    const items = itemsOf("a.test", 12).map(({ password: _, ...item }) => item as NewMailbox);
    const outcomes = await mcc.mailboxes.addMany(items);
    const passwords = outcomes.map((outcome) => outcome.status === "added" && outcome.row.password);
    expect(new Set(passwords).size).toBe(12);
    expect(countOf(server, "get/passwordpolicy")).toBe(1);
    expect(server.seen).toHaveLength(15);
  });

  test("not at all with read: false", async () => {
    const { mcc, server } = await serverOf({});
    await mcc.mailboxes.addMany(itemsOf("a.test", 12), { read: false });
    expect(pathsOf(server)).toEqual(Array(12).fill("add/mailbox"));
  });

  test("of those that were added, if one is refused", async () => {
    const refused = (response: Answer) =>
      json(response, [{ type: "danger", log: [], msg: ["object_exists", "u3@a.test"] }]);
    const { mcc } = await serverOf({}, { "u3@a.test": refused });
    const outcomes = await mcc.mailboxes.addMany(itemsOf("a.test", 12));
    expect(outcomes.filter(({ status }) => status === "added")).toHaveLength(11);
    expect(outcomes[3]).toMatchObject({ status: "failed", error: { codes: ["object_exists"] } });
  });

  test("one by one if the size of the domain is not told", async () => {
    const { mcc, server } = await serverOf({}, { "get/domain/a.test": fail });
    const outcomes = await mcc.mailboxes.addMany(itemsOf("a.test", 12));
    expect(outcomes.every(({ status }) => status === "added")).toBe(true);
    expect(countOf(server, "get/mailbox/u")).toBe(12);
  });

  test("and says of each whose row did not come that it is unknown", async () => {
    const told: unknown[] = [];
    const onProgress: ManyOptions["onProgress"] = (progress) => told.push({ ...progress });
    const { mcc } = await serverOf({}, { "get/mailbox/all/a.test": fail });
    const items = [...itemsOf("a.test", 10), ...itemsOf("b.test", 10)];
    const outcomes = await mcc.mailboxes.addMany(items, { concurrency: 1, onProgress });
    const unknown = { status: "unknown", error: { kind: "http", status: 500 } };
    expect(outcomes).toMatchObject([...Array(10).fill(unknown), ...Array(10).fill({ status: "added" })]);
    expect(told.slice(0, 20)).toEqual(items.map((_, index) => ({ done: index + 1, total: 20, failed: 0 })));
    expect(told.at(-1)).toEqual({ done: 20, total: 20, failed: 10 });
  });

  test("and says so if a row is missing in the list", async () => {
    const { mcc } = await serverOf(
      {},
      { "get/mailbox/all/a.test": (response) => json(response, [rowOf("u0@a.test")]) },
    );
    const outcomes = await mcc.mailboxes.addMany(itemsOf("a.test", 10));
    expect(outcomes.map(({ status }) => status)).toEqual(["added", ...Array(9).fill("unknown")]);
    expect(outcomes[1]).toMatchObject({
      error: { kind: "reply", message: expect.stringMatching(/can't be read back/) },
    });
  });

  test("also after an abort, which stops sending", async () => {
    const controller = new AbortController();
    const { mcc, server } = await serverOf({});
    const onProgress: ManyOptions["onProgress"] = ({ done }) => {
      if (done === 3) controller.abort();
    };
    const options = { concurrency: 1, onProgress, signal: controller.signal };
    const outcomes = await mcc.mailboxes.addMany(itemsOf("a.test", 12), options);
    expect(outcomes.map(({ status }) => status)).toEqual([...Array(3).fill("added"), ...Array(9).fill("unsent")]);
    expect(countOf(server, "get/mailbox/all/")).toBe(1);
  });

  test("with no more calls at a time than `concurrency` allows", async () => {
    const domains = Array.from({ length: 5 }, (_, index) => `d${index}.test`);
    let [current, most] = [0, 0];
    const list = (domain: string) => async (response: Answer) => {
      most = Math.max(most, ++current);
      await new Promise(setImmediate);
      current--;
      json(
        response,
        Array.from({ length: 10 }, (_, index) => rowOf(`u${index}@${domain}`)),
      );
    };
    const instead = Object.fromEntries(domains.map((domain) => [`get/mailbox/all/${domain}`, list(domain)]));
    const { mcc } = await serverOf({}, instead);
    const items = domains.flatMap((domain) => itemsOf(domain, 10));
    const outcomes = await mcc.mailboxes.addMany(items, { concurrency: 2 });
    expect(outcomes.every(({ status }) => status === "added")).toBe(true);
    expect(most).toBe(2);
  });
});
