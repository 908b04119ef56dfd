import { createMailcowClient, MailcowApiClient, type MailcowApiOptions } from "mailcow-client";
import { createMailcow } from "mailcow-client/testing";
import { apiKey, type Context, type Finding, type Seen } from "./context.ts";
import { fails, matches, same, until } from "./expect.ts";
import { networkChecks } from "./networks.ts";

export type Check = (context: Context) => Promise<unknown>;

/** A client of a scenario. */
const clientOf = ({ server }: Context, scenario: string, options?: MailcowApiOptions): MailcowApiClient =>
  new MailcowApiClient(`${server}/${scenario}`, apiKey, { timeoutMs: 5_000, ...options });
const told = async <Told>({ server }: Context, what: string): Promise<Told> =>
  (await fetch(`${server}/${what}`)).json() as Promise<Told>;
const seenBy = (context: Context, scenario: string): Promise<Seen[]> => told(context, `seen/${scenario}`);
const writesTo = async (context: Context, scenario: string): Promise<number> =>
  (await seenBy(context, scenario)).filter(({ method }) => method === "POST").length;
const write = (mcc: MailcowApiClient): Promise<unknown> => mcc.addDomain({ domain: "example.com", key_size: 0 });

/** Browsers may send a write again by themselves, as SECURITY.md says. */
const timesOf = ({ runtime }: Context): number => (runtime === "chromium" ? 2 : 1);

const onMock =
  (call: (mcc: MailcowApiClient) => Promise<unknown>, is: (answer: unknown) => boolean): Check =>
  async ({ mock }) => {
    const answer = await call(new MailcowApiClient(mock, apiKey));
    if (!is(answer)) throw new Error(`it returned ${JSON.stringify(answer)}`);
  };
const isTrue = (answer: unknown): boolean => answer === true;
const has = (name: string) => (answer: unknown) =>
  typeof Object(answer)[name] === "string" && Object(answer)[name] !== "";

/** The methods that are documented, each with an answer of the contract. */
const documentedMethods: Readonly<Record<string, Check>> = {
  getDomain: onMock((mcc) => mcc.getDomain(), Array.isArray),
  addDomain: onMock((mcc) => mcc.addDomain({ domain: "example.com", key_size: 0 }), isTrue),
  editDomain: onMock((mcc) => mcc.editDomain("example.com", { aliases: 399 }), isTrue),
  deleteDomain: onMock((mcc) => mcc.deleteDomain("example.com"), isTrue),
  addDKIM: onMock((mcc) => mcc.addDKIM("example.com"), isTrue),
  getDKIM: onMock((mcc) => mcc.getDKIM("example.com"), has("dkim_txt")),
  deleteDKIM: onMock((mcc) => mcc.deleteDKIM("example.com"), isTrue),
  addAndGetDKIM: onMock((mcc) => mcc.addAndGetDKIM("example.com"), has("dkim_txt")),
  addDomainAdmin: onMock((mcc) => mcc.addDomainAdmin({ domains: "example.com" }), has("password")),
  addMailbox: onMock((mcc) => mcc.addMailbox({ domain: "example.com", local_part: "ann" }), has("password")),
  deleteMailbox: onMock((mcc) => mcc.deleteMailbox("ann@example.com"), isTrue),
  addAlias: onMock((mcc) => mcc.addAlias("@example.com", "ann@example.com"), isTrue),
  updateMailboxes: onMock(
    (mcc) => mcc.updateMailboxes({ items: ["ann@example.com"], attr: { name: "Ann", quota: 2048 } }),
    Array.isArray,
  ),
  getMailboxes: onMock((mcc) => mcc.getMailboxes(), Array.isArray),
};

/** That a call of a scenario fails, and how. */
const ends =
  (scenario: string, call: (mcc: MailcowApiClient) => Promise<unknown>, error: object, requests = 1): Check =>
  async (context) => {
    const before = (await seenBy(context, scenario)).length;
    await fails(call(clientOf(context, scenario)), { ...error });
    same((await seenBy(context, scenario)).length - before, requests, "number of requests");
  };
const read = (mcc: MailcowApiClient): Promise<unknown> => mcc.getDomain();

