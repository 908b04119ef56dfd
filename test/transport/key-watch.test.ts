import { expect, onTestFinished, test, vi } from "vitest";
import { createClientAtPace } from "../../src/client.ts";
import { MailcowApiClient } from "../../src/facade/mailcow-api-client.ts";
import { apiKey, clientOf, success } from "../support/client.ts";
import { fakePace } from "../support/pace.ts";
import { fetchFrom, json, type Seen, serve } from "../support/server.ts";

const refused = { type: "error", msg: "authentication failed" };

test("sends one of a hundred parallel calls with a wrong key, and says so in the others", async () => {
  const server = await serve((response) => json(response, refused, 401));
  const mcc = new MailcowApiClient(server.url, "wrong-key");
  const outcomes = await Promise.allSettled(
    Array.from({ length: 100 }, (_, at) => (at % 2 ? mcc.getDomain(`d${at}.test`) : mcc.addDomain(`d${at}.test`))),
  );
  expect(server.seen).toHaveLength(1);
  const reasons = outcomes.map((outcome) => outcome.status === "rejected" && outcome.reason);
  for (const reason of reasons) expect(reason).toMatchObject({ kind: "auth", reason: "invalid-key" });
  const first = reasons.findIndex(({ message }) => !message.includes("Nothing was sent"));
  expect(server.seen[0]?.path).toBe(reasons[first].request.path);
  for (const [at, reason] of reasons.entries()) {
    if (at !== first)
      expect(reason.message).toMatch(/^mailcow does not know this API key.*Nothing was sent.*Make a new client/);
    expect(reason.request.path).toBe(at % 2 ? `/api/v1/get/domain/d${at}.test` : "/api/v1/add/domain");
  }
});

test("sends one call where the address is not allowed, by the typed client too", async () => {
  const { mcc, server } = await clientOf((response) =>
    json(response, { type: "error", msg: "api access denied for ip 192.0.2.7" }, 401),
  );
  expect(await mcc.api.GET("/api/v1/get/domain/all")).toMatchObject({ error: { type: "error" } });
  await expect(mcc.api.GET("/api/v1/get/domain/all")).rejects.toMatchObject({ reason: "ip-not-allowed" });
  await expect(mcc.domains.list()).rejects.toThrow(/Nothing was sent/);
  expect(server.seen).toHaveLength(1);
});

test("sends calls one at a time until one was accepted, then the others at once", async () => {
  const waiting: (() => void)[] = [];
  const fetch = () =>
    new Promise<Response>((resolve) => waiting.push(() => resolve(Response.json([], { status: 200 }))));
  const mcc = new MailcowApiClient("https://mail.example.com", apiKey, { fetch, maxConcurrency: 4 });
  const calls = Array.from({ length: 6 }, () => mcc.getDomain());
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  await new Promise(setImmediate);
  expect(waiting).toHaveLength(1);
  waiting[0]?.();
  await calls[0];
  await vi.waitFor(() => expect(waiting).toHaveLength(5));
  for (const answer of waiting.slice(1, 5)) answer();
  await vi.waitFor(() => expect(waiting).toHaveLength(6));
  waiting[5]?.();
  expect(await Promise.all(calls)).toEqual(Array(6).fill([]));
});

test.each([
  ["a page of a proxy", 401, "<h1>Log in</h1>"],
  ["a broken server", 500, "<h1>Error</h1>"],
  ["a wrong path", 404, JSON.stringify({ type: "error", msg: "route not found" })],
])("goes on after %s, which says nothing of the key", async (_, status, text) => {
  const { mcc, server } = await clientOf((response) => void response.writeHead(status).end(text));
  await Promise.allSettled([mcc.getDomain(), mcc.getDomain(), mcc.getDomain()]);
  expect(server.seen).toHaveLength(3);
});

test("counts a key that may only read as accepted", async () => {
  const { mcc, server } = await clientOf((response, { method }) =>
    method === "GET" ? json(response, []) : json(response, { type: "error", msg: "API read/write access denied" }, 403),
  );
  await expect(mcc.addDomain("a.test")).rejects.toMatchObject({ reason: "read-only-key" });
  expect(await mcc.getDomain()).toEqual([]);
  expect(server.seen).toHaveLength(2);
});

test("stops when a key that was accepted is refused later", async () => {
  let isValid = true;
  const { mcc, server } = await clientOf((response) =>
    isValid ? json(response, success("domain_added")) : json(response, refused, 401),
  );
  await mcc.addDomain("a.test");
  isValid = false;
  await expect(mcc.addDomain("b.test")).rejects.toMatchObject({ reason: "invalid-key" });
  isValid = true;
  await expect(mcc.addDomain("c.test")).rejects.toThrow(/Nothing was sent/);
  expect(server.seen).toHaveLength(2);
});

test("sends one call again when retryKeyAfterMs is over, and goes on where it is accepted", async () => {
  const seen: Seen[] = [];
  let isValid = false;
  const fetch = fetchFrom((response) => (isValid ? json(response, []) : json(response, refused, 401)), seen);
  const pace = fakePace();
  const options = { baseUrl: "https://mail.example.com", apiKey, fetch, retryKeyAfterMs: 60_000 };
  const api = createClientAtPace(options, pace);
  const read = () => api.GET("/api/v1/get/domain/all");
  await read();
  await expect(read()).rejects.toThrow(/Nothing was sent/);
  await pace.sleep(60_000, new AbortController().signal);
  await Promise.allSettled([read(), read(), read()]);
  expect(seen).toHaveLength(2);
  isValid = true;
  await pace.sleep(60_000, new AbortController().signal);
  expect(await Promise.all([read(), read()])).toMatchObject([{ data: [] }, { data: [] }]);
  expect(seen).toHaveLength(4);
});

test("counts the wait for an earlier call towards the deadline, and says that nothing was sent", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  let sent = 0;
  const fetch = () => {
    sent += 1;
    return new Promise<Response>(() => {});
  };
  const mcc = new MailcowApiClient("https://mail.example.com", apiKey, { fetch, timeoutMs: 1_000 });
  const slow = mcc.getDomain("all", { timeoutMs: 5_000 });
  const controller = new AbortController();
  const late = expect(mcc.getDomain()).rejects.toMatchObject({ kind: "timeout", message: /^not sent within 1000 ms/ });
  const left = expect(mcc.getDomain("all", { signal: controller.signal })).rejects.toBe("enough");
  controller.abort("enough");
  const end = expect(slow).rejects.toMatchObject({ kind: "timeout", message: /^no answer within 5000 ms/ });
  await vi.advanceTimersByTimeAsync(5_000);
  await Promise.all([late, left, end]);
  expect(sent).toBe(1);
});

test.each([-1, 0.5, Number.NaN, "60", null])("refuses a retryKeyAfterMs of %j", (retryKeyAfterMs) => {
  expect(
    () => new MailcowApiClient("https://mail.example.com", apiKey, { retryKeyAfterMs: retryKeyAfterMs as never }),
  ).toThrow(/^retryKeyAfterMs must be a whole number from 0 on/);
});
