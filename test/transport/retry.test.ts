import { describe, expect, test } from "vitest";
import { createClientAtPace, type MailcowClientOptions } from "../../src/client.ts";
import { MailcowHttpError, MailcowInputError, MailcowNetworkError } from "../../src/errors.ts";
import { realPace } from "../../src/transport/retry.ts";
import { apiKey } from "../support/client.ts";
import { fakePace } from "../support/pace.ts";

const network = new TypeError("fetch failed");
const status =
  (code: number, headers: Record<string, string> = {}) =>
  () =>
    new Response("<h1>", { status: code, headers });
const fails = () => {
  throw network;
};
const works = () => Response.json([]);

/** A client of a server that answers so, one time after the other. */
function clientOf(
  answers: (() => Response)[],
  options: Partial<MailcowClientOptions> = {},
  pace = fakePace(),
): { api: ReturnType<typeof createClientAtPace>; sent: string[]; waits: number[] } {
  const sent: string[] = [];
  const fetch = async (input: unknown) => {
    sent.push(new URL(String(input)).pathname);
    return (answers[sent.length - 1] ?? fails)();
  };
  const api = createClientAtPace({ baseUrl: "https://mail.example.com", apiKey, fetch, ...options }, pace);
  return { api, sent, waits: pace.waits };
}
const read = (api: ReturnType<typeof createClientAtPace>, init = {}) =>
  api.GET("/api/v1/get/domain/all", init).then(
    ({ data }) => data,
    (error: unknown) => error,
  );

describe("a read", () => {
  test.each([429, 502, 503, 504])("is sent again after HTTP %i, and returns the second answer", async (code) => {
    const { api, sent } = clientOf([status(code), works]);
    expect(await read(api)).toEqual([]);
    expect(sent).toHaveLength(2);
  });

  test("is sent again after a network error, twice by default", async () => {
    const { api, sent } = clientOf([]);
    expect(await read(api)).toBeInstanceOf(MailcowNetworkError);
    expect(sent).toHaveLength(3);
  });

  test.each([
    [0, 1],
    [1, 2],
    [5, 6],
  ])("with %i retries is sent %i times at most", async (retries, times) => {
    const { api, sent } = clientOf([], { retries });
    await read(api);
    expect(sent).toHaveLength(times);
  });

  test.each([400, 401, 403, 404, 408, 413, 425, 500, 501])("is not sent again after HTTP %i", async (code) => {
    const { api, sent } = clientOf([status(code, { "Retry-After": "0" }), works]);
    expect(await read(api)).toMatchObject({ kind: "http", status: code });
    expect(sent).toHaveLength(1);
  });

  test.each([401, 403, 400, 500])("is not sent again after HTTP %i whose body breaks off", async (code) => {
    const broken = () => new Response(new ReadableStream({ pull: (body) => body.error(network) }), { status: code });
    const { api, sent } = clientOf([broken, works]);
    expect(await read(api)).toBeInstanceOf(MailcowNetworkError);
    expect(sent).toHaveLength(1);
  });

  test("returns mailcow's refusal if the last attempt ended with it", async () => {
    const busy = () => Response.json({ type: "error", msg: "busy" }, { status: 503 });
    const { api, sent } = clientOf([busy, busy, busy]);
    const { error, response } = await api.GET("/api/v1/get/domain/all");
    expect({ error, status: response.status }).toEqual({ error: { type: "error", msg: "busy" }, status: 503 });
    expect(sent).toHaveLength(3);
  });

  test("that deletes something is sent once", async () => {
    const { api, sent } = clientOf([]);
    const path = { username: "ann@example.com" };
    await api.GET("/api/v1/get/reset-last-login/{username}", { params: { path } }).catch(() => {});
    expect(sent).toEqual(["/api/v1/get/reset-last-login/ann@example.com"]);
  });
});

test("a write is sent once, and a search, which is a POST as well", async () => {
  for (const answer of [fails, status(429, { "Retry-After": "0" }), status(502), status(503), status(504)]) {
    const { api, sent } = clientOf([answer]);
    await api.POST("/api/v1/add/domain", { body: { domain: "example.com" } }).catch(() => {});
    await api.POST("/api/v1/search/domain", { body: {} as never }).catch(() => {});
    expect(sent).toEqual(["/api/v1/add/domain", "/api/v1/search/domain"]);
  }
});