const faults: Readonly<Record<string, Check>> = {
  "a refusal": ends("refuses", write, { kind: "rejected", codes: ["domain_exists"], category: "exists" }),
  "401 of a read": ends("unknownKey", read, { kind: "auth", reason: "invalid-key" }),
  "401 of a write": ends("unknownKey", write, { kind: "auth", reason: "invalid-key" }),
  "403 of a write": ends("readOnly", write, { kind: "auth", reason: "read-only-key" }),
  "an error page, without the key": async (context) => {
    const error = await fails(read(clientOf(context, "fails")), { kind: "http", status: 500 });
    const { message, stack, body } = error as Error & { body?: unknown };
    if (`${message}${stack}${JSON.stringify(error)}${body}`.includes(apiKey)) throw new Error("it shows the key");
  },
  "a redirect of a read": ends("redirects", read, { kind: "http" }),
  "a redirect of a write": ends("redirects", write, { kind: "http" }),
  "no redirect is followed": async (context) => same((await seenBy(context, "elsewhere")).length, 0),
  "304": async (context) => {
    const error = await fails(read(clientOf(context, "unchanged")), { kind: "http", status: 304 });
    if (/redirect/.test(error.message)) throw new Error(error.message);
  },
  "a write without an answer": ends("empty", write, { kind: "reply" }),
  "a length that is wrong, of a read": ends("tooLong", read, { kind: "network" }, 3),
  "a length that is wrong, of a write": ends("tooLong", write, { kind: "network" }),
  "gzip that is none": async (context) => {
    const error = await fails(write(clientOf(context, "brokenGzip")), {});
    matches(Object(error).kind, /^(network|reply)$/);
    same(await writesTo(context, "brokenGzip"), 1);
  },
  "an answer without end": async (context) => {
    await fails(read(clientOf(context, "floods", { maxReplyBytes: 200_000 })), { kind: "reply" });
    await until("it was read on", async () => (await told(context, "gone/floods")) === 1);
  },
  "a port where nothing listens": async () =>
    fails(new MailcowApiClient("http://127.0.0.1:9", apiKey, { retries: 0 }).getDomain(), { kind: "network" }),
  "a host that does not exist": async () =>
    fails(new MailcowApiClient("https://mailcow.invalid", apiKey, { retries: 0 }).getDomain(), { kind: "network" }),
  "no answer in time": async (context) => {
    const mcc = clientOf(context, "hangs");
    await fails(mcc.api.GET("/api/v1/get/domain/all", { timeoutMs: 100 }), { kind: "timeout" });
    await fails(mcc.domains.delete("example.com", { timeoutMs: 100 }), { kind: "timeout" });
    await until("a connection is still held", async () => (await told(context, "gone/hangs")) === 2);
    same(await writesTo(context, "hangs"), 1);
  },
  "half an answer in time": async (context) =>
    fails(clientOf(context, "stalls").api.GET("/api/v1/get/domain/all", { timeoutMs: 100 }), { kind: "timeout" }),
  "an abort": async (context) => {
    const [reason, controller] = [{ why: "enough" }, new AbortController()];
    const { signal } = controller;
    const mcc = clientOf(context, "stalls-aborted");
    const calls = [mcc.api.GET("/api/v1/get/domain/all", { signal }), mcc.domains.delete("example.com", { signal })];
    const ended = Promise.allSettled(calls);
    await until("nothing was sent", async () => (await seenBy(context, "stalls-aborted")).length > 0);
    controller.abort(reason);
    for (const outcome of await ended)
      if (outcome.status === "fulfilled" || outcome.reason !== reason)
        throw new Error("it did not reject with its reason");
    await until("a connection is still held", async () => (await told(context, "gone/stalls-aborted")) === 1);
    await mcc.api.GET("/api/v1/get/domain/all", { signal }).then(
      () => same("an answer", "an abort"),
      (error: unknown) => same(error === reason, true),
    );
  },
  "a read is sent again after 503": async (context) => {
    same(await clientOf(context, "busyOnce").getDomain(), []);
    same((await seenBy(context, "busyOnce")).length, 2);
  },
};

/** A write is sent once, whatever comes of it. */
const once =
  (scenario: string, kind: string, times: (context: Context) => number = () => 1): Check =>
  async (context) => {
    const mcc = clientOf(context, scenario);
    // The connection has to be one that was used before.
    if (scenario !== "busy") await mcc.getDomain();
    const before = await writesTo(context, scenario);
    await fails(write(mcc), { kind });
    same((await writesTo(context, scenario)) - before, times(context), "number of writes");
  };
const sentOnce: Readonly<Record<string, Check>> = {
  "503 of a write": once("busy", "http"),
  "421 of a write": once("misdirected", "http", timesOf),
  "408 of a write": once("timesOut", "http", timesOf),
  "a kept connection that closes under a write": once("closes", "network", timesOf),
  "a kept connection that is reset under a write": once("resets", "network", timesOf),
  "a kept connection that was closed before": async (context) => {
    const mcc = clientOf(context, "closesIdle");
    await mcc.getDomain();
    const outcome = await write(mcc).catch((error: unknown) => error);
    const times = await writesTo(context, "closesIdle");
    if (outcome === true) return same(times, 1);
    same([Object(outcome).kind, times], ["network", 0]);
  },
};

