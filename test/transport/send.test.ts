import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { createMailcowClient } from "../../src/client.ts";
import {
  MailcowAuthError,
  MailcowError,
  MailcowHttpError,
  MailcowInputError,
  MailcowNetworkError,
  MailcowReplyError,
  MailcowTimeoutError,
} from "../../src/errors.ts";
import { json, serve } from "../support/server.ts";

const apiKey = "5EC2E7-KEY000-000000-000000-000000";
type Answer = Parameters<typeof serve>[0];

const clientFor = async (answer: Answer, options: Partial<Parameters<typeof createMailcowClient>[0]> = {}) => {
  const server = await serve(answer);
  // Nothing here is about waiting for another attempt.
  return { server, api: createMailcowClient({ baseUrl: server.url, apiKey, retries: 0, ...options }) };
};
const read = (api: ReturnType<typeof createMailcowClient>, init = {}) => api.GET("/api/v1/get/domain/all", init);
const write = (api: ReturnType<typeof createMailcowClient>) =>
  api.POST("/api/v1/add/domain", { body: { domain: "example.com" } });
const failureOf = async (call: Promise<unknown>): Promise<MailcowError> => {
  const error = await call.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(MailcowError);
  return error;
};

describe("a call", () => {
  test("has key, content type and the headers of the client and of the call, and no cookie", async () => {
    const { server, api } = await clientFor((response) => json(response, []), { headers: { "X-Proxy": "a" } });
    await api.POST("/api/v1/delete/domain", {
      body: ["example.com"],
      headers: { "X-Call": "b", Cookie: "MCSESSID=1" },
    });
    expect(server.seen).toMatchObject([
      {
        method: "POST",
        path: "/api/v1/delete/domain",
        body: '["example.com"]',
        headers: { "x-api-key": apiKey, "content-type": "application/json", "x-proxy": "a", "x-call": "b" },
      },
    ]);
    expect(server.seen[0]?.headers).not.toHaveProperty("cookie");
  });

  test("returns the answer, with its response", async () => {
    const { api } = await clientFor((response) => json(response, {}));
    const { data, error, response } = await read(api);
    expect({ data, error, status: response.status }).toEqual({ data: {}, error: undefined, status: 200 });
  });

  test("keeps no session cookie", async () => {
    const { server, api } = await clientFor((response) => {
      response.setHeader("set-cookie", "MCSESSID=secret; path=/");
      json(response, {});
    });
    const { response } = await read(api);
    await read(api);
    expect(response.headers.get("set-cookie")).toBeNull();
    expect(server.seen[1]?.headers).not.toHaveProperty("cookie");
  });

  test("answers a refusal of mailcow's as `error`, also where it is labelled HTML", async () => {
    const body = { type: "error", msg: "authentication failed" };
    const { api } = await clientFor((response) => {
      response.writeHead(401, { "content-type": "text/html; charset=utf-8" }).end(JSON.stringify(body));
    });
    expect(await read(api)).toMatchObject({ error: body, response: { status: 401 } });
  });

  test("goes to one server only", async () => {
    const { api } = await clientFor((response) => json(response, {}));
    const other = await serve((response) => json(response, {}));
    expect(await failureOf(read(api, { baseUrl: other.url }))).toBeInstanceOf(MailcowInputError);
    expect(other.seen).toEqual([]);
  });

  test("uses the fetch that it is given", async () => {
    const sent: string[] = [];
    const api = createMailcowClient({
      baseUrl: "https://mail.example.com",
      apiKey,
      fetch: async (input, init) => {
        sent.push(`${init?.method} ${input}`);
        return Response.json({});
      },
    });
    await read(api);
    expect(sent).toEqual(["GET https://mail.example.com/api/v1/get/domain/all"]);
  });
});

