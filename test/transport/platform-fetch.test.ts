import { afterEach, expect, test, vi } from "vitest";
import { platformFetch } from "../../src/transport/platform-fetch.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const sentBy = async (init?: RequestInit): Promise<RequestInit | undefined> => {
  const fetch = vi.fn(async () => new Response());
  vi.stubGlobal("fetch", fetch);
  await platformFetch("https://mail.example.com", init);
  return (fetch.mock.calls[0] as unknown[])[1] as RequestInit | undefined;
};

test("Node gets a body that it can't send twice, with its length", async () => {
  const sent = await sentBy({ method: "POST", body: '"ü"', headers: { "X-A": "b" } });
  expect(sent?.body).toBeInstanceOf(ReadableStream);
  expect(Object.fromEntries(sent?.headers as Headers)).toEqual({ "content-length": "4", "x-a": "b" });
  expect(await new Response(sent?.body as ReadableStream).text()).toBe('"ü"');
});

test.each([[{ node: "22" }], [{ undici: "7", bun: "1" }], [{ undici: "7", deno: "2" }], [undefined]])(
  "another runtime gets what there is: %j",
  async (versions) => {
    vi.stubGlobal("process", { ...process, versions });
    const init = { method: "POST", body: "x" };
    expect(await sentBy(init)).toBe(init);
  },
);

test("a read is sent as it is", async () => {
  const init = { method: "GET" };
  expect(await sentBy(init)).toBe(init);
});
