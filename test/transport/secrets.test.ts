import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { createMailcowClient } from "../../src/client.ts";
import { MailcowInputError } from "../../src/errors.ts";
import { MailcowApiClient } from "../../src/index.ts";
import { reasonOf, safeCause } from "../../src/transport/cause.ts";
import { Redactor } from "../../src/transport/secrets.ts";
import { apiKey } from "../support/client.ts";
import { leaksIn } from "../support/leaks.ts";

const baseUrl = "https://mail.example.com";
const password = `hunter2 "ü/<&'Passw0rd!`;

describe("the key", () => {
  const clients = {
    facade: () => new MailcowApiClient(baseUrl, apiKey),
    typed: () => createMailcowClient({ baseUrl, apiKey }),
  };

  test.each(Object.entries(clients))("is not visible on a client: %s", (_, make) => {
    const client = make() as unknown as Record<string, unknown>;
    const reachable: unknown[] = [];
    const walk = (value: unknown, depth: number): void => {
      if ((typeof value !== "object" && typeof value !== "function") || value === null || depth > 6) return;
      for (const key of Reflect.ownKeys(value)) {
        const { value: member } = Object.getOwnPropertyDescriptor(value, key) ?? {};
        reachable.push(key, typeof member === "function" ? String(member) : member);
        walk(member, depth + 1);
      }
    };
    walk(client, 0);
    expect(reachable.filter((value) => String(value).includes(apiKey))).toEqual([]);
    expect(inspect(client, { depth: 20, showHidden: true, getters: true }) + JSON.stringify(client)).not.toContain(
      apiKey,
    );
  });

  test.each(Object.entries(clients))("does not come along in a structured clone: %s", (_, make) => {
    let said: unknown;
    try {
      said = structuredClone(make());
    } catch (error) {
      said = error;
    }
    expect(leaksIn(said, [apiKey])).toEqual([]);
  });

  test("is read once: later changes of the options by a caller have no effect", async () => {
    const sent: (string | null)[] = [];
    const options = {
      baseUrl,
      apiKey,
      fetch: async (_: unknown, init?: RequestInit) => {
        sent.push(new Headers(init?.headers).get("x-api-key"));
        return Response.json([]);
      },
    };
    const api = createMailcowClient(options);
    options.apiKey = "another";
    await api.GET("/api/v1/get/domain/all", { headers: { "X-API-Key": "a-third" } });
    expect(sent).toEqual([apiKey]);
    expect(options).toMatchObject({ baseUrl, apiKey: "another" });
  });
});

describe("a header of the caller's own", () => {
  const make = (headers: unknown) => () => createMailcowClient({ baseUrl, apiKey, headers: headers as never });
  test.each([
    ["a line end", { "X-Proxy": `${password}\r\nX-Evil: 1` }, /X-Proxy has characters/],
    ["letters beyond ASCII", { "X-Proxy": "hunter2ü" }, /X-Proxy.*ASCII/],
    ["NUL", { "X-Proxy": "hunter2\0" }, /X-Proxy/],
    ["an object", { "X-Proxy": { hunter2: 1 } }, /X-Proxy must be a text/],
    ["a list with a line end", { "X-Proxy": ["a", "hunter2\n"] }, /X-Proxy/],
    ["a name with a colon", { "X: hunter2": "a" }, /a name has characters/],
    ["pairs", [["X-Proxy", "hunter2\n"]], /X-Proxy/],
    ["a text", "X-Proxy: hunter2", /headers must be an object/],
  ])("is refused by its name alone: %s", async (_, headers, says) => {
    expect(make(headers)).toThrow(MailcowInputError);
    expect(make(headers)).toThrow(says);
    expect(make(headers)).not.toThrow(/hunter2/);
    const api = createMailcowClient({ baseUrl, apiKey, fetch: () => expect.unreachable() });
    for (const init of [{ headers }, { params: { header: headers } }]) {
      const error = await api
        .GET("/api/v1/get/domain/all", init as object as Record<string, unknown>)
        .catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(MailcowInputError);
      expect(leaksIn(error, ["hunter2"])).toEqual([]);
    }
  });

  test("may come in every form that fetch takes", async () => {
    const sent: Record<string, string>[] = [];
    const fetch = async (_: unknown, init?: RequestInit) => {
      sent.push(Object.fromEntries(new Headers(init?.headers)));
      return Response.json([]);
    };
    for (const headers of [
      { "X-A": "b", "X-N": 1 },
      new Headers({ "X-A": "b" }),
      [["X-A", "b"]],
      new Map([["X-A", "b"]]),
      { "X-A": "b", "X-Z": null, "X-U": undefined },
    ]) {
      await createMailcowClient({ baseUrl, apiKey, fetch, headers: headers as never }).GET("/api/v1/get/domain/all");
    }
    expect(sent.map((headers) => headers["x-a"])).toEqual(["b", "b", "b", "b", "b"]);
  });
});

