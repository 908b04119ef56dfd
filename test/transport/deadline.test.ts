import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createMailcowClient } from "../../src/client.ts";
import { Deadline } from "../../src/transport/deadline.ts";
import { apiKey } from "../support/client.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const deadline = (ms: number, signal?: AbortSignal) => new Deadline(ms, signal, () => performance.now());

describe("a deadline", () => {
  test("is over when the time is up, not before", () => {
    const one = deadline(100);
    const ended = vi.fn();
    one.transfer = { cancel: ended };
    vi.advanceTimersByTime(99);
    expect(ended).not.toHaveBeenCalled();
    expect([one.signal.aborted, one.expired, one.allows(0)]).toEqual([false, false, true]);
    vi.advanceTimersByTime(1);
    expect([one.signal.aborted, one.expired, one.abortedByCaller]).toEqual([true, true, false]);
    expect(ended).toHaveBeenCalledWith(one.signal.reason);
    expect(() => one.check()).toThrow(one.signal.reason);
  });

  test("is the caller's if they aborted first, and the clock's if it was first", () => {
    const first = new AbortController();
    const callers = deadline(100, first.signal);
    first.abort("enough");
    vi.advanceTimersByTime(200);
    expect([callers.expired, callers.abortedByCaller, callers.signal.reason]).toEqual([false, true, "enough"]);
    const late = new AbortController();
    const clocks = deadline(100, late.signal);
    vi.advanceTimersByTime(200);
    late.abort("enough");
    expect([clocks.expired, clocks.abortedByCaller]).toEqual([true, false]);
  });

  test("is over from the start if the caller has already aborted", () => {
    const one = deadline(100, AbortSignal.abort("enough"));
    expect([one.signal.aborted, one.abortedByCaller, one.allows(0)]).toEqual([true, true, false]);
  });

  test("allows a wait that leaves time for something after it", () => {
    const one = deadline(100);
    expect([one.allows(99), one.allows(100), one.allows(2 ** 31)]).toEqual([true, false, false]);
  });

  test("sets no timer without a limit, and leaves none after its end", () => {
    deadline(Number.POSITIVE_INFINITY);
    expect(vi.getTimerCount()).toBe(0);
    const one = deadline(100);
    expect(vi.getTimerCount()).toBe(1);
    one.release();
    expect(vi.getTimerCount()).toBe(0);
  });
});

test("a call that is aborted just before it would be sent is not sent, over any fetch", async () => {
  const controller = new AbortController();
  const fetch = vi.fn(async () => Response.json([]));
  const api = createMailcowClient({
    baseUrl: "https://mail.example.com",
    apiKey,
    fetch,
    onRequest: () => controller.abort("enough"),
  });
  const call = api.GET("/api/v1/get/domain/all", { signal: controller.signal });
  await expect(call).rejects.toBe("enough");
  expect(fetch).not.toHaveBeenCalled();
});

test("a body of the caller's own making is sent as it is, and all of it is a secret where it is no JSON", async () => {
  const fetch = vi.fn(
    async (_: unknown, init?: RequestInit) => new Response(`<p>${apiKey} ${init?.body}</p>`, { status: 500 }),
  );
  const api = createMailcowClient({ baseUrl: "https://mail.example.com", apiKey, fetch });
  const call = (bodySerializer: () => unknown) =>
    api.POST("/api/v1/delete/domain", { body: ["example.com"], bodySerializer });
  await expect(call(() => "no JSON")).rejects.toMatchObject({ body: "<p>[redacted] [redacted]</p>" });
  await expect(call(() => new Uint8Array([120]))).rejects.toMatchObject({ kind: "http" });
});

describe("an abort inside the caller's own fetch", () => {
  const aborts: [name: string, error: () => Error][] = [
    ["by a signal of its own", () => new DOMException("stopped", "AbortError")],
    ["by a timeout of its own", () => new DOMException("too slow", "TimeoutError")],
    ["as an error of another realm's", () => Object.assign(new Error("stopped"), { name: "AbortError" })],
  ];
  test.each(aborts)("%s is thrown unchanged, and nothing is sent again", async (_, make) => {
    const error = make();
    const failures: unknown[] = [];
    const fetch = vi.fn(() => Promise.reject(error));
    const api = createMailcowClient({
      baseUrl: "https://mail.example.com",
      apiKey,
      fetch,
      onResponse: ({ failure }) => failures.push(failure),
    });
    await expect(api.GET("/api/v1/get/domain/all")).rejects.toBe(error);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(failures).toEqual(["aborted"]);
  });

  test("that has another name is a network error", async () => {
    const fetch = vi.fn(() => Promise.reject(new TypeError("fetch failed")));
    const api = createMailcowClient({ baseUrl: "https://mail.example.com", apiKey, fetch, retries: 0 });
    await expect(api.GET("/api/v1/get/domain/all")).rejects.toMatchObject({ kind: "network" });
  });
});
