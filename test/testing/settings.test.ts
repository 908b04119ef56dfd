import { expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

test("browsers may call from where it is allowed", async () => {
  const { mcc, mailcow } = inMemory();
  await mcc.settings.setCors({ allowed_origins: ["https://App.example.com"], allowed_methods: ["GET"] });
  const headers = { "x-api-key": mailcow.apiKey, origin: "https://app.example.com" };
  const response = await mailcow.fetch("https://mail.example.com/api/v1/get/status/version", { headers });
  expect(response.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
  expect(response.headers.get("access-control-allow-methods")).toBe("GET, OPTIONS");
});

test.each([
  ["https://a.test/", "cors_invalid_origin"],
  ["https://u:p@a.test", "cors_invalid_origin"],
  ["https://a.test:0", "cors_invalid_origin"],
  ["https://[2001:db8::1]:81", "cors_headers_edited"],
])("%s as an origin: %s", async (allowed_origins, code) => {
  const { post } = inMemory();
  expect(codesIn(await post("edit/cors", { attr: { allowed_origins } }))).toEqual([code]);
});

test("up to 2025-10a, the answer of edit/cors is two lists, and origins are names of hosts", async () => {
  const { mailcow } = inMemory({ mailcow: "2025-10a" });
  const response = await mailcow.fetch("https://mail.example.com/api/v1/edit/cors", {
    method: "POST",
    headers: { "x-api-key": mailcow.apiKey, "content-type": "application/json" },
    body: JSON.stringify({ attr: { allowed_origins: "app.example.com" } }),
  });
  expect(await response.text()).toMatch(/^\[{"type":"success".*\]\[{.*required_data_missing/);
});

test("lists of links that have unlike lengths are passed over", async () => {
  const { post, mailcow } = inMemory();
  await post("edit/app_links", { attr: { app: "A", href: "/a", user_href: "/u", hide: 0 } });
  expect(codesIn(await post("edit/app_links", { attr: { app: "B", href: "/b" } }))).toEqual(["app_links"]);
  const links = [{ A: { link: "/a", user_link: "/u", hide: false } }];
  expect(mailcow.state.settings).toMatchObject({ APP_LINKS: links });
});

test("bad copies of quota warnings are refused, the others stored", async () => {
  const { post, mailcow } = inMemory({ domains: ["example.com"] });
  const attr = { domain: "example.com", bcc_rcpt: "a@b.test,<x>", active: 1 };
  expect(codesIn(await post("edit/quota_notification_bcc", { attr }))).toEqual([
    ["goto_invalid", "&lt;x&gt;"],
    "saved_settings",
  ]);
  expect(mailcow.state.settings).toMatchObject({ QW_BCC: { "example.com": { bcc_rcpts: ["a@b.test"], active: 1 } } });
});

test("failures of maps come before all successes", async () => {
  const { post } = inMemory();
  const items = ["bad_words.map", "ip_wl.map"];
  expect(codesIn(await post("edit/rspamd-map", { items, attr: { rspamd_map_data: " x " } }))).toEqual([
    ["global_map_invalid", "ip_wl.map"],
    ["object_modified", "bad_words.map"],
  ]);
});

test("a global filter is checked, and Dovecot starts again if it can", async () => {
  const { mcc, mailcow, post } = inMemory();
  const said = await post("add/global-filter", { filter_type: "prefilter", script_data: "if {" });
  expect(codesIn(said)).toEqual([["sieve_error", expect.stringContaining("line 1")]]);
  const stopped = { type: "info", container: "dovecot-mailcow", state: "exited", started_at: "", image: "" } as const;
  mailcow.add({ answers: { "get/status/containers": { "dovecot-mailcow": stopped } } });
  expect(codesIn(await post("add/global-filter", { filter_type: "prefilter", script_data: "keep;" }))).toEqual([
    "dovecot_restart_failed",
    "global_filter_written",
  ]);
  expect(await mcc.globalFilters.get("prefilter")).toBe("keep;");
});
