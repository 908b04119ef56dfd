import { fork } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createMailcowClient, MailcowError } from "../src/index.ts";
import { type Count, soakServer } from "./soak-server.ts";

/**
 * 100,000 calls, 32 at a time, to a server that fails one in a hundred: counts on both sides what was sent, what came
 * of it, and how the heap of the client's process has grown. The server runs in a process of its own.
 * `npm run soak -- 20000 fetch` makes 20,000 over the wire of `fetch`.
 */
const calls = Number(process.argv[2] ?? 100_000);
const wire = process.argv[3] ?? "node";
const concurrency = 32;

interface Counted {
  /** Ids of the writes that arrived, and of those that did more than once. */
  readonly arrived: string[];
  readonly doubled: string[];
  readonly reads: number;
  readonly faults: number;
}

if (process.send) serve();
else await soak();

function serve(): void {
  const count: Count = { writes: new Map(), reads: 0, faults: 0 };
  const server = soakServer(count).listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
  process.once("message", () => {
    const doubled = [...count.writes].filter(([, times]) => times > 1).map(([id]) => id);
    const counted: Counted = { ...count, arrived: [...count.writes.keys()], doubled };
    process.send?.(counted, () => process.exit());
  });
}

async function soak(): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), [], { execArgv: process.execArgv });
  const [port] = (await once(child, "message")) as [number];
  const api = createMailcowClient({
    baseUrl: `http://127.0.0.1:${port}`,
    apiKey: "5EC2E7-KEY000-000000-000000-000000",
    maxConcurrency: concurrency,
    ...(wire === "fetch" && { fetch: globalThis.fetch }),
  });
  const done: string[] = [];
  const failed: Record<string, number> = {};
  let written = 0;

  const write = async (id: string): Promise<void> => {
    written += 1;
    await api.POST("/api/v1/add/domain", { body: { domain: id } });
    done.push(id);
  };
  const one = async (at: number): Promise<void> => {
    try {
      if (at % 2) await write(`${at}.example.com`);
      else await api.GET("/api/v1/get/domain/all");
    } catch (error) {
      if (!(error instanceof MailcowError)) throw error;
      const what = `${at % 2 ? "write" : "read"} ${error.kind}`;
      failed[what] = (failed[what] ?? 0) + 1;
    }
  };
  const run = async (from: number, to: number): Promise<void> => {
    let next = from;
    const worker = async (): Promise<void> => {
      while (next < to) await one(next++);
    };
    // As many workers again as there are turns, so that some always have to wait for theirs.
    await Promise.all(Array.from({ length: concurrency * 2 }, worker));
  };

  // Code is compiled and pools are filled first.
  await run(0, calls / 10);
  const before = await heapAfterGc();
  const startedAt = performance.now();
  await run(calls / 10, calls / 10 + calls);
  const seconds = (performance.now() - startedAt) / 1000;
  // What the count itself takes is not the client's.
  const ids = new Set(done.splice(0));
  child.send("count");
  const [counted] = (await once(child, "message")) as [Counted];
  const arrived = new Set(counted.arrived);
  const lost = [...ids].filter((id) => !arrived.has(id)).length;
  const summary = { faults: counted.faults, reads: counted.reads, written, arrived: arrived.size, failed };
  ids.clear();
  arrived.clear();
  counted.arrived.length = 0;
  const after = await heapAfterGc();
  console.log(JSON.stringify(summary));
  console.log(
    `soak: ${calls} calls over the ${wire} wire at ${concurrency} in ${seconds.toFixed(0)} s, heap ${mib(before)} -> ${mib(after)} MiB ` +
      `(ratio ${(after / before).toFixed(3)}), lost writes ${lost}, doubled writes ${counted.doubled.length}`,
  );
  process.exitCode = lost === 0 && counted.doubled.length === 0 && after / before <= 1.1 ? 0 : 1;
}

/** What is only weakly held goes when a turn of the event loop is over; finalizers come later still. */
async function heapAfterGc(): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let time = 0; time < 8; time += 1) {
    collect();
    await setImmediate();
  }
  return process.memoryUsage().heapUsed;
}

function mib(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
