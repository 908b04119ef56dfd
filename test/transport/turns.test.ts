import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createMailcowClient } from "../../src/client.ts";
import { MailcowInputError, MailcowTimeoutError } from "../../src/errors.ts";
import { Turns } from "../../src/transport/turns.ts";
import { apiKey } from "../support/client.ts";
import { json, serve } from "../support/server.ts";

const options = { baseUrl: "https://mail.example.com", apiKey };
const read = (api: ReturnType<typeof createMailcowClient>, init = {}) => api.GET("/api/v1/get/domain/all", init);

/** A `fetch` whose answers come when they are told to. */
function held(): { fetch: () => Promise<Response>; answer: (() => void)[]; most: () => number } {
  const answer: (() => void)[] = [];
  let [running, most] = [0, 0];
  const fetch = () => {
    most = Math.max(most, ++running);
    return new Promise<Response>((resolve) => {
      answer.push(() => {
        running -= 1;
        resolve(Response.json([]));
      });
    });
  };
  return { fetch, answer, most: () => most };
}
const settled = () => new Promise(setImmediate);

describe("a client", () => {
  test("sends a limited number of calls at the same time, in order, and all in the end", async () => {
    const { fetch, answer, most } = held();
    const api = createMailcowClient({ ...options, fetch, maxConcurrency: 3 });
    const first = read(api);
    await settled();
    answer.shift()?.();
    await first;
    const order: number[] = [];
    const calls = Array.from({ length: 10 }, (_, at) => read(api).then(() => order.push(at)));
    for (let at = 0; at < 10; at += 1) {
      await settled();
      expect(answer.length).toBe(Math.min(10, at + 3));
      answer[at]?.();
    }
    await Promise.all(calls);
    expect(most()).toBe(3);
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("sends 16 of ten thousand calls at once, and all in the end", async () => {
    let [running, most, sent] = [0, 0, 0];
    const fetch = async () => {
      most = Math.max(most, ++running);
      sent += 1;
      await settled();
      running -= 1;
      return Response.json([]);
    };
    const api = createMailcowClient({ ...options, fetch });
    await Promise.all(Array.from({ length: 10_000 }, () => read(api)));
    expect([sent, most]).toEqual([10_000, 16]);
  });

  test("opens 16 connections for a thousand calls", async () => {
    let open = 0;
    let most = 0;
    const server = await serve((response) => {
      most = Math.max(most, ++open);
      response.on("close", () => (open -= 1));
      json(response, []);
    });
    const api = createMailcowClient({ baseUrl: server.url, apiKey });
    await Promise.all(Array.from({ length: 1_000 }, () => read(api)));
    expect(server.seen).toHaveLength(1_000);
    expect(most).toBeLessThanOrEqual(16);
  });

  test("returns a turn, no matter how the call ended", async () => {
    let calls = 0;
    const fetch = async () => {
      calls += 1;
      if (calls === 1) throw new TypeError("fetch failed");
      return calls === 2 ? new Response("<h1>", { status: 500 }) : Response.json([]);
    };
    const api = createMailcowClient({ ...options, fetch, maxConcurrency: 1, retries: 0 });
    const outcomes = await Promise.allSettled([
      read(api),
      read(api, { timeoutMs: -1 }),
      read(api),
      read(api),
      read(api),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      "rejected",
      "rejected",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
  });

  test("a caller who aborts leaves the queue with their own reason, and nothing is sent", async () => {
    const { fetch, answer } = held();
    const api = createMailcowClient({ ...options, fetch, maxConcurrency: 1 });
    const controller = new AbortController();
    const first = read(api);
    const leaving = read(api, { signal: controller.signal }).catch((error: unknown) => error);
    const last = read(api);
    await settled();
    controller.abort("no longer needed");
    expect(await leaving).toBe("no longer needed");
    answer[0]?.();
    await first;
    await settled();
    answer[1]?.();
    await last;
    expect(answer).toHaveLength(2);
  });

  test("counts the time of a call from its turn on", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const { fetch, answer } = held();
    const api = createMailcowClient({ ...options, fetch, maxConcurrency: 1 });
    const first = read(api, { timeoutMs: 30 }).catch((error: unknown) => error);
    const second = read(api, { timeoutMs: 60_000 });
    await vi.advanceTimersByTimeAsync(30);
    expect(await first).toBeInstanceOf(MailcowTimeoutError);
    await settled();
    answer[1]?.();
    await expect(second).resolves.toMatchObject({ data: [] });
  });

  test.each([0, -1, 2.5, "4", Number.NaN])("refuses a maxConcurrency of %j", (maxConcurrency) => {
    expect(() => createMailcowClient({ ...options, maxConcurrency: maxConcurrency as never })).toThrow(
      MailcowInputError,
    );
  });

  test("takes Infinity for no limit, and any time beyond what timers know for no deadline", async () => {
    const fetch = async () => Response.json([]);
    const limits = {
      maxConcurrency: Number.POSITIVE_INFINITY,
      maxReplyBytes: Number.POSITIVE_INFINITY,
      timeoutMs: 2 ** 40,
    };
    const api = createMailcowClient({ ...options, fetch, ...limits });
    await expect(read(api)).resolves.toMatchObject({ data: [] });
  });
});

describe("a pause between two attempts", () => {
  /** A client with one turn, whose first answer is that the server is busy. */
  function pausing(retryAfter: string): { api: ReturnType<typeof createMailcowClient>; seen: string[] } {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const seen: string[] = [];
    const fetch = async (url: string | URL | Request) => {
      const busy = { status: 503, headers: { "Retry-After": retryAfter } };
      return seen.push(String(url).slice(-3)) === 1 ? new Response("busy", busy) : Response.json([]);
    };
    return { api: createMailcowClient({ ...options, fetch, maxConcurrency: 1 }), seen };
  }
  const get = (api: ReturnType<typeof createMailcowClient>, domain: string, init = {}) =>
    api.GET("/api/v1/get/domain/{domain}", { params: { path: { domain } }, ...init });

  test("holds no turn, also while the key is not known yet: other calls go on meanwhile", async () => {
    const { api, seen } = pausing("20");
    const first = get(api, "a.a");
    await get(api, "b.b");
    await get(api, "c.c");
    expect(seen).toEqual(["a.a", "b.b", "c.c"]);
    await vi.advanceTimersByTimeAsync(21_000);
    await expect(first).resolves.toMatchObject({ data: [] });
    expect(seen).toEqual(["a.a", "b.b", "c.c", "a.a"]);
  });

  test("is followed by a turn before those who came later", async () => {
    const waiting: (() => void)[] = [];
    const turns = new Turns(1);
    const order: string[] = [];
    const turn = await turns.take(null, 0);
    for (const name of ["new", "again", "newer"])
      void turns.take(null, 0, name === "again").then((next) => {
        order.push(name);
        waiting.push(() => turns.done(next));
      });
    turns.done(turn);
    for (let at = 0; at < 3; at += 1) {
      await settled();
      waiting[at]?.();
    }
    expect(order).toEqual(["again", "new", "newer"]);
  });

  test("ends with its deadline, although another call has the turn by then", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let calls = 0;
    const fetch = () =>
      ++calls === 1 ? Promise.reject(new TypeError("fetch failed")) : new Promise<Response>(() => {});
    const api = createMailcowClient({ ...options, fetch, maxConcurrency: 1 });
    const first = get(api, "a.a", { timeoutMs: 3_000 }).catch((error: unknown) => error);
    const other = get(api, "b.b", { timeoutMs: 9_000 }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await first).toMatchObject({ kind: "timeout", cause: { kind: "network" } });
    await vi.advanceTimersByTimeAsync(9_000);
    expect(await other).toMatchObject({ kind: "timeout" });
    expect(calls).toBe(2);
  });
});

describe("a turn that is lost", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("comes back to waiting calls if its call was dropped, and the call's late end changes nothing", async () => {
    const turns = new Turns(1, Date.now);
    const dropped = await turns.take(null, 5_000);
    const order: string[] = [];
    const next = turns.take(null, 5_000).then((turn) => ({ turn, order: order.push("next") }));
    const last = turns.take(null, 5_000).then(() => order.push("last"));
    await vi.advanceTimersByTimeAsync(5_900);
    expect(order).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(order).toEqual(["next"]);
    turns.done(dropped);
    await vi.advanceTimersByTimeAsync(0);
    expect(order).toEqual(["next"]);
    turns.done((await next).turn);
    await last;
    expect(order).toEqual(["next", "last"]);
  });

  test("comes back soon if the calls that waited for it were dropped", async () => {
    const turns = new Turns(1, Date.now);
    const turn = await turns.take(null, 60_000);
    // Their timers are gone; that one goes on with its turn for no time at all is as if it did not.
    const watch = vi.spyOn(globalThis, "setInterval").mockReturnValue(0 as never);
    const dropped = Array.from({ length: 3 }, () => turns.take(null, 0));
    watch.mockRestore();
    turns.done(turn);
    await dropped[0];
    const alive = turns.take(null, 60_000);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await alive).toMatchObject({ until: expect.any(Number) });
  });

  test("is free for who comes later, without a wait", async () => {
    const turns = new Turns(1, Date.now);
    await turns.take(null, 5_000);
    vi.setSystemTime(Date.now() + 6_001);
    expect(await turns.take(null, 5_000)).toMatchObject({ until: expect.any(Number) });
  });

  test("is none that was meant for a caller who leaves in the same moment", async () => {
    const turns = new Turns(1, Date.now);
    const turn = await turns.take(null, 5_000);
    const controller = new AbortController();
    const leaving = turns.take(controller.signal, 5_000).catch((reason: unknown) => reason);
    const next = turns.take(null, 5_000);
    controller.abort("enough");
    turns.done(turn);
    expect(await leaving).toBe("enough");
    expect(await next).toMatchObject({ until: expect.any(Number) });
  });
});
