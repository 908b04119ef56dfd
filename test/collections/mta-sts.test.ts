import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectNone, expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";

const extra = (name: string, template?: string) => recorded("13-domain-extras", name, template);
const policy = { mode: "enforce", mx: "mx1.a1-13a.test,*.a1-13a.test", max_age: 86400 } as const;

testMethods("mtaSts", {
  add: (mcc, options) =>
    mcc.mtaSts.add({ domain: "example.com", mode: "testing", mx: "mail.example.com", max_age: 86400 }, options),
  edit: (mcc, options) => mcc.mtaSts.edit("example.com", { mode: "enforce" }, options),
});

describe("add", () => {
  test("sends active: 1 and the version [guard everywhere/active-by-default]", async () => {
    const { mcc, server } = await replay(extra("every field: Task completed"));
    expect(await mcc.mtaSts.add({ ...policy, domain: "A1-13A.test" })).toMatchObject([{ type: "success" }]);
    expect(bodiesOf(server)).toEqual([{ ...policy, domain: "a1-13a.test", version: "STSv1", active: 1 }]);
  });

  test("throws the database's message if there is a policy already, and mailcow's code for an unknown domain", async () => {
    const { mcc } = await replay(extra("again: the database's own message"), extra("unknown domain", "/add/mta-sts"));
    const add = () => mcc.mtaSts.add({ ...policy, domain: "a1-13a.test" });
    await expect(add()).rejects.toMatchObject({ failures: [{ code: expect.stringContaining("Duplicate entry") }] });
    await expect(add()).rejects.toMatchObject({ kind: "rejected", failures: [{ code: "access_denied" }] });
  });
});

describe("edit", () => {
  test("sends the version, without which mailcow refuses every edit", async () => {
    const { mcc, server } = await replay(extra("edit with the version"));
    expect(await mcc.mtaSts.edit("a1-13a.test", { mode: "testing" })).toMatchObject([{ id: "a1-13a.test" }]);
    expect(bodiesOf(server)).toEqual([{ items: ["a1-13a.test"], attr: { version: "STSv1", mode: "testing" } }]);
  });

  test("names the domain that has no policy", async () => {
    const { mcc } = await replay(extra("several, one unknown", "/edit/mta-sts"));
    const names = ["a1-13a.test", "a1-13none.test", "a1-13b.test"];
    await expect(mcc.mtaSts.edit(names, { active: 1 })).rejects.toMatchObject({
      failures: [{ id: "a1-13none.test", code: "access_denied" }],
    });
  });

  test("refuses an attribute named like the id [guard everywhere/id-among-attributes]", async () => {
    const changes = { mode: "none", domains: ["example.org"] } as never;
    await expectRefused((mcc) => mcc.mtaSts.edit("example.com", changes), /unknown field "domains"/);
  });

  test("empties the list of mail servers with an empty text", async () => {
    const { mcc, server } = await clientOf({ "edit/mta-sts": success("object_modified", "example.com") });
    await mcc.mtaSts.edit("example.com", { mx: "" });
    expect(bodiesOf(server)).toEqual([{ items: ["example.com"], attr: { version: "STSv1", mx: "" } }]);
  });

  test("sends nothing for an empty list, but still checks the changes [guard everywhere/no-items]", async () => {
    await expectNone((mcc) => mcc.mtaSts.edit([], { mode: "none" }));
    await expectRefused((mcc) => mcc.mtaSts.edit([], { mode: "off" as never }), /mode must be "enforce"/);
  });
});

test("both methods send names in lower case and as punycode, and mail servers as one text [guard everywhere/punycode]", async () => {
  const { mcc, server } = await clientOf({
    "add/mta-sts": success("Task completed"),
    "edit/mta-sts": success("object_modified", "xn--bcher-kva.example"),
  });
  const mx = ["MX.Bücher.example", " *.b.TEST "];
  await mcc.mtaSts.add({ domain: " BÜcher.Example", mode: "testing", mx, max_age: "86400", active: false });
  await mcc.mtaSts.edit("Bücher.example", { mx: "MX1.b.test; mx2.b.test" });
  expect(bodiesOf(server)).toEqual([
    {
      ...{ domain: "xn--bcher-kva.example", version: "STSv1", mode: "testing", max_age: "86400", active: false },
      mx: "mx.xn--bcher-kva.example,*.b.test",
    },
    { items: ["xn--bcher-kva.example"], attr: { version: "STSv1", mx: "mx1.b.test,mx2.b.test" } },
  ]);
});

const invalid: [given: object, says: RegExp][] = [
  [{ mx: [] }, /^add\/mta-sts: mx must be/],
  [{ mx: ["a.test", ""] }, /mx must be/],
  [{ mx: "ann@example.com" }, /mx must be/],
  [{ max_age: 0 }, /max_age must be/],
  [{ max_age: 31_536_001 }, /max_age must be/],
  [{ mode: undefined }, /mode must be given/],
  [{ domain: "ann@example.com" }, /domain must be a domain/],
  [{ domains: "example.com" }, /unknown field "domains"; did you mean "domain"\?/],
];
test.each(invalid)("add refuses %j", async (given, says) => {
  await expectRefused((mcc) => mcc.mtaSts.add({ domain: "example.com", ...policy, ...given } as never), says);
});
