import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  MailcowApiClient,
  MailcowAuthError,
  MailcowError,
  MailcowHttpError,
  MailcowInputError,
  MailcowNetworkError,
  MailcowRejectedError,
  MailcowReplyError,
  MailcowTimeoutError,
  type MailcowTransportOptions,
} from "../../src/index.ts";
import { leaksIn } from "../support/leaks.ts";
import { startProxy } from "../support/proxy.ts";
import { bodyFaults } from "./body-faults.ts";
import { connectionFaults } from "./connection-faults.ts";
import type { Ending, Fault } from "./fault.ts";
import { fetchFaults } from "./fetch-faults.ts";
import { keyFaults } from "./key-faults.ts";
import { misbehave } from "./misbehaving-server.ts";
import { secrets } from "./misdeeds.ts";
import { statusFaults } from "./status-faults.ts";

const classes = {
  network: MailcowNetworkError,
  timeout: MailcowTimeoutError,
  auth: MailcowAuthError,
  http: MailcowHttpError,
  reply: MailcowReplyError,
  rejected: MailcowRejectedError,
  input: MailcowInputError,
};
const calls = {
  read: (mcc: MailcowApiClient) => mcc.getDomain(),
  write: (mcc: MailcowApiClient) =>
    mcc.addMailbox({ domain: "example.com", local_part: "ann", password: secrets.password }),
};
/** What a call carries, and so can find again in what comes back. */
const carried = { read: [secrets.apiKey, secrets.proxy], write: Object.values(secrets) };
const cellsOf = (faults: readonly Fault[]) =>
  faults.flatMap((fault) => (["read", "write"] as const).map((call) => [fault.name, call, fault] as const));
const cells = cellsOf([...connectionFaults, ...statusFaults, ...bodyFaults, ...keyFaults, ...fetchFaults]);
const proxy = await startProxy();
afterAll(proxy.close);
/** How calls go out: the platform's `fetch` is also what other runtimes and a caller's own have. */
const wires: { readonly [Wire in "node" | "proxy" | "fetch"]: Pick<MailcowTransportOptions, "fetch" | "proxy"> } = {
  node: {},
  proxy: { proxy: `http://127.0.0.1:${proxy.port}` },
  fetch: { fetch: globalThis.fetch },
};

beforeEach(() => {
  // The wait before a retry is a random part of some time: none of it.
  const chance = vi.spyOn(Math, "random").mockReturnValue(0);
  return () => chance.mockRestore();
});

test("there are enough faults", () => {
  expect(cells.length).toBeGreaterThanOrEqual(120);
  expect(new Set(cells.map(([name, call]) => `${call} ${name}`)).size).toBe(cells.length);
});

describe.each(["node", "proxy", "fetch"] as const)("a fault on the %s wire", (wire) => {
  // A proxy makes other connections, and leaves what is in them alone.
  const some = wire === "proxy" ? cellsOf(connectionFaults) : cells;
  let asStated = 0;
  afterAll(() => console.log(`faults: ${some.length} cells, ${asStated} as stated (${wire} wire)`));

  test.each(some)("%s: %s", async (_, call, fault) => {
    await meet(fault, call, wire);
    asStated += 1;
  });
});

async function meet(fault: Fault, call: "read" | "write", wire: keyof typeof wires): Promise<void> {
  const server = await misbehave(fault.does ?? (() => {}), {
    ...(fault.onConnection && { onConnection: fault.onConnection }),
    idleAfterWarmUp: fault.after === "idle",
  });
  try {
    let attempts = 0;
    const baseUrl = fault.baseUrl?.(server.port) ?? server.url;
    const mcc = new MailcowApiClient(baseUrl, secrets.apiKey, {
      timeoutMs: 20_000,
      headers: { Authorization: `Basic ${secrets.proxy}` },
      ...wires[wire],
      ...fault.options,
      onRequest: () => {
        attempts += 1;
      },
    });
    if (fault.after) await mcc.api.GET("/api/v1/get/passwordpolicy", { timeoutMs: 20_000 });
    if (fault.after === "idle") await server.idle();
    attempts = 0;
    const outcomes = await outcomesOf(() => calls[call](mcc), fault.ten);
    const ending = (wire === "fetch" && fault.overFetch?.[call]) || fault[call];
    expect(attempts, "attempts").toBe(ending.attempts ?? 1);
    const seen = ending.seen ?? attempts;
    // The last request may be on its way yet, where the client did not wait for an answer.
    await vi.waitFor(() => expect(server.seen.length, "requests seen").toBe(seen), { timeout: 10_000, interval: 1 });
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expectError(outcome.reason, ending, carried[call]);
      else expect(outcome.value).toEqual(ending.answer ?? "an error");
    }
    expect(Object.keys(Object.prototype), "pollution").toEqual([]);
  } finally {
    await server.close();
  }
}

async function outcomesOf(call: () => Promise<unknown>, ten: Fault["ten"]): Promise<PromiseSettledResult<unknown>[]> {
  const calls = Array.from({ length: ten ? 10 : 1 }, () => call);
  if (ten === "at once") return Promise.allSettled(calls.map((send) => send()));
  const outcomes: PromiseSettledResult<unknown>[] = [];
  for (const send of calls) outcomes.push(...(await Promise.allSettled([send()])));
  return outcomes;
}

function expectError(error: unknown, { foreign, kind, status, reason, message }: Ending, known: string[]): void {
  if (foreign) {
    expect((error as Error).name).toBe(foreign);
    return;
  }
  expect(error).toBeInstanceOf(MailcowError);
  expect({ class: (error as Error).constructor.name, message: (error as Error).message.slice(0, 300) }).toMatchObject({
    class: kind ? classes[kind].name : "no error",
  });
  expect(error).toMatchObject({
    kind,
    ...(status !== undefined && { status }),
    ...(reason !== undefined && { reason }),
  });
  if (message) expect((error as Error).message).toMatch(message);
  expect(leaksIn(error, known)).toEqual([]);
}
