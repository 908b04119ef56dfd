import { describe, expect, test } from "vitest";
import { MailcowApiClient, type ManyOptions, type ManyOutcome } from "../../src/index.ts";
import { apiKey, clientOf, success } from "../support/client.ts";
import { json, serve } from "../support/server.ts";

const names = (count: number): { domain: string }[] =>
  Array.from({ length: count }, (_, index) => ({ domain: `d${index}.example` }));
const statuses = (outcomes: readonly ManyOutcome<unknown, unknown>[]): string[] => outcomes.map(({ status }) => status);

type Answer = "done" | "exists" | "broken" | "turned away";

/** Adds domains on a server that answers each as told, by default with success, and counts how many come at once. */
async function addDomains(count: number, answers: Record<number, Answer>, options: ManyOptions = {}) {
  const added: string[] = [];
  let current = 0;
  let most = 0;
  const server = await serve(async (response, { body }) => {
    const { domain } = JSON.parse(body);
    added.push(domain);
    most = Math.max(most, ++current);
    // The first of those that come at once is answered last.
    await new Promise((resolve) => setImmediate(resolve));
    current--;
    const answer = answers[Number(domain.slice(1, -8))] ?? "done";
    if (answer === "broken") return void response.destroy();
    if (answer === "turned away") return json(response, { type: "error", msg: "authentication failed" }, 401);
    if (answer === "exists") return json(response, [{ type: "danger", log: [], msg: ["domain_exists", domain] }]);
    json(response, success("domain_added", domain));
  });
  const mcc = new MailcowApiClient(server.url, apiKey);
  const outcomes = await mcc.domains.addMany(names(count), { ...options, read: false });
  return { outcomes, added, most: () => most };
}

