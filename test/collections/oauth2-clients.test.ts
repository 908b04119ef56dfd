import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf } from "../support/client.ts";
import { allAdded, none, testMethods } from "../support/methods.ts";
import { testNumberedRows } from "../support/numbered-rows.ts";
import { answering } from "../support/recorded-ensure.ts";
import { expectRefused, rejectionOf } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";
import { serverOfRows } from "../support/server-of-rows.ts";

const file = "37-oauth2-client";
const redirect_uri = "https://app.example.com/cb";
// The mock lists the same before and after, so that nothing would be new.
const answers = { "GET /api/v1/get/oauth2-client/all": [none] };

testMethods("oauth2Clients", {
  list: (mcc, options) => mcc.oauth2Clients.list(options),
  get: (mcc, options) => mcc.oauth2Clients.get(6, options),
  add: { run: (mcc, options) => mcc.oauth2Clients.add({ redirect_uri }, options), answers },
  addMany: {
    run: async (mcc, options) => allAdded(await mcc.oauth2Clients.addMany([{ redirect_uri }], options)),
    answers,
  },
  edit: (mcc, options) => mcc.oauth2Clients.edit(1, { redirect_uri: "https://app.example.org/cb" }, options),
  renewSecret: (mcc, options) => mcc.oauth2Clients.renewSecret(1, options),
  revokeTokens: (mcc, options) => mcc.oauth2Clients.revokeTokens(1, options),
  delete: (mcc, options) => mcc.oauth2Clients.delete([7, 6], options),
});

testNumberedRows({
  file,
  word: "oauth2-client",
  of: (mcc) => mcc.oauth2Clients,
  one: "by id; the secret is plain",
  add: {
    input: { redirect_uri: "https://b1-a.test/cb" },
    sent: { redirect_uri: "https://b1-a.test/cb" },
    said: "same again",
    id: 3,
  },
  many: { good: "same again", bad: "too long: fails without a word", list: "several", id: 3 },
  before: "one",
  edit: {
    said: "the address",
    attr: { redirect_uri: "https://b1-new.test/cb" },
    refused: "unknown only",
    code: "access_denied",
  },
});

test("renewSecret, revokeTokens: send nothing for an empty list, and refuse ids with letters [guard everywhere/no-items] [guard everywhere/ids-with-letters]", async () => {
  const { mcc, server } = await clientOf({});
  expect(await mcc.oauth2Clients.renewSecret([])).toEqual([]);
  expect(await mcc.oauth2Clients.revokeTokens([])).toEqual([]);
  expect(server.seen).toEqual([]);
  await expectRefused((mcc) => mcc.oauth2Clients.renewSecret("5x" as never), /items must be/);
  await expectRefused((mcc) => mcc.oauth2Clients.revokeTokens("5x" as never), /items must be/);
});

test("add: finds the client by its redirect_uri without the blanks around it", async () => {
  const { mcc, server } = await serverOfRows([], [{ id: 4, redirect_uri }]);
  expect(await mcc.oauth2Clients.add({ redirect_uri: ` ${redirect_uri} ` })).toMatchObject({ id: 4 });
  expect(bodiesOf(server)).toEqual([{ redirect_uri }]);
});

test("add: adds a client without a redirect_uri", async () => {
  const several = recorded(file, "several", "all");
  const rows = several.response.body as { id: number }[];
  const before = answering(
    several,
    rows.filter(({ id }) => id !== 6),
  );
  const { mcc } = await replay(before, recorded(file, "none given"), several);
  expect(await mcc.oauth2Clients.add({})).toMatchObject({ id: 6, redirect_uri: null });
});

describe("edit", () => {
  test("sends one call per id, and continues after a refusal, although mailcow would stop [guard everywhere/which-item]", async () => {
    const { mcc, server } = await replay(
      recorded(file, "unknown only", "edit/oauth2-client"),
      recorded(file, "the address", "edit/oauth2-client"),
    );
    const edit = mcc.oauth2Clients.edit([7, 4], { redirect_uri: "https://b1-new.test/cb" });
    const { failures, succeeded } = await rejectionOf(edit);
    expect([failures, succeeded]).toMatchObject([[{ id: 7 }], [{ id: 4 }]]);
    expect(bodiesOf(server)).toMatchObject([{ items: [7] }, { items: [4] }]);
  });

  test("refuses two actions in one edit, of which mailcow would do one [guard oauth2-clients/one-thing]", async () => {
    const attr = { redirect_uri: "https://app.example.com", renew_secret: 1 };
    await expectRefused((mcc) => mcc.oauth2Clients.edit(1, attr), /^edit\/oauth2-client: unknown field "renew_secret"/);
  });

  test("refuses an empty redirect_uri, which would change nothing", async () => {
    await expectRefused((mcc) => mcc.oauth2Clients.edit(1, { redirect_uri: "" }), /redirect_uri must be/);
  });
});

test("renewSecret, revokeTokens: send a single action each [guard oauth2-clients/one-thing]", async () => {
  const { mcc, server } = await replay(recorded(file, "renew the secret"), recorded(file, "revoke tokens"));
  expect(await mcc.oauth2Clients.renewSecret(1)).toMatchObject([{ id: 1, results: [{ code: "object_modified" }] }]);
  expect(await mcc.oauth2Clients.revokeTokens(1)).toMatchObject([{ id: 1, results: [{ code: "object_modified" }] }]);
  expect(bodiesOf(server)).toEqual([
    { items: [1], attr: { renew_secret: 1 } },
    { items: [1], attr: { revoke_tokens: 1 } },
  ]);
});

test("delete: sends one call per id, although mailcow would report only the last [guard everywhere/which-item]", async () => {
  const said = recorded(file, "one", "delete/oauth2-client");
  const { mcc, server } = await replay(said, said);
  const results = [expect.objectContaining({ type: "success" })];
  expect(await mcc.oauth2Clients.delete([7, 6])).toEqual([
    { id: 7, results },
    { id: 6, results },
  ]);
  expect(bodiesOf(server)).toEqual([[7], [6]]);
});
