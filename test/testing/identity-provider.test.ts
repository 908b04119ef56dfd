import { expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

const keycloak = {
  authsource: "keycloak",
  server_url: "https://login.example.com/",
  realm: "r",
  client_id: "mailcow",
  client_secret: "s3cret",
  redirect_url: "https://mail.example.com",
  version: "26.1.3",
} as const;

test("a provider is stored with its defaults, as texts, and hidden in the log", async () => {
  const { post, mailcow } = inMemory();
  const said = await post("edit/identity-provider", {
    attr: { ...keycloak, sync_interval: -1, login_provisioning: "no" },
  });
  expect(JSON.stringify(said)).not.toContain("s3cret");
  expect(mailcow.look("get/identity-provider")).toMatchObject({
    server_url: "https://login.example.com",
    sync_interval: "1",
    login_provisioning: true,
    periodic_sync: "0",
  });
});

test("the first field that is missing is named, and nothing is stored", async () => {
  const { post, mailcow } = inMemory();
  const { realm: _, version: __, ...rest } = keycloak;
  expect(codesIn(await post("edit/identity-provider", { attr: rest }))).toEqual([["required_data_missing", "realm"]]);
  expect(mailcow.look("get/identity-provider")).toEqual({ login_provisioning: 1 });
});

test("a provider that a mailbox needs stays", async () => {
  const { post, mailcow } = inMemory({ domains: ["example.com"] });
  await post("edit/identity-provider", { attr: keycloak });
  mailcow.add({ mailboxes: [{ local_part: "ann", domain: "example.com", authsource: "keycloak" }] });
  expect(codesIn(await post("delete/identity-provider", []))).toEqual([["authsource_in_use", null]]);
  await post("delete/mailbox", ["ann@example.com"]);
  expect(codesIn(await post("delete/identity-provider", []))).toEqual([["item_deleted", ""]]);
});