describe("mailcow's echo of a request", () => {
  const answering = async (answer: unknown, body: object) => {
    const fetch = async () => Response.json(answer);
    const { data, response } = await createMailcowClient({ baseUrl, apiKey, fetch }).POST("/api/v1/add/relayhost", {
      body: body as never,
    });
    return { data: data as unknown, again: (await response.clone().json()) as unknown, text: await response.text() };
  };

  test("has no secrets, and everything else", async () => {
    const log = [
      "relayhost",
      "add",
      "with hunter2-long-enough in a text",
      {
        hostname: "[relay.example.com]:25",
        username: "ann",
        password: "ann",
        password2: "*",
        app_passwd: ["a", "b"],
        client_secret: 12345678,
        key: { nested: "k" },
        token_url: "https://id.example.com/token",
        renew_secret: 1,
        active: "1",
        mailpassword_flow: 1,
        empty_pass: "",
      },
      null,
    ];
    const sent = { username: "ann", password: "ann", private_key_file: "hunter2-long-enough" };
    const entry = { type: "success", log, msg: ["relayhost_added", "ann@example.com", "ann", "hunter2-long-enough!"] };
    const { data, again, text } = await answering([entry], sent);
    expect(data).toEqual([
      {
        type: "success",
        log: [
          "relayhost",
          "add",
          "with [redacted] in a text",
          {
            hostname: "[relay.example.com]:25",
            // The very password: not to be told from it.
            username: "[redacted]",
            password: "[redacted]",
            password2: "*",
            app_passwd: ["[redacted]", "[redacted]"],
            client_secret: "[redacted]",
            key: { nested: "[redacted]" },
            token_url: "https://id.example.com/token",
            renew_secret: 1,
            active: "1",
            mailpassword_flow: 1,
            empty_pass: "",
          },
          null,
        ],
        // However short, a secret is one, wherever it stands.
        msg: ["relayhost_added", "[redacted]@example.com", "[redacted]", "[redacted]!"],
      },
    ]);
    expect([again, JSON.parse(text)]).toEqual([data, data]);
  });

  test("leaves the codes as they are, of which a password may be a part", async () => {
    const answer = [{ type: "danger", log: [], msg: "password_complexity" }];
    const { data } = await answering(answer, { password: "password" });
    expect(data).toEqual(answer);
    const long = [{ type: "danger", log: [], msg: ["complexity_check_failed"] }];
    expect((await answering(long, { password: "complexity_check" })).data).toEqual(long);
  });
});

