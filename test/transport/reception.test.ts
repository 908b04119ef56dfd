import { describe, expect, test, vi } from "vitest";
import { createClientAtPace, createMailcowClient } from "../../src/client.ts";
import { apiKey } from "../support/client.ts";

const options = { baseUrl: "https://mail.example.com", apiKey, retries: 0 };

const reasonOf = (reason: unknown): unknown => reason;

/** A body that goes on for as long as it is read, and says whether it still is. */
function endless(piece = " ") {
  const state = { read: 0, cancelled: false };
  const bytes = new TextEncoder().encode(piece);
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        // Lets timers go off between.
        await new Promise(setImmediate);
        if (state.cancelled) return;
        state.read += bytes.length;
        controller.enqueue(bytes);
      },
      cancel: () => {
        state.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, state };
}

describe("a body from a fetch that ignores its signal", () => {
  test("is not read further when the time is up", async () => {
    const { body, state } = endless();
    const api = createMailcowClient({ ...options, fetch: async () => new Response(body), timeoutMs: 30 });
    await expect(api.GET("/api/v1/get/domain/all")).rejects.toMatchObject({ kind: "timeout" });
    await vi.waitFor(() => expect(state.cancelled).toBe(true));
    const { read } = state;
    await new Promise(setImmediate);
    expect(state.read).toBe(read);
  });

  test("is not read further after an abort", async () => {
    const { body, state } = endless();
    const controller = new AbortController();
    const api = createMailcowClient({ ...options, fetch: async () => new Response(body) });
    const call = api.GET("/api/v1/get/domain/all", { signal: controller.signal });
    await vi.waitFor(() => expect(state.read).toBeGreaterThan(0));
    controller.abort("enough");
    await expect(call).rejects.toBe("enough");
    await vi.waitFor(() => expect(state.cancelled).toBe(true));
  });
});

describe("the body of an error", () => {
  test.each([
    ["in small pieces", "x".repeat(1_000)],
    ["in one piece", "x".repeat(1_000_000)],
  ])("is read as far as it is needed: %s", async (_, piece) => {
    const { body, state } = endless(piece);
    const api = createMailcowClient({ ...options, fetch: async () => new Response(body, { status: 500 }) });
    await expect(api.GET("/api/v1/get/domain/all")).rejects.toMatchObject({ kind: "http", body: "x".repeat(2_000) });
    await vi.waitFor(() => expect(state.cancelled).toBe(true));
    expect(state.read).toBeLessThan(65_536 + piece.length + 1);
  });

  test("is not read beyond the limit of an answer", async () => {
    const fetch = async () => new Response("äbc", { status: 500 });
    const api = createMailcowClient({ ...options, fetch, maxReplyBytes: 3 });
    await expect(api.GET("/api/v1/get/domain/all")).rejects.toMatchObject({ kind: "http", body: "äb" });
  });

  test("is read as a refusal of mailcow if it is short", async () => {
    const msg = "x".repeat(60_000);
    const api = createMailcowClient({
      ...options,
      fetch: async () => Response.json({ type: "error", msg }, { status: 400 }),
    });
    expect(await api.GET("/api/v1/get/domain/all")).toMatchObject({ error: { type: "error" } });
  });
});

describe("an answer that is decoded when the time is up", () => {
  test.each([
    ["a read", "GET", "/api/v1/get/domain/all"],
    ["a write", "POST", "/api/v1/delete/domain"],
  ] as const)("is no answer any more: %s", async (_, method, route) => {
    let now = 0;
    // The clock of a loop that is blocked by decoding: it goes on, and no timer goes off.
    const parse = vi.spyOn(JSON, "parse").mockImplementation(() => {
      now += 31_000;
      return [];
    });
    const pace = { now: () => now, date: () => now, random: () => 0, sleep: async () => {} };
    const api = createClientAtPace({ ...options, fetch: async () => new Response("[]") }, pace);
    const body = method === "GET" ? {} : { body: ["example.com"] };
    const error = await api.request(method.toLowerCase() as "get", route as never, body as never).catch(reasonOf);
    parse.mockRestore();
    expect(error).toMatchObject({ kind: "timeout", message: "no answer within 30000 ms" });
  });
});
