import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { none, testMethods } from "../support/methods.ts";
import { expectRefused, rejectionOf } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";

const file = "32-admin";
const password = "Mo0hoo.42";
const force = { force_tfa: "0", force_pw_update: "1" };
const carl = { username: "carl", active: 1, attributes: force };
const answers = {
  "get/domain-admin/ann": { username: "ann", active: 1, attributes: force, selected_domains: ["example.com"] },
  "get/admin/carl": carl,
  "get/admin/all": [carl, { ...carl, username: "dora", active: 0 }, { ...carl, username: "Emil" }],
  "edit/admin": success("admin_modified", "carl"),
  "delete/admin": success("admin_removed", "dora"),
};

// biome-ignore lint/suspicious/noExplicitAny: what JavaScript callers may pass
type Anything = any;

testMethods("admins", {
  list: (mcc, options) => mcc.admins.list(options),
  get: (mcc, options) => mcc.admins.get("carl", options),
  add: (mcc, options) => mcc.admins.add({ username: "carl" }, options),
  edit: {
    run: (mcc, options) => mcc.admins.edit("carl", { username_new: "carla" }, options),
    answers: { "GET /api/v1/get/domain-admin/{username}": [none] },
  },
  delete: (mcc, options) => mcc.admins.delete("carl", options),
});

test("edit, delete: send nothing for an empty list, but still check the attributes [guard everywhere/no-items]", async () => {
  const { mcc, server } = await clientOf({});
  expect(await mcc.admins.edit([], { active: 1 })).toEqual([]);
  expect(await mcc.admins.delete([])).toEqual([]);
  expect(server.seen).toEqual([]);
  await expectRefused((mcc) => mcc.admins.edit([], { activ: 1 } as Anything), /^edit\/admin: unknown field "activ"/);
  await expectRefused((mcc) => mcc.admins.edit([], { username_new: "all" }), /username is "all"/);
});

test("get, delete: accept a name in any case, with blanks around it", async () => {
  const { mcc, server } = await clientOf(answers);
  await mcc.admins.get(" Carl ");
  await mcc.admins.delete([" DORA"]);
  expect(server.seen[0]?.path).toBe("/api/v1/get/admin/carl");
  expect(bodiesOf(server)).toEqual([["dora"]]);
});

test("list, get: return the rows, or null for an unknown name", async () => {
  const { mcc } = await replay(
    recorded(file, "several", "get/admin/all"),
    recorded(file, "forces on"),
    recorded(file, "no such"),
  );
  expect((await mcc.admins.list()).map(({ username }) => username)).toContain("b1-adm-1");
  expect(await mcc.admins.get("b1-adm-2")).toMatchObject({ username: "b1-adm-2" });
  expect(await mcc.admins.get("b1-nobody")).toBeNull();
});

describe("add", () => {
  test("adds an active admin, and returns it with its password [guard everywhere/active-by-default]", async () => {
    const { mcc, server } = await replay(
      recorded(file, "upper case and blanks in the name"),
      recorded(file, "the name was lowered and trimmed"),
    );
    const added = await mcc.admins.add({ username: " B1-Adm.3_x ", password });
    expect(added).toMatchObject({ username: "b1-adm.3_x", active: 1, password });
    expect(bodiesOf(server)).toEqual([{ username: "b1-adm.3_x", password, password2: password, active: 1 }]);
  });

  test("adds an account whose name is part of another route", async () => {
    const { mcc, server } = await clientOf({
      "add/admin": success("admin_added", "template"),
      "get/admin/template": { ...carl, username: "template" },
    });
    const added = await mcc.admins.add({ username: "template", password });
    expect(added).toEqual({ ...carl, username: "template", password });
    expect(bodiesOf(server)).toHaveLength(1);
  });

  test.each([
    ["ALL", /username is "all"/],
    [" 0 ", /username must be/],
  ])(
    "refuses the user name %j, which can't be read back [guard domain-admins/unreadable-name]",
    async (username, says) => {
      await expectRefused((mcc) => mcc.admins.add({ username }), says);
      await expectRefused((mcc) => mcc.admins.add({ username }, { read: false }), says);
    },
  );

  test.each<[string, object, RegExp]>([
    ["an unknown field", { username: "carl", activ: 1 }, /^add\/admin: unknown field "activ"; did you mean "active"/],
    ["an account without a name", { active: 1 }, /username must be/],
    [
      "two passwords that differ",
      { username: "carl", password, password2: "else" },
      /password2 must be the same as password/,
    ],
    ["an empty password", { username: "carl", password: "" }, /password must be/],
  ])("refuses %s before it reads the password policy", async (_, admin, says) => {
    await expectRefused((mcc) => mcc.admins.add(admin as Anything), says);
  });

  test("throws mailcow's code if the name is taken", async () => {
    const { mcc } = await replay(recorded(file, "name taken"));
    expect((await rejectionOf(mcc.admins.add({ username: "b1-adm-1", password }))).codes).toEqual(["object_exists"]);
  });
});