test("a GET outside of /get/ is sent once", async () => {
  const { api, sent } = clientOf([]);
  await api.GET("/api/v1/add/domain" as "/api/v1/get/domain/all").catch(() => {});
  expect(sent).toHaveLength(1);
});

describe("the wait before a read is sent again", () => {
  test("is a random part of a time that doubles, up to some seconds", async () => {
    const all = { retries: 7, timeoutMs: 600_000 };
    const { api, waits } = clientOf([], all, fakePace(0.5));
    await read(api);
    expect(waits).toEqual([125, 250, 500, 1000, 2000, 4000, 4000]);
    const none = clientOf([], all, fakePace(0));
    await read(none.api);
    expect(none.waits).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  test.each([
    ["seconds", { "Retry-After": "7" }, 7_125],
    ["blanks around them", { "Retry-After": " 7 " }, 7_125],
    ["a date, by our clock", { "Retry-After": "Thu, 01 Jan 2026 00:00:03 GMT" }, 3_125],
    [
      "a date, by the server's clock",
      { "Retry-After": "Thu, 01 Jan 1998 00:00:09 GMT", Date: "Thu, 01 Jan 1998 00:00:05 GMT" },
      4_125,
    ],
    ["a date gone by", { "Retry-After": "Thu, 01 Jan 1998 00:00:00 GMT" }, 125],
    ["nonsense", { "Retry-After": "soon" }, 125],
    ["a number that is none of seconds", { "Retry-After": "-5" }, 125],
  ])("is at least as long as the server asks: %s", async (_, headers, wait) => {
    const { api, waits } = clientOf([status(503, headers), works]);
    expect(await read(api)).toEqual([]);
    expect(waits).toEqual([wait]);
  });

  test.each([
    ["just before the deadline", "9", [9_000], 2],
    ["up to the deadline", "10", [], 1],
    ["beyond it", "3600", [], 1],
    ["longer than any timer", "99999999999", [], 1],
  ])("does not outlast the deadline: %s", async (_, asked, waited, times) => {
    const { api, sent, waits } = clientOf(
      [status(503, { "Retry-After": asked }), works],
      { timeoutMs: 10_000 },
      fakePace(0),
    );
    const outcome = await read(api);
    expect(waits).toEqual(waited);
    expect(sent).toHaveLength(times);
    if (times === 1) expect(outcome).toBeInstanceOf(MailcowHttpError);
  });

  test("longer than any timer is not started, even without a deadline", async () => {
    const { api, waits } = clientOf([status(503, { "Retry-After": "99999999999" })], {
      timeoutMs: Number.POSITIVE_INFINITY,
    });
    expect(await read(api)).toBeInstanceOf(MailcowHttpError);
    expect(waits).toEqual([]);
  });

  test("counts towards the deadline", async () => {
    const { api, sent } = clientOf([status(503, { "Retry-After": "6" }), status(503, { "Retry-After": "6" })], {
      timeoutMs: 10_000,
    });
    expect(await read(api)).toMatchObject({ status: 503 });
    expect(sent).toHaveLength(2);
  });

  test("ends when the caller aborts, with the caller's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const pace = fakePace(0, () => controller.abort(reason));
    const { api, sent } = clientOf([], {}, pace);
    expect(await read(api, { signal: controller.signal })).toBe(reason);
    expect(sent).toHaveLength(1);
  });

  test("ends when the time is up, and the error tells what was before", async () => {
    const silent = createClientAtPace(
      {
        baseUrl: "https://mail.example.com",
        apiKey,
        timeoutMs: 20,
        fetch: (() => {
          let calls = 0;
          return () => (++calls === 1 ? Promise.resolve(status(503)()) : new Promise<Response>(() => {}));
        })(),
      },
      fakePace(0),
    );
    expect(await read(silent)).toMatchObject({ kind: "timeout", cause: { kind: "http", status: 503 } });
  });
});

describe("the real wait", () => {
  test("ends at once when the signal aborts, and leaves nothing behind", async () => {
    const controller = new AbortController();
    const wait = realPace.sleep(3_600_000, controller.signal);
    controller.abort();
    await wait;
    await realPace.sleep(0, new AbortController().signal);
    expect(realPace.random()).toBeLessThan(1);
    expect(realPace.date()).toBeGreaterThan(Date.UTC(2026, 0, 1));
  });
});

test.each([-1, 1.5, Number.NaN, "2", null])("retries can't be %j", (retries) => {
  expect(() => clientOf([], { retries: retries as never })).toThrow(MailcowInputError);
});