describe("addMany", () => {
  test("returns an outcome per item, in order, and does not stop at a refusal", async () => {
    const { outcomes, added } = await addDomains(6, { 1: "exists", 4: "exists" });
    expect(statuses(outcomes)).toEqual(["added", "failed", "added", "added", "failed", "added"]);
    expect(outcomes.map(({ item }) => item)).toEqual(names(6));
    expect(outcomes[1]).toMatchObject({ error: { kind: "rejected", codes: ["domain_exists"] } });
    expect(added).toHaveLength(6);
  });

  test("returns the rows that add returns", async () => {
    const { mcc } = await clientOf({
      "add/domain": success("domain_added"),
      "get/domain/a.example": { domain_name: "a.example" },
    });
    expect(await mcc.domains.addMany([{ domain: "A.example" }])).toEqual([
      { item: { domain: "A.example" }, status: "added", row: { domain_name: "a.example" } },
    ]);
  });

  test("sends the original items, although the list and its items change meanwhile", async () => {
    const sent: unknown[] = [];
    const items: { domain: string; tags: string[] }[] = names(6).map((item) => ({ ...item, tags: ["red"] }));
    const { mcc } = await clientOf((response, { body }) => {
      sent.push(JSON.parse(body));
      items.shift();
      for (const item of items) item.tags.push("blue");
      json(response, success("domain_added"));
    });
    const given = [...items];
    const outcomes = await mcc.domains.addMany(items, { read: false, concurrency: 2 });
    expect(outcomes.map(({ item }) => item)).toEqual(given);
    expect(outcomes[3]?.item).toBe(given[3]);
    expect(sent).toMatchObject(names(6).map(({ domain }) => ({ domain, tags: ["red"] })));
  });

  test("reports an item that can't be sent as failed, not unknown", async () => {
    const { mcc, server } = await clientOf({});
    const [outcome] = await mcc.mailboxes.addMany([{ domain: "example.com", local_part: "ann" } as never]);
    expect(outcome).toMatchObject({ status: "failed", error: { kind: "input" } });
    expect(server.seen).toEqual([]);
  });

  test("stops at the first failure with stopOnError, and lists what was not sent", async () => {
    const { outcomes, added } = await addDomains(5, { 1: "exists" }, { stopOnError: true, concurrency: 1 });
    expect(statuses(outcomes)).toEqual(["added", "failed", "unsent", "unsent", "unsent"]);
    expect(added).toHaveLength(2);
  });

  test("reports an item that was sent without an answer as unknown", async () => {
    const { outcomes } = await addDomains(3, { 1: "broken" });
    expect(statuses(outcomes)).toEqual(["added", "unknown", "added"]);
    expect(outcomes[1]).toMatchObject({ error: { kind: "network" } });
  });

  test("wraps other errors, such as an abort of the caller's own fetch", async () => {
    const reason = new DOMException("enough", "AbortError");
    const fetch = () => Promise.reject(reason);
    const mcc = new MailcowApiClient("https://mail.example.com", apiKey, { fetch });
    const [outcome] = await mcc.domains.addMany(names(1));
    expect(outcome).toMatchObject({ status: "unknown", error: { kind: "network", cause: reason } });
  });

  test("stops when the key is rejected, before the server bans the address", async () => {
    const { outcomes, added } = await addDomains(5, { 1: "turned away" }, { concurrency: 1 });
    expect(statuses(outcomes)).toEqual(["added", "failed", "unsent", "unsent", "unsent"]);
    expect(added).toHaveLength(2);
  });

  test("stops when aborted, and waits for the calls that are under way", async () => {
    const stop = new AbortController();
    const onProgress = ({ done }: { done: number }) => done === 2 && stop.abort();
    const { outcomes, added } = await addDomains(20, {}, { concurrency: 3, signal: stop.signal, onProgress });
    const count = (wanted: string) => statuses(outcomes).filter((status) => status === wanted).length;
    expect(count("added")).toBe(added.length);
    expect(count("unsent")).toBe(20 - added.length);
    expect(added.length).toBeLessThanOrEqual(5);
  });

  test("sends nothing when aborted beforehand", async () => {
    const { outcomes, added } = await addDomains(2, {}, { signal: AbortSignal.abort() });
    expect(statuses(outcomes)).toEqual(["unsent", "unsent"]);
    expect(added).toEqual([]);
  });

  test("reports progress after each item", async () => {
    const seen: object[] = [];
    await addDomains(3, { 1: "exists" }, { concurrency: 1, onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([
      { done: 1, total: 3, failed: 0 },
      { done: 2, total: 3, failed: 1 },
      { done: 3, total: 3, failed: 1 },
    ]);
  });

  test("continues when onProgress throws", async () => {
    const onProgress = () => {
      throw new Error("the display is gone");
    };
    expect(statuses((await addDomains(3, {}, { onProgress })).outcomes)).toEqual(["added", "added", "added"]);
  });

  test.each([
    [1, { concurrency: 1 }],
    [3, { concurrency: 3 }],
    [4, {}],
  ])("makes at most %i calls at the same time with %j", async (most, options) => {
    const run = await addDomains(24, {}, options);
    expect(statuses(run.outcomes)).toEqual(Array(24).fill("added"));
    expect(run.most()).toBeLessThanOrEqual(most);
    expect(run.most()).toBeGreaterThan(most === 1 ? 0 : 1);
  });

  test.each([0, -1, Number.NaN, 1.5, "4" as never, null as never])(
    "refuses a concurrency of %j, which would add nothing",
    async (concurrency) => {
      await expect(addDomains(2, {}, { concurrency })).rejects.toThrow("concurrency must be");
    },
  );

  test("refuses an onProgress that can't be called", async () => {
    await expect(addDomains(2, {}, { onProgress: 5 as never })).rejects.toThrow("onProgress must be a function");
  });

  test("returns [] for no items", async () => {
    const { mcc } = await clientOf({});
    expect(await mcc.aliases.addMany([])).toEqual([]);
  });

  test("adds numbered rows one after the other, so that each item gets its own row", async () => {
    const rows: object[] = [];
    const { mcc } = await clientOf((response, { method, body }) => {
      if (method === "GET") return json(response, rows);
      rows.push({ id: rows.length + 1, client_secret: `${rows.length + 1}`, ...JSON.parse(body) });
      json(response, success("Added client access"));
    });
    const items = Array.from({ length: 5 }, () => ({ redirect_uri: "https://app.example.com/cb" }));
    const outcomes = await mcc.oauth2Clients.addMany(items);
    expect(outcomes.map((outcome) => outcome.status === "added" && outcome.row.id)).toEqual([1, 2, 3, 4, 5]);
  });
});
