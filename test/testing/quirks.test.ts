import { describe, expect, test } from "vitest";
import { createMailcow } from "../../src/testing/index.ts";

const url = "https://mail.example.com/api/v1";
const json = { "content-type": "application/json" };

function open(options?: Parameters<typeof createMailcow>[0]) {
  const mailcow = createMailcow(options);
  const send = (path: string, init: RequestInit = {}, key = mailcow.apiKey) =>
    mailcow.fetch(`${url}/${path}`, { ...init, headers: { "x-api-key": key, ...init.headers } });
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const text = await (await send(path, { method: "POST", headers: json, body: JSON.stringify(body) })).text();
    return text === "" ? "" : JSON.parse(text);
  };
  return { mailcow, send, post };
}
const codes = (said: unknown): unknown => (said as { msg: unknown }[]).map(({ msg }) => msg);

describe("the key", () => {
  test("counts wrong ones by address", async () => {
    const { mailcow, send } = open({ allowFrom: ["192.0.2.1"] });
    expect((await send("get/domain/all", {}, "wrong")).status).toBe(401);
    const denied = await send("get/domain/all");
    expect(await denied.json()).toEqual({ type: "error", msg: "api access denied for ip 127.0.0.1" });
    expect(mailcow.state.settings).toMatchObject({ AUTH_FAILURES: { "127.0.0.1": 2 } });
  });

  test("that may only read may search, but not write", async () => {
    const { mailcow, send } = open();
    const init = { method: "POST", headers: json, body: "{}" };
    expect((await send("add/domain", init, mailcow.readOnlyKey)).status).toBe(403);
    expect((await send("search/domain", init, mailcow.readOnlyKey)).status).toBe(200);
  });
});

describe("names", () => {
  test("are decoded twice in a path", async () => {
    const { send } = open({ domains: ["example.com"], mailboxes: ["a+b@example.com"] });
    const twice = await send("get/mailbox/a%252Bb%2540example.com");
    expect(await twice.json()).toMatchObject({ username: "a+b@example.com" });
    const once = await send("get/mailbox/a%2Bb%40example.com");
    expect(await once.json()).toEqual({});
  });

  test("are stored in punycode, and shown as people read them", async () => {
    const { mailcow } = open({ domains: ["Bücher.example"] });
    expect(mailcow.look("get/domain/all")).toMatchObject([
      { domain_name: "xn--bcher-kva.example", domain_h_name: "bücher.example" },
    ]);
  });
});

describe("limits", () => {
  test("name their numbers, as mailcow does", async () => {
    const { post } = open({
      domains: [{ domain: "example.com", mailboxes: 1, maxquota: 100, defquota: 10, quota: 150 }],
    });
    const add = (local_part: string, quota: number) =>
      post("add/mailbox", { local_part, domain: "example.com", password: "secret1", password2: "secret1", quota });
    expect(codes(await add("a", 101))).toEqual([["mailbox_quota_exceeded", 100]]);
    expect(codes(await add("a", 100))).toContainEqual(["mailbox_added", "a@example.com"]);
    expect(codes(await add("b", 60))).toEqual([["max_mailbox_exceeded", 1, 1]]);
    await post("edit/domain", { items: ["example.com"], attr: { mailboxes: 2 } });
    expect(codes(await add("b", 60))).toEqual([["mailbox_quota_left_exceeded", 50]]);
    expect(codes(await post("edit/domain", { items: ["example.com"], attr: { maxquota: 50 } }))).toEqual([
      ["max_quota_in_use", "100"],
    ]);
    expect(codes(await post("delete/domain", ["example.com"]))).toEqual([["domain_not_empty", "example.com"]]);
  });
});

describe("PHP", () => {
  test("dies of a tag that is there already, and what was done stays", async () => {
    const { mailcow, post } = open({ domains: [{ domain: "example.com", tags: ["red"] }] });
    expect(await post("edit/domain", { items: ["example.com"], attr: { description: "new", tags: ["RED"] } })).toBe("");
    expect(mailcow.look("get/domain/example.com")).toMatchObject({ description: "new", tags: ["red"] });
  });

  test("mixes success and refusal, and a field named like the items replaces them", async () => {
    const { post } = open({ domains: ["a.test"] });
    expect(codes(await post("edit/domain", { items: ["b.test", "a.test"], attr: { gal: 0 } }))).toEqual([
      "domain_invalid",
      ["domain_modified", "a.test"],
    ]);
    expect(codes(await post("edit/domain", { items: ["b.test"], attr: { domain: "a.test" } }))).toEqual([
      ["domain_modified", "a.test"],
    ]);
  });
});

describe("an older release", () => {
  test("lacks fields and routes that came later", async () => {
    const { mailcow, send } = open({ mailcow: "2025-12a", domains: ["example.com"], mailboxes: ["ann@example.com"] });
    expect((await send("search/domain", { method: "POST", headers: json, body: "{}" })).status).toBe(404);
    expect((await send("search/domain")).status).toBe(404);
    const mailbox = mailcow.look("get/mailbox/ann@example.com") as { attributes: object };
    expect(mailbox).not.toHaveProperty("sender_acl");
    expect(mailbox.attributes).not.toHaveProperty("force_tfa");
  });
});

test("a domain holds 10,000 mailboxes, and a search returns a page of them", async () => {
  const { mailcow, post } = open({
    domains: [{ domain: "example.com", aliases: 400, mailboxes: Array.from({ length: 10_000 }, (_, at) => `u${at}`) }],
  });
  expect(mailcow.look("get/domain/example.com")).toMatchObject({ mboxes_in_domain: 10_000 });
  const page = (await post("search/mailbox", { start: 9_990, length: 20 })) as { data: object[] };
  expect(page).toMatchObject({ recordsFiltered: 10_000 });
  expect(page.data.at(-1)).toMatchObject({ username: "u9@example.com" });
  expect(page.data).toHaveLength(10);
});
