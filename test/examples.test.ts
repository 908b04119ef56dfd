import { type ChildProcess, execFile, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import worker from "../examples/worker.mjs";
import { freePort } from "../scripts/lib/prism.ts";
import { MailcowApiClient } from "../src/index.ts";
import { createMailcow } from "../src/testing/index.ts";
import { tsx } from "./support/project.ts";

/** A mailcow with a customer, and the command and the environment that run an example on it. */
async function start(
  seeds: Parameters<typeof createMailcow>[0] = { domains: [{ domain: "example.com", mailboxes: ["ann", "bob"] }] },
) {
  const mailcow = createMailcow(seeds);
  const server = await mailcow.listen();
  onTestFinished(() => server.close());
  const env = {
    ...process.env,
    TSX_TSCONFIG_PATH: "tsconfig.tools.json",
    MAILCOW_API_BASEURL: server.url,
    MAILCOW_API_KEY: mailcow.apiKey,
  };
  const command = (name: string, ...args: string[]) => ["--import", tsx, `examples/${name}`, ...args];
  const run = (name: string, ...args: string[]) =>
    new Promise<string>((done, fail) => {
      execFile(process.execPath, command(name, ...args), { env }, (error, stdout, stderr) =>
        error ? fail(new Error(stderr)) : done(stdout),
      );
    });
  /** Starts one that listens on a port. */
  const serve = async (name: string) => {
    const port = await freePort();
    const child = spawn(process.execPath, command(name), { env: { ...env, PORT: `${port}` } });
    onTestFinished(() => void child.kill());
    return { child, url: `http://localhost:${port}` };
  };
  const mcc = new MailcowApiClient(server.url, mailcow.apiKey);
  return { mailcow, mcc, env, run, serve };
}

test("every example is short, and is run here", () => {
  const names = readdirSync("examples").filter((name) => name.endsWith(".mjs"));
  const here = readFileSync("test/examples.test.ts", "utf8");
  for (const name of names) {
    expect(readFileSync(`examples/${name}`, "utf8").split("\n").length, name).toBeLessThanOrEqual(40);
    expect(here).toContain(name.replace(".mjs", ""));
  }
});

test("onboard-customer adds a customer, and nothing when it runs again; offboard-customer deletes everything", async () => {
  const { mcc, run } = await start({});
  const first = await run("onboard-customer.mjs", "example.org", "ann", "bob");
  expect(first).toMatch(/^example\.org: added\npublish in the DNS: dkim\._domainkey\.example\.org TXT v=DKIM1/);
  expect(first).toMatch(
    /admin: example-org \S{20,}\nmailbox: ann@example\.org \S{20,}\nmailbox: bob@example\.org \S{20,}\n$/,
  );
  expect(await run("onboard-customer.mjs", "example.org", "ann", "bob")).toMatch(/^example\.org: unchanged\n.*\n$/);

  expect(await run("offboard-customer.mjs", "example.org")).toBe(
    "example.org: 2 mailboxes and 0 resources to delete\n",
  );
  expect(await run("offboard-customer.mjs", "example.org", "--really")).toContain("example.org: deleted");
  expect([await mcc.domains.list(), await mcc.mailboxes.list(), await mcc.domainAdmins.list()]).toEqual([[], [], []]);
  expect(await mcc.dkim.get("example.org")).toBe(null);
});

test("import-mailboxes adds what it can, says why it could not add the rest, and writes no formulas", async () => {
  const { mailcow, run } = await start();
  const output = await run("import-mailboxes.mjs", "examples/people.csv");
  expect(output).toMatch(
    /^address,name,password,outcome\n"carl@example\.com","Carl ""the"" Smith, Jr\.","[^"]{20,}","added"\n/,
  );
  expect(output).toContain(`"dora@example.com","'=HYPERLINK(""https://evil.example"")"`);
  expect(output).toMatch(/"ann@example\.com","Ann","","failed: add\/mailbox refused: .*object_exists/);
  expect(output).toMatch(/"eve@example\.com","Eve","","failed: add\/mailbox: quota must be/);
  expect(mailcow.calls.filter(({ route }) => route === "add/mailbox")).toHaveLength(3);
});

test("usage-report lists the mailboxes, the fullest first", async () => {
  const { run } = await start();
  const [head, ...rows] = (await run("usage-report.mjs")).trim().split("\n");
  expect(head).toBe("mailbox,name,active,quota_mib,used_mib,percent,messages,last_imap_login");
  expect(rows.map((row) => row.split(",")[0]).sort()).toEqual(['"ann@example.com"', '"bob@example.com"']);
});

test("rotate-dkim-keys prints lines for the DNS, and changes nothing when it runs again", async () => {
  const { run } = await start();
  expect(await run("rotate-dkim-keys.mjs", "2026b")).toMatch(
    /^2026b\._domainkey\.example\.com\. TXT "v=DKIM1[^"]{200,}" "[^"]+"\n$/,
  );
  expect(await run("rotate-dkim-keys.mjs", "2026b")).toBe("; example.com has 2026b\n");
});

describe.each(["sign-up-express.mjs", "sign-up-fastify.mjs"])("%s", (name) => {
  const visitor = { id: "0123456789abcdef", name: "eve", password: "Secret-pass-1" };

  async function signUp() {
    const { mailcow, mcc, serve } = await start();
    const { child, url } = await serve(name);
    await printed(child, /http:/);
    const post = (body: object, signal?: AbortSignal) =>
      fetch(`${url}/sign-up`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        ...(signal && { signal }),
      });
    return { mailcow, mcc, child, post };
  }

  test("signs up once, even if the request is repeated, and refuses an address that is taken", async () => {
    const { mcc, post } = await signUp();
    expect((await post(visitor)).status).toBe(201);
    const again = await post(visitor);
    expect([again.status, await again.json()]).toEqual([200, { mailbox: "eve@example.com" }]);
    expect((await post({ ...visitor, id: "another-visitor-1" })).status).toBe(409);
    expect((await post({ ...visitor, name: "no name" })).status).toBe(400);
    expect((await post({ id: "x" })).status).toBe(400);
    expect((await post({ ...visitor, name: "fred", password: "x" })).status).toBe(422);
    expect((await mcc.mailboxes.list()).map(({ username }) => username)).toEqual([
      "ann@example.com",
      "bob@example.com",
      "eve@example.com",
    ]);
  });

  test("ends its call when the client leaves", async () => {
    const { mailcow, child, post } = await signUp();
    mailcow.fail("add/mailbox", { delayMs: 60_000 });
    const leaving = new AbortController();
    const left = printed(child, /the client left/);
    const response = post(visitor, leaving.signal);
    await expect.poll(() => mailcow.calls.some(({ route }) => route === "add/mailbox")).toBe(true);
    leaving.abort();
    await expect(response).rejects.toThrow();
    await left;
  });
});

test("monitoring logs and counts every attempt", async () => {
  const { mailcow, serve } = await start();
  mailcow.fail("get/domain/all", { status: 503 });
  const { child, url } = await serve("monitoring.mjs");
  await printed(child, /"msg":"started"/);
  const metrics = await (await fetch(url)).text();
  expect(metrics).toMatch(/mailcow_request_seconds_count\{.*route="\/api\/v1\/get\/domain\/all",outcome="http"\} 1/);
  expect(metrics).toMatch(/mailcow_request_seconds_count\{.*route="\/api\/v1\/get\/domain\/all",outcome="200"\} 1/);
});

test("worker tells whether an address is free", async () => {
  const { env } = await start({
    domains: [
      {
        domain: "example.com",
        mailboxes: ["ann"],
        aliases: [{ address: "sales@example.com", goto: "ann@example.com" }],
      },
    ],
  });
  const ask = async (address: string) => {
    const response = await worker.fetch(new Request(`https://worker.example/?address=${address}`), env);
    return [response.status, await response.json()];
  };
  expect(await ask("ann@example.com")).toEqual([200, { address: "ann@example.com", free: false }]);
  expect(await ask("Sales@example.com")).toEqual([200, { address: "Sales@example.com", free: false }]);
  expect(await ask("carl@example.com")).toEqual([200, { address: "carl@example.com", free: true }]);
  expect(await ask("")).toEqual([400, { error: "address is missing" }]);
});

/** Waits until a program has printed something. */
function printed(child: ChildProcess, pattern: RegExp): Promise<unknown> {
  return new Promise((resolve) => {
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk) => {
        output += chunk;
        if (pattern.test(output)) resolve(output);
      });
  });
}
