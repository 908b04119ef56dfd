import { expect, test } from "vitest";
import { createMailcowClient, MailcowApiClient, MailcowInputError } from "../../src/index.ts";

const extra = { [Symbol("x")]: 1 };
const options = { baseUrl: "https://mail.example.com", apiKey: "any-key" };
let sent = 0;
const fetch = async () => {
  sent += 1;
  return Response.json({});
};
const mcc = new MailcowApiClient(options.baseUrl, options.apiKey, { fetch });
const alias = { address: "info@example.com", goto: "ann@example.com" };
type Anything = never;

/** Where a caller may put a field whose name is a symbol. */
const places: Readonly<Record<string, () => unknown>> = {
  "the input of a method": () => mcc.aliases.add({ ...alias, ...extra }),
  "a field that is an object": () =>
    mcc.mailboxSettings.setSpamScore("a@b.test", { low: 1, high: 2, ...extra } as Anything),
  "any JSON": () => mcc.mailboxes.setCustomAttributes("a@b.test", { color: { red: 1, ...extra } } as Anything),
  "a list": () => mcc.aliases.add({ ...alias, goto: Object.assign(["a@b.test"], extra) as Anything }),
  "the fields to change": () => mcc.aliases.edit(1, { active: 1, ...extra }),
  "fields that a newer mailcow knows": () =>
    mcc.aliases.add({ ...alias, ...extra }, { allowUnknown: true } as Anything),
  "the wanted row": () => mcc.aliases.ensure({ ...alias, ...extra }),
  "one of many": () => mcc.aliases.addMany([alias, { ...alias, ...extra }]),
  "a filter": () => mcc.mailboxes.list({ domain: "example.com", ...extra }),
  "options of a method": () => mcc.domains.list({}, { ...extra }),
  "options of a generator": () => mcc.domains.iterate({ ...extra }).next(),
  "the input of a documented method": () => mcc.addDomain({ domain: "example.com", ...extra }),
  "options of a client": () => new MailcowApiClient(options.baseUrl, options.apiKey, { ...extra }),
  "all options of a client": () => new MailcowApiClient({ ...options, ...extra } as Anything),
  "options of a typed client": () => createMailcowClient({ ...options, ...extra }),
  "headers of a client": () => createMailcowClient({ ...options, headers: { ...extra } }),
  "what goes with a call": () => mcc.api.GET("/api/v1/get/domain/all", { ...extra }),
  "headers of a call": () => mcc.api.GET("/api/v1/get/domain/all", { headers: { ...extra } }),
  params: () => mcc.api.GET("/api/v1/get/domain/all", { params: { ...extra } }),
  "ids in a path": () =>
    mcc.api.GET("/api/v1/get/domain/{domain}", { params: { path: { domain: "a.test", ...extra } } }),
  "a query": () => mcc.api.GET("/api/v1/get/domain/{domain}", { params: { query: { ...extra } } } as Anything),
  "a body": () => mcc.api.POST("/api/v1/add/alias", { body: { ...alias, ...extra } as Anything }),
  "inside a body": () => mcc.api.POST("/api/v1/add/alias", { body: { ...alias, goto: { ...extra } } as Anything }),
};

test.each(Object.entries(places))("a field whose name is a symbol is refused by name, in %s", async (_, call) => {
  sent = 0;
  const error = await new Promise((resolve) => resolve(call())).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MailcowInputError);
  expect(error).toMatchObject({
    field: expect.stringMatching(/^(.+\.)?Symbol\(x\)$/),
    message: expect.stringContaining('"Symbol(x)"'),
  });
  expect(sent).toBe(0);
});

test("a symbol that is not enumerable is nobody's field", async () => {
  const observed = Object.defineProperty({ address: "a" }, Symbol("of a framework"), { value: 1 });
  await expect(mcc.aliases.add(observed as Anything)).rejects.toMatchObject({ field: "address" });
});
