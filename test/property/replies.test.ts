import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MailcowError } from "../../src/errors.ts";
import { createMailcowClient, MailcowApiClient } from "../../src/index.ts";
import { resultsOf } from "../../src/transport/reply.ts";

const numRuns = 10_000;
const strays: unknown[] = [];
const note = (reason: unknown): number => strays.push(reason);
beforeAll(() => void process.on("unhandledRejection", note));
afterAll(() => void process.off("unhandledRejection", note));

/** A client whose server answers just this. */
const answering = (text: string, status = 200) => ({
  apiKey: "5EC2E7-KEY000-000000-000000-000000",
  baseUrl: "https://mail.example.com",
  retries: 0,
  fetch: async () => new Response(text, { status }),
});

function clientOf(text: string, status?: number): MailcowApiClient {
  const { baseUrl, apiKey, ...options } = answering(text, status);
  return new MailcowApiClient(baseUrl, apiKey, options);
}

const word = fc.oneof(
  fc.constantFrom("success", "danger", "error", "warning", "info", "Task completed", "domain_added", "access_denied"),
  fc.string({ maxLength: 8 }),
);
const odd = fc.constantFrom(
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "valueOf",
  "toJSON",
  "then",
  "log",
  "msg",
);
const anyJson = fc.json({ maxDepth: 5 });
/** Nearly what mailcow says. */
const entry = fc.dictionary(
  fc.oneof({ weight: 6, arbitrary: fc.constantFrom("type", "msg", "log") }, { weight: 1, arbitrary: odd }),
  fc.oneof(
    { weight: 5, arbitrary: word },
    { weight: 3, arbitrary: fc.array(fc.oneof(word, fc.jsonValue())) },
    fc.jsonValue(),
  ),
  { maxKeys: 5 },
);
const good = fc.record({
  type: fc.constantFrom("success", "warning", "info"),
  msg: fc.oneof(word, fc.array(fc.oneof(word, fc.jsonValue()))),
  log: fc.jsonValue(),
});
const nearly = fc
  .oneof(good, fc.array(fc.oneof({ weight: 6, arbitrary: good }, entry), { maxLength: 4 }), entry)
  .map((value) => JSON.stringify(value));
const polluting = fc
  .tuple(fc.constantFrom("__proto__", "constructor", "\\u005f_proto__"), anyJson, nearly)
  .map(
    ([name, value, rest]) =>
      `[{"${name}":${value},"type":"success","msg":"x"},{"a":{"${name}":{"polluted":1}}},${rest}]`,
  );
const replies = fc.oneof({ weight: 3, arbitrary: nearly }, { weight: 2, arbitrary: anyJson }, polluting);

const before = Object.getOwnPropertyNames(Object.prototype).join();
const untouched = (): void => {
  expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
};

/** Whether JSON says yes, by other means than those of the transport. */
function saysYes(text: string): boolean {
  const said: unknown = JSON.parse(text);
  const entries = (Array.isArray(said) ? said : [said]) as ({ type?: unknown; msg?: unknown } | null)[];
  const ofMailcow = (value: unknown) => typeof value === "string" || Array.isArray(value);
  return (
    entries.length > 0 &&
    entries.every((one) => ["success", "warning", "info"].includes(one?.type as string) && ofMailcow(one?.msg))
  );
}

test("a write resolves where every entry of the answer says so, and throws a MailcowError otherwise", async () => {
  let [yes, no] = [0, 0];
  await fc.assert(
    fc.asyncProperty(replies, async (text) => {
      const mcc = clientOf(text);
      const outcome = await mcc.deleteDomain("example.com").catch((error: unknown) => error);
      if (saysYes(text)) {
        yes += 1;
        expect(outcome).toBe(true);
      } else {
        no += 1;
        expect(outcome).toBeInstanceOf(MailcowError);
        expect(["rejected", "reply"]).toContain((outcome as MailcowError).kind);
        JSON.stringify(outcome);
      }
      untouched();
    }),
    { numRuns },
  );
  expect(Math.min(yes, no)).toBeGreaterThan(numRuns / 20);
  await new Promise(setImmediate);
  expect(strays).toEqual([]);
});

test("a write resolves whatever objects its answer names", async () => {
  const mcc = clientOf('[{"type":"success","log":[],"msg":["domain_removed",{"toString":1,"valueOf":1}]}]');
  await expect(mcc.deleteDomain("example.com")).resolves.toBe(true);
});

test("a read resolves, or throws a MailcowError, whatever the status", async () => {
  const status = fc.constantFrom(200, 201, 400, 401, 403, 404, 405, 429, 500, 503);
  await fc.assert(
    fc.asyncProperty(fc.oneof(replies, fc.string(), fc.string({ unit: "binary" })), status, async (text, status) => {
      const mcc = clientOf(text, status);
      const outcome = await mcc.getDomain().catch((error: unknown) => error);
      if (!(outcome instanceof MailcowError)) {
        expect(status).toBeLessThan(300);
        expect(Array.isArray(outcome)).toBe(true);
      }
      untouched();
    }),
    { numRuns },
  );
  await new Promise(setImmediate);
  expect(strays).toEqual([]);
});

test("the typed client answers the very data, or throws a MailcowError", async () => {
  await fc.assert(
    fc.asyncProperty(replies, async (text) => {
      const call = createMailcowClient(answering(text)).POST("/api/v1/add/domain", { body: { domain: "example.com" } });
      const answer = await call.catch((error: unknown) => error);
      if (answer instanceof MailcowError) return;
      const { data, response } = answer as { data: object; response: Response };
      const entries = Array.isArray(data) ? data : [data];
      const failed = entries.some((one) => one?.type === "danger" || one?.type === "error");
      if (failed) expect(() => resultsOf({ data, response })).toThrow(MailcowError);
      expect(Object.hasOwn(Object.assign({}, entries[0]), "polluted")).toBe(false);
      untouched();
    }),
    { numRuns },
  );
});