/** Kept across requests, as workers keep theirs. */
const kept = new Map<string, MailcowApiClient>();
export function keptClient(server: string, scenario: string, maxConcurrency: number): MailcowApiClient {
  const made =
    kept.get(scenario) ?? new MailcowApiClient(`${server}/${scenario}`, apiKey, { maxConcurrency, timeoutMs: 1_500 });
  kept.set(scenario, made);
  return made;
}

const ordinary: Readonly<Record<string, Check>> = {
  "what a call carries": async (context) => {
    const mcc = clientOf(context, "carried");
    await mcc.getDomain();
    await mcc.domains.delete("bücher.example");
    const [got, posted] = await seenBy(context, "carried");
    same([got?.method, got?.path, got?.body], ["GET", "/api/v1/get/domain/all", ""]);
    same([posted?.method, posted?.body], ["POST", '["xn--bcher-kva.example"]']);
    for (const { headers } of [got, posted].filter((one) => one !== undefined))
      same([headers["x-api-key"], headers["accept"], headers["cookie"]], [apiKey, "application/json", undefined]);
    same(posted?.headers["content-type"], "application/json");
    const length = posted?.headers["content-length"] ?? posted?.headers["transfer-encoding"];
    matches(length, /^(25|chunked)$/);
  },
  "text of Unicode, there and back": async (context) => {
    const { data } = await clientOf(context, "echoes").api.POST("/api/v1/delete/domain", { body: ["ü✓😀"] });
    same(Object(data)[0].msg[1], '["ü✓😀"]');
  },
  "a packed answer": async (context) => write(clientOf(context, "packed")),
  "two thousand rows": async (context) => same((await clientOf(context, "many").getDomain()).length, 2_000),
  "words beside the status beyond Latin-1": async (context) => {
    const { data, response } = await clientOf(context, "words").api.GET("/api/v1/get/domain/all");
    same([data, response.status], [[], 200]);
  },
  "no cookie is kept": async (context) => {
    const mcc = clientOf(context, "cookies");
    for (let at = 0; at < 2; at += 1) {
      const { response } = await mcc.api.GET("/api/v1/get/domain/all");
      same(response.headers.get("set-cookie"), null);
    }
    same(
      (await seenBy(context, "cookies")).map(({ headers }) => headers["cookie"] ?? null),
      [null, null],
    );
  },
  "no answer comes from a cache": async (context) => {
    const mcc = clientOf(context, "cached");
    const names = [await mcc.getDomain(), await mcc.getDomain()].map(([row]) => row?.domain_name);
    same(names, ["d1", "d2"]);
  },
  "equal reads do not wait for each other": async (context) => {
    const mcc = clientOf(context, "slow");
    await mcc.getDomain();
    await Promise.all(Array.from({ length: 16 }, () => mcc.getDomain()));
    if ((await told<number>(context, "most/slow")) < 4) throw new Error("fewer than four were sent at once");
  },
  "no more calls at once than maxConcurrency": async (context) => {
    const mcc = clientOf(context, "slow-few", { maxConcurrency: 3 });
    await mcc.getDomain();
    await Promise.all(Array.from({ length: 12 }, () => mcc.getDomain()));
    same(await told<number>(context, "most/slow-few"), 3);
  },
  "a result's response is one of the platform's": async (context) => {
    const { data, response } = await clientOf(context, "seen-as").api.GET("/api/v1/get/domain/all");
    same([data, response instanceof Response, await response.clone().json()], [[], true, []]);
  },
  "globalThis.fetch, given as it is": async (context) => {
    const mcc = clientOf(context, "given", { fetch: globalThis.fetch });
    same([await mcc.getDomain(), await write(mcc)], [[], true]);
    same(await writesTo(context, "given"), 1);
  },
  "globalThis.fetch, given for one call": async (context) => {
    const { data } = await clientOf(context, "given1").api.GET("/api/v1/get/domain/all", { fetch: globalThis.fetch });
    same(data, []);
  },
  "middleware of openapi-fetch": async (context) => {
    const { api } = clientOf(context, "middleware");
    const bodies: string[] = [];
    api.use({
      onRequest: async ({ request }) => {
        bodies.push(await request.clone().text());
        const headers = new Headers(request.headers);
        headers.set("X-Trace", "1");
        return new Request(request, { headers });
      },
      onResponse: ({ response }) => new Response(response.body, { status: response.status, headers: { "x-a": "b" } }),
    });
    const { data, response } = await api.POST("/api/v1/delete/domain", { body: ["example.com"] });
    same([bodies, Object(data)[0].type, response.headers.get("x-a")], [['["example.com"]'], "success", "b"]);
    const [seen] = await seenBy(context, "middleware");
    same([seen?.headers["x-trace"], seen?.headers["x-api-key"], seen?.body], ["1", apiKey, '["example.com"]']);
  },
  hooks: async (context) => {
    const events: unknown[] = [];
    await clientOf(context, "hooked", {
      onResponse: ({ route, status }) => void events.push(route, status),
    }).getDomain();
    same(events, ["/api/v1/get/domain/all", 200]);
  },
  "a client does not show its key": async (context) => {
    const { api } = clientOf(context, "shown");
    same([JSON.stringify(api).includes(apiKey), Object.values(api).join().includes(apiKey)], [false, false]);
  },
  fromEnv: async ({ env, server }) => {
    if (env === "set") return same(await MailcowApiClient.fromEnv().getDomain(), []);
    const error = await fails((async () => MailcowApiClient.fromEnv())(), {
      kind: "input",
      field: "MAILCOW_API_BASEURL",
    });
    if (env === "denied") matches(error.message, /--allow-env=MAILCOW_API_BASEURL,MAILCOW_API_KEY/);
    const given = { MAILCOW_API_BASEURL: `${server}/env`, MAILCOW_API_KEY: apiKey };
    same(await MailcowApiClient.fromEnv({}, given).getDomain(), []);
  },
  "a client that is kept, under parallel requests": async ({ server, self }) => {
    const one = self
      ? async () => (await fetch(`${self}/one?server=${server}`)).text()
      : async () => JSON.stringify(await keptClient(server, "kept", 1).getDomain());
    for (let round = 0; round < 2; round += 1)
      same(await Promise.all(Array.from({ length: 8 }, one)), Array(8).fill("[]"));
  },
  "a client that is kept, after calls that nobody waited for": async ({ server, self }) => {
    const drop = self
      ? async () => void (await (await fetch(`${self}/drop?server=${server}`)).text())
      : async () =>
          void keptClient(server, "dropped", 4)
            .api.GET("/api/v1/get/domain/all")
            .catch(() => {});
    await keptClient(server, "dropped", 4).getDomain();
    for (let at = 0; at < 4; at += 1) await drop();
    const later = self
      ? await (await fetch(`${self}/later?server=${server}`)).text()
      : JSON.stringify(await keptClient(server, "dropped", 4).getDomain());
    same(later, "[]");
  },
  "createMailcowClient by itself": async ({ server }) => {
    const { data } = await createMailcowClient({ baseUrl: `${server}/typed`, apiKey }).GET("/api/v1/get/domain/all");
    same(data, []);
  },
};

