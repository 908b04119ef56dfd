import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { createMailcowClient } from "../../src/client.ts";
import { MailcowInputError } from "../../src/index.ts";
import { sharedSignal } from "../../src/transport/signal.ts";
import { apiKey } from "../support/client.ts";

const options = { baseUrl: "https://mail.example.com", apiKey };
const never = () => new Promise<Response>(() => {});

describe("a signal", () => {
  test("of a hundred calls has one listener, and ends all of them", async () => {
    const warnings: Error[] = [];
    const note = (warning: Error) => warnings.push(warning);
    process.on("warning", note);
    const { signal, ...controller } = withAbort();
    const api = createMailcowClient({ ...options, fetch: never, maxConcurrency: 30 });
    const calls = Array.from({ length: 100 }, () =>
      api.GET("/api/v1/get/domain/all", { signal }).catch((reason: unknown) => reason),
    );
    await new Promise(setImmediate);
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    controller.abort("enough");
    expect(await Promise.all(calls)).toEqual(Array(100).fill("enough"));
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
    await new Promise(setImmediate);
    process.off("warning", note);
    expect(warnings).toEqual([]);
  });

  test("has no listener left after the last call, and can get new ones", async () => {
    const { signal } = new AbortController();
    const api = createMailcowClient({ ...options, fetch: async () => Response.json([]) });
    for (let time = 0; time < 2; time += 1) {
      await Promise.all(Array.from({ length: 5 }, () => api.GET("/api/v1/get/domain/all", { signal })));
      expect(getEventListeners(signal, "abort")).toEqual([]);
    }
  });

  test("is shared by all its listeners, whether they use events or onabort", () => {
    const controller = new AbortController();
    const one = sharedSignal(controller.signal);
    expect(sharedSignal(controller.signal)).toBe(one);
    const heard: string[] = [];
    const gone = () => heard.push("gone");
    one.addEventListener("abort", () => heard.push("function"));
    one.addEventListener("abort", { handleEvent: () => heard.push("object") });
    one.addEventListener("abort", gone);
    one.removeEventListener("abort", gone);
    expect([one.aborted, one.reason, () => one.throwIfAborted()]).toEqual([false, undefined, expect.any(Function)]);
    controller.abort("enough");
    expect(heard).toEqual(["function", "object"]);
    expect([one.aborted, one.reason]).toEqual([true, "enough"]);
    expect(() => one.throwIfAborted()).toThrow("enough");
  });

  test.each([
    ["no signal at all", 5],
    ["nothing to listen with", { aborted: false, throwIfAborted: () => {} }],
    ["nothing to stop listening with", { aborted: false, throwIfAborted: () => {}, addEventListener: () => {} }],
    ["no way to throw its reason", { aborted: false, addEventListener: () => {}, removeEventListener: () => {} }],
  ])("is refused with %s, and holds no turn", async (_, signal) => {
    const api = createMailcowClient({ ...options, fetch: async () => Response.json([]), maxConcurrency: 1 });
    const call = api.GET("/api/v1/get/domain/all", { signal: signal as AbortSignal });
    await expect(call).rejects.toThrow(MailcowInputError);
    await expect(api.GET("/api/v1/get/domain/all")).resolves.toMatchObject({ data: [] });
  });
});

function withAbort() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: (reason: unknown) => controller.abort(reason) };
}
