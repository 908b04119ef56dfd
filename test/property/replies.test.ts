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

let reply = { text: "", status: 200 };
/** The options of clients whose server answers what `reply` says. */
const options = {
  baseUrl: "https://mail.example.com",
  apiKey: "5EC2E7-KEY000-000000-000000-000000",
  retries: 0,
  fetch: async () => new Response(reply.text, { status: reply.status }),
};
const api = createMailcowClient(options);
const { baseUrl, apiKey, ...others } = options;
const mcc = new MailcowApiClient(baseUrl, apiKey, others);

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
  const after = Object.getOwnPropertyNames(Object.prototype).join();
  const { polluted } = {} as { polluted?: unknown };
  // Tens of thousands of times, an `expect` takes longer than what it looks at.
  if (after !== before || polluted !== undefined) expect([after, polluted]).toEqual([before, undefined]);
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

test("a write resolves if every entry of the answer is a success, and throws a MailcowError otherwise", async () => {
  let [yes, no] = [0, 0];
  await fc.assert(
    fc.asyncProperty(replies, async (text) => {
      reply = { text, status: 200 };
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

test("a write resolves for any objects in its answer", async () => {
  reply = { text: '[{"type":"success","log":[],"msg":["domain_removed",{"toString":1,"valueOf":1}]}]', status: 200 };
  await expect(mcc.deleteDomain("example.com")).resolves.toBe(true);
});

test("a read resolves, or throws a MailcowError, for any status", async () => {
  const status = fc.constantFrom(200, 201, 400, 401, 403, 404, 405, 429, 500, 503);
  await fc.assert(
    fc.asyncProperty(fc.oneof(replies, fc.string(), fc.string({ unit: "binary" })), status, async (text, status) => {
      reply = { text, status };
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

test("the typed client returns the exact data, or throws a MailcowError", async () => {
  await fc.assert(
    fc.asyncProperty(replies, async (text) => {
      reply = { text, status: 200 };
      const call = api.POST("/api/v1/add/domain", { body: { domain: "example.com" } });
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
