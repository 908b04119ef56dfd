import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Api } from "../../src/core/api.ts";
import { Queues } from "../../src/core/queues.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] }));
afterEach(() => void vi.useRealTimers());
const forever = () => new Promise<never>(() => {});

test("a queue goes on where the work at its head was dropped", async () => {
  const queues = new Queues();
  // The timers of what is dropped are gone.
  const beat = vi.spyOn(globalThis, "setInterval").mockReturnValue(0 as never);
  void queues.inOrder("a", undefined, forever);
  await new Promise(setImmediate);
  beat.mockRestore();
  const next = queues.inOrder("a", undefined, async () => "done");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await next).toBe("done");
});

test("a queue waits for work that takes its time", async () => {
  const queues = new Queues();
  let end = (_: string): void => {};
  const order: string[] = [];
  const long = queues.inOrder("a", undefined, () => new Promise<string>((resolve) => (end = resolve)));
  const next = queues.inOrder("a", undefined, async () => order.push("next"));
  await vi.advanceTimersByTimeAsync(600_000);
  expect(order).toEqual([]);
  end("done");
  expect(await long).toBe("done");
  await next;
  expect(order).toEqual(["next"]);
  expect(vi.getTimerCount()).toBe(0);
});

test("the release of the server is asked for again where the call that asked was dropped", async () => {
  let calls = 0;
  const GET = () =>
    ++calls === 1 ? forever() : Promise.resolve({ data: { version: "2026-07a" }, response: new Response() });
  const api = new Api({ GET, POST: forever } as never);
  const beat = vi.spyOn(globalThis, "setInterval").mockReturnValue(0 as never);
  void api.release({});
  await new Promise(setImmediate);
  beat.mockRestore();
  const release = api.release({});
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await release).toBe("2026-07a");
  expect(calls).toBe(2);
});