describe("edit", () => {
  test("resends the flags that mailcow would reset [guard admins/forced-steps]", async () => {
    const { mcc, server } = await replay(recorded(file, "forces on"), recorded(file, "active on"));
    expect(await mcc.admins.edit("b1-adm-2", { active: 1 })).toMatchObject([{ id: "b1-adm-2" }]);
    expect(bodiesOf(server)).toEqual([
      { items: ["b1-adm-2"], attr: { active: 1, force_tfa: "1", force_pw_update: "1" } },
    ]);
  });

  test("resends the flags if they are given as undefined [guard admins/forced-steps] [guard everywhere/undefined-fields]", async () => {
    const { mcc, server } = await clientOf(answers);
    await mcc.admins.edit("carl", { force_pw_update: undefined, active: 1 } as Anything);
    expect(bodiesOf(server)).toEqual([{ items: ["carl"], attr: { active: 1, ...force } }]);
  });

  test("finds an account by its name in another case, and sends the stored name", async () => {
    const { mcc, server } = await replay(recorded(file, "read by another case"), recorded(file, "on again"));
    await mcc.admins.edit("b1-adm-zwei", { active: 1 });
    expect(bodiesOf(server)).toMatchObject([{ items: ["B1-Adm-Zwei"] }]);
  });

  test("reads all accounts before it edits the first, and returns outcomes with the stored names", async () => {
    const { mcc, server } = await clientOf({ ...answers, "get/admin/emil": { ...carl, username: "Emil" } });
    expect(await mcc.admins.edit(["EMIL", "carl"], { active: 1 })).toMatchObject([{ id: "Emil" }, { id: "carl" }]);
    expect(server.seen.map(({ method }) => method)).toEqual(["GET", "GET", "POST", "POST"]);
    expect(bodiesOf(server)).toMatchObject([{ items: ["Emil"] }, { items: ["carl"] }]);
  });

  test("keeps the password if an empty one is given", async () => {
    const { mcc, server } = await clientOf(answers);
    await mcc.admins.edit("carl", { password: "", active: 1 });
    expect(bodiesOf(server)).toEqual([{ items: ["carl"], attr: { active: 1, ...force } }]);
  });

  test("throws if the last active admin would become inactive, for which mailcow only returns a warning [guard everywhere/warnings]", async () => {
    const { mcc } = await replay(
      recorded(file, "read by another case"),
      recorded(file, "inactive one, while the default is the only active: refused"),
    );
    expect((await rejectionOf(mcc.admins.edit("b1-adm-zwei", { active: 0 }))).codes).toEqual(["no_active_admin"]);
  });

  test("refuses the name of a domain admin, with whom mailcow would mix up the account [guard domain-admins/rename]", async () => {
    const rename = { username_new: "ann" };
    await expectRefused((mcc) => mcc.admins.edit("carl", rename), /no other account/, answers);
  });

  test("refuses a user name that can't be read back [guard domain-admins/unreadable-name]", async () => {
    await expectRefused((mcc) => mcc.admins.edit("carl", { username_new: "ALL" }), /username is "all"/, answers);
  });

  test("refuses disable_tfa: false, which mailcow reads as true [guard admins/disable-tfa]", async () => {
    await expectRefused(
      (mcc) => mcc.admins.edit("carl", { disable_tfa: false as Anything }),
      /disable_tfa must be/,
      answers,
    );
  });
});

describe("delete", () => {
  test("returns an outcome for each", async () => {
    const { mcc, server } = await replay(
      recorded(file, "several", "get/admin/all"),
      recorded(file, "several, one unknown", "delete/admin"),
    );
    const { failures, succeeded } = await rejectionOf(mcc.admins.delete(["b1-adm.3_x", "b1-nobody"]));
    expect(failures).toMatchObject([{ id: "b1-nobody", code: "username_invalid" }]);
    expect(succeeded).toMatchObject([{ id: "b1-adm.3_x" }]);
    expect(bodiesOf(server)).toEqual([["b1-adm.3_x", "b1-nobody"]]);
  });

  test("deletes an admin named API like any other", async () => {
    const { mcc, server } = await clientOf(answers);
    await mcc.admins.delete("API");
    expect(bodiesOf(server)).toEqual([["api"]]);
  });

  test("deletes an active admin while another active one stays", async () => {
    const { mcc, server } = await clientOf(answers);
    await mcc.admins.delete(["dora", "carl"]);
    expect(bodiesOf(server)).toEqual([["dora", "carl"]]);
  });

  test("refuses to delete the last active admin, whatever the case of the name [guard admins/last-active]", async () => {
    await expectRefused((mcc) => mcc.admins.delete(["CARL", "emil"]), /an active admin is left/, answers);
  });
});