describe("the cause of an error", () => {
  const secrets = [apiKey, password, "47110815"];
  const redactor = new Redactor(() => secrets);
  const withParts = (errors: unknown[]) => Object.assign(new AggregateError([], "all failed"), { errors });
  const clean = Object.assign(new Error("connect ECONNREFUSED", { cause: new Error("inner") }), {
    code: "ECONNREFUSED",
    port: 1,
  });

  test("stays unchanged if it is harmless", () => {
    expect(safeCause(clean, redactor)).toBe(clean);
    const both = new AggregateError([clean], "all failed");
    expect(safeCause(both, redactor)).toBe(both);
    expect(safeCause(undefined, redactor)).toBeUndefined();
  });

  const cyclic: Error & { request?: unknown } = new Error("cyclic");
  cyclic.request = { headers: { "X-API-Key": apiKey }, error: cyclic };
  const endless = new Error("endless");
  endless.cause = endless;
  const named = new Error("named");
  named.name = apiKey;
  const accessor = Object.defineProperty(new Error("accessor"), "key", { get: () => apiKey, enumerable: true });
  /** As axios does: nothing of its own hangs on the error, and yet it tells. */
  class Telling extends Error {
    toJSON(): object {
      return { key: apiKey };
    }
  }
  class Asked extends Error {
    get request(): string {
      return apiKey;
    }
  }
  class Named extends Error {
    override toString(): string {
      return apiKey;
    }
  }
  const throwing = Object.defineProperty(new Error("throwing"), "cause", {
    get: () => {
      throw new Error(apiKey);
    },
  });
  test.each([
    ["toJSON of its class", new Telling("x")],
    ["a getter of its class", new Asked("x")],
    ["toString of its class", new Named("x")],
    ["of a class below one that tells", new (class extends Telling {})("x")],
    ["a getter that throws", throwing],
    ["a message that is none", Object.assign(new Error("x"), { message: Object.create(null), key: apiKey })],
    ["the name of a property", Object.assign(new Error("x"), { [apiKey]: 1 })],
    ["the name of a symbol", Object.assign(new Error("x"), { [Symbol(apiKey)]: true })],
    ["a number", Object.assign(new Error("x"), { pin: 4711_0815 })],
    ["a function", Object.assign(new Error("x"), { retry: Object.assign(() => {}, { key: apiKey }) })],
    ["beside the parts of an aggregate", new AggregateError(Object.assign([new Error("x")], { key: apiKey }))],
    ["on the list of an aggregate", withParts(Object.assign([new Error("x")], { key: apiKey }))],
    ["an object with a toString", { toString: () => apiKey, key: apiKey }],
    ["a proxy", new Proxy(new Error("x"), { ownKeys: () => [apiKey], get: () => apiKey })],
    ["message", new TypeError(`sent ${apiKey}`)],
    ["code", Object.assign(new Error("x"), { code: apiKey })],
    ["deep", new Error("a", { cause: new Error("b", { cause: new Error(`c ${password}`) }) })],
    ["request", Object.assign(new Error("x"), { config: { headers: { "X-API-Key": apiKey } } })],
    ["hidden request", Object.defineProperty(new Error("x"), "request", { value: { key: apiKey } })],
    ["symbol", Object.assign(new Error("x"), { [Symbol("request")]: { key: apiKey } })],
    ["toJSON", Object.assign(new Error("x"), { request: apiKey, toJSON: () => ({}) })],
    ["aggregate", new AggregateError([new Error(apiKey), clean], "all failed")],
    ["text", `sent ${apiKey}`],
    ["endless", endless],
    ["cyclic", cyclic],
    ["name", named],
    ["accessor", accessor],
    ["no text", Object.create(null)],
  ])("is told without secrets: %s", (_, cause) => {
    expect(leaksIn(new Error("outer", { cause: safeCause(cause, redactor) }), secrets)).toEqual([]);
  });

  test("keeps what helps", () => {
    const leaky = Object.assign(new TypeError(`sent ${apiKey}`, { cause: clean }), {
      code: "E_LEAKY",
      errno: -1,
      ok: true,
    });
    expect(safeCause(leaky, redactor)).toMatchObject({
      name: "TypeError",
      message: "sent [redacted]",
      code: "E_LEAKY",
      errno: -1,
      ok: true,
      cause: clean,
    });
    expect(reasonOf(leaky)).toBe("inner");
    expect(reasonOf("plain")).toBe("plain");
    expect(reasonOf(Object.create(null))).toBe("something that is no error");
  });
});
