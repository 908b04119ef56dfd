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
  list: (mcc) => mcc.admins.list(),
  get: (mcc) => mcc.admins.get("carl"),
  add: (mcc) => mcc.admins.add({ username: "carl" }),
  edit: {
    run: (mcc) => mcc.admins.edit("carl", { username_new: "carla" }),
    answers: { "GET /api/v1/get/domain-admin/{username}": [none] },
  },
  delete: (mcc) => mcc.admins.delete("carl"),
});

test("list, get: return the rows, and null for none", async () => {
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

  test("throws mailcow's code where the name is taken", async () => {
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

  test("resends them where they are undefined [guard admins/forced-steps] [guard everywhere/undefined-fields]", async () => {
    const { mcc, server } = await clientOf(answers);
    await mcc.admins.edit("carl", { force_pw_update: undefined, active: 1 } as Anything);
    expect(bodiesOf(server)).toEqual([{ items: ["carl"], attr: { active: 1, ...force } }]);
  });

  test("finds an account by its name in another case, and sends that of the row", async () => {
    const { mcc, server } = await replay(recorded(file, "read by another case"), recorded(file, "on again"));
    await mcc.admins.edit("b1-adm-zwei", { active: 1 });
    expect(bodiesOf(server)).toMatchObject([{ items: ["B1-Adm-Zwei"] }]);
  });

  test("keeps the password where an empty one is given", async () => {
    const { mcc, server } = await clientOf(answers);
    await mcc.admins.edit("carl", { password: "", active: 1 });
    expect(bodiesOf(server)).toEqual([{ items: ["carl"], attr: { active: 1, ...force } }]);
  });

  test("throws where the last active admin would become inactive, of which mailcow only warns [guard everywhere/warnings]", async () => {
    const { mcc } = await replay(
      recorded(file, "read by another case"),
      recorded(file, "inactive one, while the default is the only active: refused"),
    );
    expect((await rejectionOf(mcc.admins.edit("b1-adm-zwei", { active: 0 }))).codes).toEqual(["no_active_admin"]);
  });

  test("refuses the name of a domain admin, which mailcow would mix up with it [guard domain-admins/rename]", async () => {
    const rename = { username_new: "ann" };
    await expectRefused((mcc) => mcc.admins.edit("carl", rename), /no other account/, answers);
  });

  test("refuses a name that can't be read again [guard domain-admins/unreadable-name]", async () => {
    await expectRefused(
      (mcc) => mcc.admins.edit("carl", { username_new: "ALL" }),
      /username_new must be other than all/,
      answers,
    );
  });

  test("refuses false for disable_tfa, which mailcow takes for true [guard admins/disable-tfa]", async () => {
    await expectRefused(
      (mcc) => mcc.admins.edit("carl", { disable_tfa: false as Anything }),
      /disable_tfa must be/,
      answers,
    );
  });

  test("refuses no accounts [guard everywhere/no-items]", async () => {
    await expectRefused((mcc) => mcc.admins.edit([], { active: 1 }), /items must be/, answers);
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

  test("throws for the name of the API key, of which mailcow only warns [guard everywhere/warnings]", async () => {
    const { mcc } = await replay(recorded(file, "several", "get/admin/all"), recorded(file, "the API user itself"));
    expect((await rejectionOf(mcc.admins.delete("API"))).codes).toEqual(["cannot_delete_self"]);
  });

  test("deletes an active admin while another active one stays", async () => {
    const { mcc, server } = await clientOf(answers);
    await mcc.admins.delete(["dora", "carl"]);
    expect(bodiesOf(server)).toEqual([["dora", "carl"]]);
  });

  test("refuses the last active admin, in any case of its name [guard admins/last-active]", async () => {
    await expectRefused((mcc) => mcc.admins.delete(["CARL", "emil"]), /an active admin is left/, answers);
  });
});