describe("an answer that mailcow does not send", () => {
  const page = "<!DOCTYPE html><html><body>Something else</body></html>";
  const text =
    (status: number, body: string): Answer =>
    (response) => {
      response.writeHead(status, { "content-type": "text/html" }).end(body);
    };
  test.each([
    ["a page with 200", text(200, page), MailcowReplyError, /HTML page; is baseUrl the address of a mailcow/],
    ["half a JSON text", text(200, '[{"type":"succ'), MailcowReplyError, /cut off/],
    ["a page with 502", text(502, page), MailcowHttpError, /HTTP 502 with an HTML page/],
    ["JSON of somebody in between", text(403, '{"error":"denied"}'), MailcowHttpError, /HTTP 403/],
    ["nothing with 500", text(500, ""), MailcowHttpError, /HTTP 500/],
  ])("is an error: %s", async (_, answer, type, says) => {
    const { api } = await clientFor(answer);
    for (const call of [read, write]) {
      const error = await failureOf(call(api));
      expect(error).toBeInstanceOf(type);
      expect(error.message).toMatch(says);
      expect(error).toMatchObject({ request: { path: expect.stringContaining("/api/v1/") } });
    }
  });

  test("is an error when it is empty: a read without a key, or a write that failed inside", async () => {
    const { api } = await clientFor(text(200, ""));
    expect(await failureOf(read(api))).toMatchObject({ kind: "auth", reason: "no-key" });
    expect(await failureOf(write(api))).toMatchObject({
      kind: "reply",
      request: { method: "POST", path: "/api/v1/add/domain" },
    });
    expect(await failureOf(read(api))).toBeInstanceOf(MailcowAuthError);
  });

  test.each([301, 302, 303, 307, 308])(
    "is an error when it is a redirect (%i), which is not followed",
    async (status) => {
      const other = await serve((response) => json(response, {}));
      const { api } = await clientFor((response) => {
        response.writeHead(status, { location: `${other.url}/elsewhere` }).end();
      });
      const error = await failureOf(write(api));
      expect(error).toMatchObject({ kind: "http", status });
      expect(error.message).toContain(`${other.url}/elsewhere`);
      expect(other.seen).toEqual([]);
    },
  );
});

describe("a call without an answer", () => {
  test("is a network error that says what failed", async () => {
    const { server, api } = await clientFor((response) => void response.destroy());
    const error = await failureOf(read(api));
    expect(error).toBeInstanceOf(MailcowNetworkError);
    expect(error.message).toContain(server.url);
    expect(error.cause).toBeInstanceOf(Error);
    const unreachable = createMailcowClient({ baseUrl: "http://127.0.0.1:1", apiKey, retries: 0 });
    expect((await failureOf(read(unreachable))).kind).toBe("network");
  });

  test("is a network error when the body breaks off", async () => {
    const { api } = await clientFor((response) => {
      response.writeHead(200, { "content-length": 1000 }).write("[", () => response.destroy());
    });
    expect((await failureOf(read(api))).kind).toBe("network");
  });

  test("ends at its deadline, before the headers and within the body", async () => {
    for (const answer of [() => {}, (response: Parameters<Answer>[0]) => void response.write("[")]) {
      const { api } = await clientFor(answer, { timeoutMs: 20 });
      const error = await failureOf(read(api));
      expect(error).toBeInstanceOf(MailcowTimeoutError);
      expect(error.message).toContain("20 ms");
    }
  });

  test("may have a deadline of its own", async () => {
    const { api } = await clientFor(() => {});
    expect((await failureOf(read(api, { timeoutMs: 20 }))).kind).toBe("timeout");
    expect(await failureOf(read(api, { timeoutMs: 0 }))).toBeInstanceOf(MailcowInputError);
  });

  test("ends when its caller aborts, with the caller's own reason", async () => {
    const reason = new Error("changed my mind");
    const controller = new AbortController();
    const { api } = await clientFor(() => controller.abort(reason));
    await expect(read(api, { signal: controller.signal })).rejects.toBe(reason);
    const { api: unused, server } = await clientFor(() => {});
    await expect(read(unused, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(server.seen).toEqual([]);
  });
});

describe("a client", () => {
  const baseUrl = "https://mail.example.com";
  test.each([
    ["no key", { baseUrl, apiKey: "" }, /apiKey is missing/],
    ["a key with a line end", { baseUrl, apiKey: `${apiKey}\n` }, /line ends/],
    ["a key with letters beyond ASCII", { baseUrl, apiKey: `${apiKey}é` }, /ASCII/],
    ["no address", { baseUrl: "", apiKey }, /baseUrl is missing/],
    ["no time at all", { baseUrl, apiKey, timeoutMs: -1 }, /timeoutMs/],
  ])("refuses %s without repeating the key", (_, options, says) => {
    expect(() => createMailcowClient(options)).toThrow(MailcowInputError);
    expect(() => createMailcowClient(options)).toThrow(says);
    expect(() => createMailcowClient(options)).not.toThrow(new RegExp(apiKey));
  });

  test("does not show its key", () => {
    const api = createMailcowClient({ baseUrl, apiKey });
    expect(inspect(api, { depth: 9, showHidden: true }) + JSON.stringify(api)).not.toContain(apiKey);
  });
});
