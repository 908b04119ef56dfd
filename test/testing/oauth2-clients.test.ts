import { expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

test("a client gets an id and a secret, which can be renewed", async () => {
  const { mcc } = inMemory();
  const { id, client_id, client_secret } = await mcc.oauth2Clients.add({ redirect_uri: "https://app.test" });
  expect([client_id, client_secret]).toEqual([
    expect.stringMatching(/^[\da-f]{12}$/),
    expect.stringMatching(/^[\da-f]{24}$/),
  ]);
  await mcc.oauth2Clients.renewSecret(id);
  const renewed = await mcc.oauth2Clients.get(id);
  expect(renewed).toMatchObject({ client_id, redirect_uri: "https://app.test", scope: "profile" });
  expect(renewed?.client_secret).not.toBe(client_secret);
});

test("a deletion names its last item, and an edit ends at an unknown id", async () => {
  const { post } = inMemory();
  await post("add/oauth2-client", {});
  expect(codesIn(await post("edit/oauth2-client", { items: [1, 9, 1], attr: {} }))).toEqual([
    "Redirect/Callback URL cannot be empty",
    "access_denied",
  ]);
  expect(codesIn(await post("delete/oauth2-client", [1, "x"]))).toEqual(["access_denied", ["items_deleted", "x"]]);
  expect(codesIn(await post("delete/oauth2-client", []))).toEqual([["items_deleted", ""]]);
});
