import { MailcowApiClient, type MailcowApiOptions } from "mailcow-client";
import { apiKey, type Context } from "./context.ts";
import { fails, same } from "./expect.ts";
import type { Check } from "./smoke.ts";

type Options = (context: Context) => MailcowApiOptions | Promise<MailcowApiOptions>;

/** That a server with a certificate of one's own is reached, directly or through a proxy, and a write is sent once. */
const reaches =
  (name: string, options: Options, target: "tls" | "server" = "tls"): Check =>
  async (context) => {
    const given = await options(context);
    const seen = async (scenario: string): Promise<{ method: string }[]> =>
      (await fetch(`${context.server}/seen/${scenario}`)).json();
    const clientOf = (scenario: string) =>
      new MailcowApiClient(`${context[target]}/${scenario}`, apiKey, { timeoutMs: 5_000, ...given });
    const mcc = clientOf(name);
    same([await mcc.getDomain(), await mcc.deleteDomain("example.com")], [[], true]);
    same((await seen(name)).length, 2, "number of requests");
    for (const [scenario, kind] of [
      ["closes", "network"],
      ["resets", "network"],
      ["misdirected", "http"],
    ] as const) {
      const [dying, before] = [clientOf(scenario), (await seen(scenario)).length];
      await dying.getDomain();
      await fails(dying.deleteDomain("example.com"), { kind });
      same((await seen(scenario)).length - before, 2, `number of requests to one that ${scenario}`);
    }
  };
const through = (name: string, options: Options, target?: "tls" | "server"): Check => {
  const check = reaches(name, options, target);
  return async (context) => {
    const count = async () => Number(await (await fetch(`${context.server}/proxied`)).text());
    const before = await count();
    await check(context);
    if ((await count()) === before) throw new Error("nothing went through the proxy");
  };
};
const untrusting: Check = ({ tls }) =>
  fails(new MailcowApiClient(`${tls}/untrusting`, apiKey, { retries: 0 }).getDomain(), { kind: "network" });

const refused =
  (name: "ca" | "proxy"): Check =>
  async ({ tls, ca, proxy }) =>
    fails((async () => new MailcowApiClient(tls, apiKey, name === "ca" ? { ca } : { proxy }))(), {
      kind: "input",
      field: name,
    });

/** What `undici` and others call a `fetch` is not quite the type of the platform's. */
type Fetch = NonNullable<MailcowApiOptions["fetch"]>;
interface Undici {
  readonly fetch: (url: unknown, init: object) => ReturnType<Fetch>;
  readonly Agent: new (options: object) => object;
  readonly ProxyAgent: new (options: object) => object;
}
const undici = (): Promise<Undici> => load("undici") as Promise<Undici>;
/** A body that can't be sent twice: what is not told its length goes out in chunks. */
const once = ({ body, ...init }: RequestInit = {}): object =>
  body ? { ...init, body: new Blob([String(body)]).stream(), duplex: "half" } : init;
/** No bundler sees it. */
const load = (name: string): Promise<unknown> => import(name);

const besideUndici: Record<string, Check> = {
  "undici's Agent": reaches("agent", async ({ ca }) => {
    const { fetch, Agent } = await undici();
    const dispatcher = new Agent({ connect: { ca } });
    return { fetch: ((url, init) => fetch(url, { ...once(init), dispatcher })) as Fetch };
  }),
  "undici's ProxyAgent": through("proxy-agent", async ({ ca, proxy }) => {
    const { fetch, ProxyAgent } = await undici();
    const dispatcher = new ProxyAgent({ uri: proxy, requestTls: { ca } });
    return { fetch: ((url, init) => fetch(url, { ...once(init), dispatcher })) as Fetch };
  }),
  "fetch of node-fetch": async ({ server }) => {
    const { default: fetch } = (await load("node-fetch")) as { default: Fetch };
    const mcc = new MailcowApiClient(`${server}/node-fetch`, apiKey, { fetch });
    same([await mcc.getDomain(), await mcc.deleteDomain("example.com")], [[], true]);
    await fails(new MailcowApiClient(`${server}/redirects`, apiKey, { fetch }).getDomain(), { kind: "http" });
  },
};

const onNode = ({ extraCa, companions }: Context): Record<string, Check> => ({
  ...(extraCa
    ? {
        NODE_EXTRA_CA_CERTS: reaches("extra", () => ({})),
        "proxy: over TLS, with NODE_EXTRA_CA_CERTS": through("tls-proxy", ({ tlsProxy }) => ({ proxy: tlsProxy })),
      }
    : { "an unknown authority": untrusting }),
  ca: reaches("ca", ({ ca }) => ({ ca })),
  "ca and proxy": through("ca-proxy", ({ ca, proxy }) => ({ ca, proxy })),
  "proxy, to a server without TLS": through("proxy", ({ proxy }) => ({ proxy }), "server"),
  'proxy: "env"': through("env-proxy", ({ ca }) => ({ ca, proxy: "env" })),
  ...(companions && besideUndici),
});

const onBun: Record<string, Check> = {
  "an unknown authority": untrusting,
  "fetch with tls": reaches("bun-tls", ({ ca }) => ({
    fetch: ((url, init) => fetch(url, { ...init, tls: { ca } } as RequestInit)) as Fetch,
  })),
  "fetch with tls and proxy": through("bun-proxy", ({ ca, proxy }) => ({
    fetch: ((url, init) => fetch(url, { ...init, tls: { ca }, proxy } as RequestInit)) as Fetch,
  })),
};

declare const Deno: { createHttpClient(options: object): object };
const onDeno: Record<string, Check> = {
  "an unknown authority": untrusting,
  "Deno.createHttpClient with caCerts": reaches("deno-tls", ({ ca }) => {
    const client = Deno.createHttpClient({ caCerts: [ca] });
    return { fetch: ((url, init) => fetch(url, { ...once(init), client } as RequestInit)) as Fetch };
  }),
  "Deno.createHttpClient with caCerts and proxy": through("deno-proxy", ({ ca, proxy: url }) => {
    const client = Deno.createHttpClient({ caCerts: [ca], proxy: { url } });
    return { fetch: ((url, init) => fetch(url, { ...once(init), client } as RequestInit)) as Fetch };
  }),
};

/** Own authorities and proxies: by options in Node, by `fetch` elsewhere, where these options are refused. */
export function networkChecks(context: Context): Record<string, Check> {
  const { runtime } = context;
  if (runtime === "node") return onNode(context);
  const own = runtime === "bun" ? onBun : runtime === "deno" ? onDeno : {};
  return { "ca is refused by name": refused("ca"), "proxy is refused by name": refused("proxy"), ...own };
}
