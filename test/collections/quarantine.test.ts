import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf } from "../support/client.ts";
import { methodNames, testMethods } from "../support/methods.ts";
import { expectRefused, rejectionOf } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";

const quarantine = (name: string) => recorded("44-quarantine", name);

testMethods("quarantine", {
  list: (mcc, options) => mcc.quarantine.list(options),
  get: (mcc, options) => mcc.quarantine.get(1, options),
  release: (mcc, options) => mcc.quarantine.release([1, 2], options),
  learnSpam: (mcc, options) => mcc.quarantine.learnSpam(1, options),
  delete: (mcc, options) => mcc.quarantine.delete(15, options),
});

test("has no learnHam, which would deliver the mail without saying so [guard quarantine/learn-ham]", async () => {
  const { mcc } = await clientOf({});
  expect(methodNames(mcc.quarantine)).toEqual(["delete", "get", "learnSpam", "list", "release"]);
});

test("list: returns the mails, or [] if there are none", async () => {
  const some = quarantine("four items: virus_flag is a position, not a boolean; nulls; notified");
  const { mcc } = await replay(some, quarantine("empty quarantine (on a fresh server)"));
  expect(await mcc.quarantine.list()).toEqual(some.response.body);
  expect(await mcc.quarantine.list()).toEqual([]);
});

test("get: returns the mail with its text, or null for an unknown id", async () => {
  const one = quarantine("details: every column, symbols and fuzzy_hashes as JSON text");
  const { mcc } = await replay(one, quarantine("no such id: empty list"));
  expect(await mcc.quarantine.get(1)).toEqual(one.response.body);
  expect(await mcc.quarantine.get(999999)).toBeNull();
});

describe("release", () => {
  test("returns what was done with the mail", async () => {
    const { mcc, server } = await replay(quarantine("release one: released, deleted AND learned as ham"));
    const [outcome] = await mcc.quarantine.release(1);
    expect([outcome?.id, outcome?.results.map(({ code }) => code)]).toEqual([1, ["item_released", "learned_ham"]]);
    expect(bodiesOf(server)).toEqual([{ items: [1], attr: { action: "release" } }]);
  });

  test("sends one call per mail, so that a refusal names its mail and does not stop the others [guard quarantine/release-stops]", async () => {
    const { mcc, server } = await replay(
      quarantine("release what is gone"),
      quarantine("release one: released, deleted AND learned as ham"),
    );
    const error = await rejectionOf(mcc.quarantine.release([7, 1]));
    expect(error.failures).toMatchObject([{ type: "danger", code: "access_denied", category: "not-found", id: 7 }]);
    expect(error.succeeded.map(({ code, id }) => [code, id])).toEqual([
      ["item_released", 1],
      ["learned_ham", 1],
    ]);
    expect(bodiesOf(server)).toHaveLength(2);
  });

  test.each([
    ["release, postfix not reachable: warning, the item stays", /Cannot connect to Postfix/],
    ["release, postfix refuses the recipient: warning with the SMTP line", /Postfix returned SMTP code 550/],
  ])("throws if mailcow only returns a warning: %s [guard quarantine/release-stops]", async (name, words) => {
    const { mcc } = await replay(quarantine(name));
    expect((await rejectionOf(mcc.quarantine.release(1))).message).toMatch(words);
  });

  test("refuses an id with a letter [guard everywhere/ids-with-letters]", async () => {
    await expectRefused((mcc) => mcc.quarantine.release(["5x"] as never), /items must be/);
  });
});

describe("learnSpam", () => {
  test("returns what was done with the mail", async () => {
    const { mcc, server } = await replay(quarantine("learnspam: learned and deleted"));
    const [outcome] = await mcc.quarantine.learnSpam(6);
    expect([outcome?.id, outcome?.results.map(({ code }) => code)]).toEqual([6, ["qlearn_spam"]]);
    expect(bodiesOf(server)).toEqual([{ items: [6], attr: { action: "learnspam" } }]);
  });

  test("refuses an invalid id among valid ones", async () => {
    await expectRefused((mcc) => mcc.quarantine.learnSpam([1, 0]), /items must be/);
  });
});

test("release, learnSpam, delete: send nothing for an empty list [guard everywhere/no-items]", async () => {
  const { mcc, server } = await clientOf({});
  expect(await mcc.quarantine.release([])).toEqual([]);
  expect(await mcc.quarantine.learnSpam([])).toEqual([]);
  expect(await mcc.quarantine.delete([])).toEqual([]);
  expect(server.seen).toEqual([]);
});

test.each(["5x", "x", 0, -1, 1.5])(
  "get, delete: refuse the id %j, which mailcow would read as another number [guard everywhere/ids-with-letters]",
  async (id) => {
    await expectRefused((mcc) => mcc.quarantine.get(id as never), /^get\/quarantine\/{id}: id must be a whole number/);
    await expectRefused((mcc) => mcc.quarantine.delete([1, id as never]), /^delete\/qitem: the input must be/);
  },
);

test("delete: returns an outcome for each mail", async () => {
  const { mcc, server } = await replay(quarantine("delete two"));
  const outcomes = await mcc.quarantine.delete([16, 17]);
  expect(outcomes.map(({ id, results }) => [id, results.map(({ code }) => code)])).toEqual([
    [16, ["item_deleted"]],
    [17, ["item_deleted"]],
  ]);
  expect(bodiesOf(server)).toEqual([[16, 17]]);
});
