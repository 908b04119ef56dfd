import { describe, expect, test } from "vitest";
import type { NewOidcIdentityProvider } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectRefused, rejectionOf } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";

const ldap = { authsource: "ldap", host: "h", basedn: "dc=c", binddn: "cn=a", bindpass: "s3cret" } as const;
const provider = (name: string) => recorded("48-identity-provider", name);
const attrOf = (name: string) => (provider(name).request.body as { attr: never }).attr;
const done = { type: "success", msg: "Task completed" };

testMethods("identityProvider", {
  get: (mcc, options) => mcc.identityProvider.get(options),
  set: (mcc, options) => mcc.identityProvider.set({ ...ldap, default_template: "Default" }, options),
  delete: (mcc, options) => mcc.identityProvider.delete(options),
  test: (mcc, options) => mcc.identityProvider.test(ldap, options),
});

test("get: returns the provider, or null if none is configured", async () => {
  const { mcc } = await replay(provider("ldap: tls"), provider("none configured: login_provisioning is the number 1"));
  expect(await mcc.identityProvider.get()).toMatchObject({ authsource: "ldap", use_tls: true });
  expect(await mcc.identityProvider.get()).toBeNull();
});

describe("set", () => {
  test("tests LDAP before it is stored [guard identity-provider/silent-ldap]", async () => {
    const attr = attrOf("ldap with tls only");
    const { mcc, server } = await replay(provider("test ldap: bind succeeds"), provider("ldap with tls only"));
    expect((await mcc.identityProvider.set(attr)).map(({ code }) => code)).toEqual(["object_modified"]);
    expect(server.seen.map(({ path }) => path.split("/").at(-1))).toEqual([
      "identity-provider-test",
      "identity-provider",
    ]);
    expect(bodiesOf(server)).toEqual([{ attr }, { attr }]);
  });

  test("sends hosts and scopes as one text each, and URLs without the blanks around them", async () => {
    const { mcc, server } = await clientOf({
      "edit/identity-provider-test": done,
      "edit/identity-provider": success("object_modified", ""),
    });
    await mcc.identityProvider.set({ ...ldap, host: ["LDAP.Bücher.example", "ldap2.example.com"], port: "636" });
    const oidc = attrOf("generic-oidc, required fields only") as NewOidcIdentityProvider;
    const token_url = ` ${oidc.token_url} `;
    await mcc.identityProvider.set({ ...oidc, token_url, client_scopes: ["openid", "email"] });
    expect(bodiesOf(server).slice(1)).toEqual([
      { attr: { ...ldap, host: "ldap.xn--bcher-kva.example,ldap2.example.com", port: "636" } },
      { attr: { ...oidc, client_scopes: "openid email" } },
    ]);
  });

  test.each([{ default_template: "Nope" }, { mappers: ["a", "b"], templates: ["default", "Nope"] }])(
    "refuses the name of a template that does not exist, before the test: %j [guard identity-provider/templates]",
    async (names) => {
      const { mcc, server } = await clientOf({ "get/mailbox/template/all": [{ id: 2, template: "Default" }] });
      const set = mcc.identityProvider.set({ ...ldap, ...names });
      await expect(set).rejects.toThrow("must be names of mailbox templates that exist; Nope does not exist");
      expect(bodiesOf(server)).toEqual([]);
    },
  );

  test("stores nothing when the test fails", async () => {
    const { mcc, server } = await clientOf({
      "edit/identity-provider-test": { type: "error", msg: "Cannot edit item" },
    });
    await expect(mcc.identityProvider.set(ldap)).rejects.toMatchObject({ codes: ["Cannot edit item"] });
    expect(server.seen.map(({ path }) => path)).toEqual(["/api/v1/edit/identity-provider-test"]);
  });

  test("stores nothing when the LDAP server accepts the connection and stays silent [guard identity-provider/silent-ldap]", async () => {
    const { mcc, server } = await clientOf(() => {}, { timeoutMs: 50 });
    await expect(mcc.identityProvider.set(ldap)).rejects.toMatchObject({ kind: "timeout" });
    expect(server.seen.map(({ path }) => path)).toEqual(["/api/v1/edit/identity-provider-test"]);
  });

  test("sends the port, for which the test has no default [guard identity-provider/test-port]", async () => {
    const { mcc, server } = await clientOf({ "edit/identity-provider-test": done, "edit/identity-provider": done });
    await mcc.identityProvider.set(ldap);
    expect(bodiesOf(server)).toEqual([{ attr: { ...ldap, port: 389 } }, { attr: { ...ldap, port: 389 } }]);
  });

  test("stores LDAP untested with test: false", async () => {
    const { mcc, server } = await clientOf({ "edit/identity-provider": success("object_modified", "") });
    await mcc.identityProvider.set(ldap, { test: false });
    expect(server.seen.map(({ path }) => path)).toEqual(["/api/v1/edit/identity-provider"]);
  });

  test("stores other kinds untested", async () => {
    const attr = attrOf("generic-oidc, required fields only");
    const { mcc, server } = await replay(provider("generic-oidc, required fields only"));
    await mcc.identityProvider.set(attr);
    expect(bodiesOf(server)).toEqual([{ attr }]);
  });

  test("throws mailcow's code while mailboxes use a provider of another kind", async () => {
    const attr = attrOf("another kind while a mailbox uses keycloak");
    const { mcc } = await replay(provider("another kind while a mailbox uses keycloak"));
    const { codes } = await rejectionOf(mcc.identityProvider.set(attr, { test: false }));
    expect(codes).toEqual(["authsource_in_use"]);
  });

  test.each<[string, object, object | undefined, RegExp]>([
    ["an unknown option", ldap, { dryRun: true }, /unknown option "dryRun"/],
    ["an option test that is not a boolean", ldap, { test: "no" }, /test must be true or false/],
    ["an unknown field", { ...ldap, prot: 1 }, undefined, /unknown field "prot"; did you mean "port"/],
    ["a missing field", { authsource: "ldap" }, undefined, /basedn must be given/],
    ["a port of 0", { ...ldap, port: 0 }, undefined, /port must be .* of 1 to 65535/],
    ["an unknown kind", { ...ldap, authsource: "saml" }, undefined, /authsource must be "keycloak", or "generic-oidc"/],
  ])("refuses %s", async (_, provider, options, says) => {
    await expectRefused((mcc) => mcc.identityProvider.set(provider as never, options as never), says);
  });

  test("refuses unequal numbers of mappers and templates, for which mailcow keeps the old ones [guard identity-provider/mappers]", async () => {
    await expectRefused(
      (mcc) => mcc.identityProvider.set({ ...ldap, mappers: ["a", "b"], templates: ["x"] }),
      /templates must be/,
    );
  });
});

