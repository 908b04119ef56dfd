import { Agent, request as httpRequest } from "node:http";
import createClient from "openapi-fetch";
import type * as Library from "../../src/index.ts";
import { load } from "./rivals.ts";

/** One way to call mailcow: a row, all rows, and a write. */
export interface Contestant {
  row(): Promise<unknown>;
  rows(): Promise<unknown>;
  write(): Promise<unknown>;
}

const one = "/api/v1/get/mailbox/user1@example.com";
const all = "/api/v1/get/mailbox/all";
const add = "/api/v1/add/domain";
const apiKey = "5EC2E7-KEY000-000000-000000-000000";
const domain = {
  domain: "example.com",
  active: 1 as const,
  aliases: 400,
  defquota: 3072,
  mailboxes: 10,
  maxquota: 10240,
  quota: 10240,
};

type Call = (path: string, body?: string) => Promise<unknown>;
const plain = (call: Call): Contestant => ({
  row: () => call(one),
  rows: () => call(all),
  write: () => call(add, JSON.stringify(domain)),
});

const headersOf = (body?: string) => ({
  "X-API-Key": apiKey,
  ...(body !== undefined && { "Content-Type": "application/json" }),
});

interface Axios {
  get(url: string, options: object): Promise<{ data: unknown }>;
  post(url: string, body: object, options: object): Promise<{ data: unknown }>;
}
interface Undici {
  request(url: string, options: object): Promise<{ body: { json(): Promise<unknown> } }>;
}
interface MailcowApi {
  MailcowApiClient: new (
    baseUrl: string,
    apiKey: string,
  ) => { getMailboxes(id: string): Promise<unknown>; addDomain(domain: object): Promise<unknown> };
}

/** All who take part, bare `fetch` first: everything is measured by it. */
export function contestantsAt(baseUrl: string, library: typeof Library): Record<string, Contestant> {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(baseUrl);
  const axios = load("axios") as Axios;
  const undici = load("undici") as Undici;
  const { MailcowApiClient } = load("mailcow-api") as MailcowApi;
  const openapi = createClient<Library.paths>({ baseUrl, headers: headersOf() });
  const mailcowApi = new MailcowApiClient(baseUrl, apiKey);
  const ours = (options: object): { typed: Contestant; facade: Contestant } => {
    const mcc = new library.MailcowApiClient(baseUrl, apiKey, { maxConcurrency: 64, ...options });
    const path = { mailbox: "user1@example.com" };
    return {
      typed: {
        row: () => mcc.api.GET("/api/v1/get/mailbox/{mailbox}", { params: { path } }).then(({ data }) => data),
        rows: () => mcc.api.GET(all).then(({ data }) => data),
        write: () => mcc.api.POST(add, { body: domain }).then(({ data }) => data),
      },
      facade: {
        row: () => mcc.getMailboxes("user1@example.com"),
        // Without a domain, the list comes in pages: that is for `bench/lists.ts`.
        rows: () => mcc.mailboxes.list({ domain: "example.com" }),
        write: () => mcc.addDomain({ ...domain }),
      },
    };
  };
  const [node, fetched] = [ours({}), ours({ fetch: globalThis.fetch })];
  return {
    fetch: plain(async (path, body) => {
      const init = body === undefined ? {} : { method: "POST", body };
      return (await fetch(baseUrl + path, { ...init, headers: headersOf(body) })).json();
    }),
    "node:http": plain(
      (path, body) =>
        new Promise((resolve, reject) => {
          const method = body === undefined ? "GET" : "POST";
          const headers = headersOf(body);
          const request = httpRequest({ agent, hostname, port, path, method, headers }, (response) => {
            const pieces: Buffer[] = [];
            response.on("data", (piece) => pieces.push(piece));
            response.on("end", () => resolve(JSON.parse(Buffer.concat(pieces).toString())));
          });
          request.on("error", reject).end(body);
        }),
    ),
    "undici.request": plain(async (path, body) => {
      const method = body === undefined ? "GET" : "POST";
      return (await undici.request(baseUrl + path, { method, headers: headersOf(body), body })).body.json();
    }),
    axios: {
      row: async () => (await axios.get(baseUrl + one, { headers: headersOf() })).data,
      rows: async () => (await axios.get(baseUrl + all, { headers: headersOf() })).data,
      write: async () => (await axios.post(baseUrl + add, domain, { headers: headersOf() })).data,
    },
    "openapi-fetch": {
      row: () => openapi.GET("/api/v1/get/mailbox/{mailbox}", { params: { path: { mailbox: "user1@example.com" } } }),
      rows: () => openapi.GET(all),
      write: () => openapi.POST(add, { body: domain }),
    },
    "mailcow-api": {
      row: () => mailcowApi.getMailboxes("user1@example.com"),
      rows: () => mailcowApi.getMailboxes("all"),
      write: () => mailcowApi.addDomain({ ...domain }),
    },
    "typed client": node.typed,
    facade: node.facade,
    "typed client, fetch": fetched.typed,
    "facade, fetch": fetched.facade,
  };
}
