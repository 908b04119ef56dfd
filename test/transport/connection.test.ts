import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { createMailcowClient } from "../../src/client.ts";
import { MailcowHttpError, MailcowNetworkError } from "../../src/index.ts";
import { withAdvice } from "../../src/transport/connection.ts";
import { apiKey } from "../support/client.ts";

/** The message of a read that fails. */
async function messageOf(baseUrl: string, fetch?: typeof globalThis.fetch): Promise<string> {
  const api = createMailcowClient({ baseUrl, apiKey, retries: 0, allowInsecure: true, ...(fetch && { fetch }) });
  const error: unknown = await api.GET("/api/v1/get/domain/all").catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  return (error as Error).message;
}

describe("a server that can't be reached", () => {
  test("because nothing listens: the message says what to check", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await messageOf(`http://127.0.0.1:${port}`)).toBe(
      `http://127.0.0.1:${port} can't be reached: ECONNREFUSED: nothing listens there: check the address and the port, ` +
        "and that mailcow is running",
    );
  });

  test("because its name has no address: the message says so", async () => {
    expect(await messageOf("https://mailcow.invalid")).toMatch(/: (ENOTFOUND|EAI_AGAIN): DNS does not /);
  });

  test("because it speaks no TLS: the message says so", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
    const { port } = server.address() as AddressInfo;
    expect(await messageOf(`https://127.0.0.1:${port}`)).toMatch(/the server does not speak TLS there: check the port/);
  });

  test.each([
    ["DEPTH_ZERO_SELF_SIGNED_CERT", /NODE_EXTRA_CA_CERTS/],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", /NODE_EXTRA_CA_CERTS/],
    ["CERT_HAS_EXPIRED", /renew it/],
    ["ERR_TLS_CERT_ALTNAME_INVALID", /another name/],
    ["HPE_INVALID_CONSTANT", /https:\/\//],
  ])("because of %s: the message says what to do", async (code, advice) => {
    const fetch = () =>
      Promise.reject(new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code }) }));
    const message = await messageOf("https://mail.example.com", fetch);
    expect(message).toContain(code);
    expect(message).toMatch(advice);
    expect(new MailcowNetworkError(message).kind).toBe("network");
  });

  test("for another reason: the message is the reason alone", () => {
    expect([withAdvice("ECONNRESET"), withAdvice("constructor")]).toEqual(["ECONNRESET", "constructor"]);
  });
});

describe("a redirect", () => {
  test.each([
    [
      "http://mail.example.com",
      "https://mail.example.com/api/v1/get/domain/all",
      /use https:\/\/mail\.example\.com as/,
    ],
    ["https://mail.example.com:8443", "https://mail.example.com/x", /use https:\/\/mail\.example\.com as baseUrl/],
    ["https://mail.example.com", "http://mail.example.com/x", /send the key to mailcow itself only/],
    ["https://mail.example.com", "https://login.example.org/?next=x", /send the key to mailcow itself only/],
    ["https://mail.example.com", "/login", /send the key to mailcow itself only/],
    ["https://mail.example.com", "", /send the key to mailcow itself only/],
  ])("from %s to %j never asks to send the key to another host", async (baseUrl, location, advice) => {
    const fetch = async () => new Response(null, { status: 302, headers: { location } });
    const message = await messageOf(baseUrl, fetch);
    expect(message).toMatch(advice);
    expect(new MailcowHttpError(message, 302, "").kind).toBe("http");
  });
});

test("a path without a slash is refused as such", async () => {
  const api = createMailcowClient({ baseUrl: "https://mail.example.com", apiKey });
  await expect(api.GET("get/domain/all" as "/api/v1/get/domain/all")).rejects.toMatchObject({
    kind: "input",
    message: "the path must begin with a slash: expected one such as /api/v1/get/domain/all, with ids in params.path",
  });
});
