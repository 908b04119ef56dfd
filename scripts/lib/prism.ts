import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { files } from "./files.ts";

export interface Mock {
  readonly url: string;
  stop(): Promise<void>;
}

const prism = createRequire(import.meta.url).resolve("@stoplight/prism-cli/dist/index.js");

/**
 * Starts Prism on a free loopback port. It answers the examples of the contract (`Prefer: example=refused` picks one)
 * and refuses requests that the contract does not allow with 422.
 */
export async function startPrism(contract: string = files.contract): Promise<Mock> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [prism, "mock", "--errors", "--host", "127.0.0.1", "--port", `${port}`, contract],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NODE_ENV: "production" },
    },
  );
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let output = "";
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      output += chunk;
      if (output.includes("Prism is listening")) resolve();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("exit", (code) => reject(new Error(`Prism ended with code ${code}:\n${output.slice(-2000)}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      child.kill();
      return exited;
    },
  };
}

/** A loopback port on which nothing listens. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
