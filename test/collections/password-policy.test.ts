import { describe, expect, test } from "vitest";
import { bodiesOf } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";

const file = "19-account";

testMethods("passwordPolicy", {
  get: (mcc, options) => mcc.passwordPolicy.get(options),
  getHtml: (mcc, options) => mcc.passwordPolicy.getHtml(options),
  edit: (mcc, options) => mcc.passwordPolicy.edit({ length: 12 }, options),
});

test("get, getHtml: return the rules, and a text about them", async () => {
  const { mcc } = await replay(recorded(file, "every field as stored"), recorded(file, "html with every rule"));
  expect(await mcc.passwordPolicy.get()).toMatchObject({ length: "8", numbers: "1" });
  expect(await mcc.passwordPolicy.getHtml()).toMatch(/^<p/);
});

describe("edit", () => {
  test("sets the rules that are given", async () => {
    const { mcc, server } = await replay(recorded(file, "every field", "/edit/passwordpolicy"));
    const results = await mcc.passwordPolicy.edit({ length: 8, numbers: 1 });
    expect(results).toMatchObject([{ code: "password_policy_saved" }]);
    expect(bodiesOf(server)).toEqual([{ attr: { length: 8, numbers: 1 } }]);
  });

  test("refuses a length below 3, which mailcow would ignore with success [guard password-policy/length]", async () => {
    await expectRefused((mcc) => mcc.passwordPolicy.edit({ length: 2 }), /length must be/);
  });

  test("refuses an unknown rule, and no rules at all", async () => {
    await expectRefused(
      (mcc) => mcc.passwordPolicy.edit({ lenght: 8 } as never),
      /unknown field "lenght"; did you mean/,
    );
    await expectRefused((mcc) => mcc.passwordPolicy.edit(undefined as never), /must be given/);
  });

  test("refuses 2 for a flag, which mailcow would store and not enforce", async () => {
    await expectRefused((mcc) => mcc.passwordPolicy.edit({ chars: 2 as never }), /chars must be/);
  });
});