const inMemory: Readonly<Record<string, Check>> = {
  "a mailcow in memory": async () => {
    const mailcow = createMailcow();
    const mcc = new MailcowApiClient("https://mail.example.com", mailcow.apiKey, { fetch: mailcow.fetch, retries: 0 });
    await mcc.domains.add({ domain: "example.com" });
    const { username } = await mcc.mailboxes.add({ domain: "example.com", local_part: "ann", quota: 100 });
    same([username, (await mcc.getDomain())[0]?.mboxes_in_domain], ["ann@example.com", 1]);
    await fails(mcc.domains.add({ domain: "example.com" }), { kind: "rejected", codes: ["domain_exists"] });
    mailcow.fail("get/domain/all", { status: 503 });
    await fails(mcc.getDomain(), { kind: "http", status: 503 });
    same((await mcc.getDomain()).length, 1);
  },
};

/** Of one check. */
const longestMs = 20_000;

/** Tries everything out, one after the other. */
async function smoke(context: Context): Promise<Finding[]> {
  const all = { ...documentedMethods, ...ordinary, ...inMemory, ...faults, ...sentOnce, ...networkChecks(context) };
  const findings: Finding[] = [];
  for (const [check, run] of Object.entries(all)) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(resolve, longestMs, "it did not end");
    });
    const ended = run(context).then(
      () => undefined,
      (reason: unknown) => (reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason)),
    );
    const error = await Promise.race([ended, late]);
    clearTimeout(timer);
    findings.push({ check, ...(error !== undefined && { error }) });
  }
  return findings;
}

/** Tries everything out on what a server says, and tells it how that ended. */
export async function report(server: string, more: Partial<Context> = {}): Promise<void> {
  const context = (await (await fetch(`${server}/context`)).json()) as Context;
  const body = JSON.stringify(await smoke({ ...context, ...more }));
  await (await fetch(`${server}/report`, { method: "POST", body })).text();
}