test("delete: sends an empty list, and throws mailcow's code while a mailbox uses the provider", async () => {
  const { mcc, server } = await replay(
    provider("delete when there is none: success"),
    provider("delete while a mailbox uses it"),
  );
  expect((await mcc.identityProvider.delete()).map(({ code }) => code)).toEqual(["item_deleted"]);
  expect((await rejectionOf(mcc.identityProvider.delete())).codes).toEqual(["authsource_in_use"]);
  expect(bodiesOf(server)).toEqual([[], []]);
});

describe("test", () => {
  test("returns whether mailcow reaches the provider", async () => {
    const attr = attrOf("test ldap: bind succeeds");
    const { mcc } = await replay(provider("test ldap: bind succeeds"), provider("test ldap: bind refused"));
    expect(await mcc.identityProvider.test(attr)).toBe(true);
    expect(await mcc.identityProvider.test(attr)).toBe(false);
  });

  test("throws if the server fails", async () => {
    const { mcc } = await clientOf((response) => void response.writeHead(502).end("<html>"));
    await expect(mcc.identityProvider.test(ldap)).rejects.toMatchObject({ kind: "http" });
  });

  test("refuses an unknown kind, whose test would always pass [guard identity-provider/unknown-kind]", async () => {
    await expectRefused(
      (mcc) => mcc.identityProvider.test({ authsource: "saml" } as never),
      /^edit\/identity-provider-test: .* must be/,
    );
  });
});
