import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectNone, expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";
import { json } from "../support/server.ts";

const of = (name: string, template?: string) => recorded("16-mailbox-template", name, template);
const get = (name: string) => of(name, "/get/mailbox/template/{template}");
const all = (name: string) => of(name, "/get/mailbox/template/all");
const attributesOf = (name: string) => (get(name).response.body as { attributes: Record<string, unknown> }).attributes;
const input = (message: string) =>
  expect.objectContaining({ kind: "input", message: expect.stringContaining(message) });
/** What JavaScript may pass all the same. */
const wrong = (value: unknown) => value as never;

/** A client of a server that lists one template of these attributes and says success to every write. */
const serverOf = (attributes: object) =>
  clientOf(
    (response, { method }) =>
      json(
        response,
        method === "GET"
          ? [{ id: 4, template: "staff", type: "mailbox", attributes }]
          : success("template_modified", "any"),
      ),
    { serverVersion: "2026-07a" },
  );

testMethods("mailboxTemplates", {
  list: (mcc, options) => mcc.mailboxTemplates.list(options),
  get: (mcc, options) => mcc.mailboxTemplates.get(4, options),
  add: (mcc, options) => mcc.mailboxTemplates.add({ template: "Default", acl: ["pushover"] }, options),
  edit: (mcc, options) => mcc.mailboxTemplates.edit(2, { quota: 1024 }, options),
  delete: (mcc, options) => mcc.mailboxTemplates.delete([3, 4], options),
});

describe("list", () => {
  test("returns the rows, which always include Default", async () => {
    const [some, fresh] = [all("several templates"), all("only the Default template on a fresh server")];
    const { mcc } = await replay(some, fresh);
    expect(await mcc.mailboxTemplates.list()).toEqual(some.response.body);
    expect(await mcc.mailboxTemplates.list()).toMatchObject([{ template: "Default" }]);
  });
});

describe("get", () => {
  test("returns the row, or null if there is none", async () => {
    const { mcc } = await replay(get("the full one"), get("unknown id"));
    expect(await mcc.mailboxTemplates.get(4)).toMatchObject({ id: 4, template: "a1-16full" });
    expect(await mcc.mailboxTemplates.get(99999)).toBeNull();
  });
});

describe("add", () => {
  test("returns the row with its id, and throws mailcow's code for a name that is taken", async () => {
    const { mcc } = await replay(
      of("minimal: no acl at all is granted"),
      all("several templates"),
      of("duplicate name"),
    );
    const add = () => mcc.mailboxTemplates.add({ template: "a1-16min" });
    expect(await add()).toMatchObject({ id: 3, template: "a1-16min" });
    await expect(add()).rejects.toMatchObject({ kind: "rejected", codes: ["template_exists"] });
  });

  test.each<[object, RegExp]>([
    [{ template: undefined }, /^add\/mailbox\/template: template must be given/],
    [{ quota: "1 GB" }, /quota must be/],
    [{ acl: ["acl_pushover"] }, /acl must be/],
    [{ imap_access: 1 }, /unknown field "imap_access"/],
  ])("refuses %j", async (given, says) => {
    await expectRefused((mcc) => mcc.mailboxTemplates.add(wrong({ template: "staff", ...given })), says);
  });
});

describe("edit", () => {
  test("sends all fields of the template, protocols and rights as lists, with the changes [guard mailbox-templates/whole]", async () => {
    const { mcc, server } = await replay(all("several templates"), of("every field", "/edit/mailbox/template"));
    expect(await mcc.mailboxTemplates.edit(4, { quota: 70 })).toMatchObject([{ id: 4 }]);
    const { template, ...held } = of("every field", "/add/mailbox/template").request.body as Record<string, unknown>;
    expect(bodiesOf(server)).toEqual([{ items: [4], attr: { ...held, quota: 70 } }]);
  });

  test("removes nothing from the Default template [guard mailbox-templates/whole]", async () => {
    const { mcc, server } = await replay(
      all("only the Default template on a fresh server"),
      of("Default keeps its name; rl_value '' becomes null"),
    );
    await mcc.mailboxTemplates.edit(2, { quota: 5 });
    expect(bodiesOf(server)).toMatchObject([
      { attr: { quota: 5, active: 1, protocol_access: ["imap", "pop3", "smtp", "sieve", "eas", "dav"] } },
    ]);
  });

  test("refuses a template that has lost its protocols, unless they are given, and keeps its name [guard mailbox-templates/whole]", async () => {
    const { mcc, server } = await serverOf(attributesOf("attributes now hold id, template, type, attributes"));
    await expect(mcc.mailboxTemplates.edit(4, { quota: 70 })).rejects.toEqual(input("protocol_access must be given"));
    await mcc.mailboxTemplates.edit(4, { quota: 70, protocol_access: ["imap"] });
    expect(bodiesOf(server)).toMatchObject([{ items: [4], attr: { quota: 70, protocol_access: ["imap"] } }]);
    const [{ attr }] = bodiesOf(server) as [{ attr: object }];
    for (const key of ["id", "template", "type", "attributes", "created"]) expect(attr).not.toHaveProperty(key);
  });

  test("refuses a template that has lost its rights unless they are given [guard mailbox-templates/whole]", async () => {
    const { acl_spam_alias, ...attributes } = attributesOf("the full one");
    const without = Object.entries(attributes).filter(([key]) => !key.startsWith("acl_"));
    const { mcc } = await serverOf(Object.fromEntries(without));
    await expect(mcc.mailboxTemplates.edit(4, { quota: 70 })).rejects.toEqual(input("acl must be given"));
  });

  test("sends no null, and sends tags as a list", async () => {
    const { mcc, server } = await serverOf(attributesOf("nulls"));
    await mcc.mailboxTemplates.edit(4, { active: 1 });
    expect(bodiesOf(server)).toEqual([
      {
        items: [4],
        attr: { active: 1, quota: 0, tags: [], quarantine_category: "reject", protocol_access: [], acl: [] },
      },
    ]);
  });

  test("allows a protocol that a template of an older version does not have", async () => {
    const { dav_access, ...older } = attributesOf("the minimal one has no acl_pw_reset");
    const { mcc, server } = await serverOf(older);
    await mcc.mailboxTemplates.edit(4, { active: 1 });
    expect(bodiesOf(server)).toMatchObject([
      { attr: { protocol_access: ["imap", "pop3", "smtp", "sieve", "eas", "dav"], acl: [] } },
    ]);
  });

  test("sends nothing for an empty list [guard everywhere/no-items]", async () => {
    await expectNone((mcc) => mcc.mailboxTemplates.edit([], { active: 1 }));
  });

  test("refuses invalid ids and changes before it reads anything [guard everywhere/ids-with-letters]", async () => {
    await expectRefused((mcc) => mcc.mailboxTemplates.edit(wrong([4, "5x"]), { active: 1 }), /items must be/);
    await expectRefused((mcc) => mcc.mailboxTemplates.get(wrong("5x")), /template must be a whole number/);
    const says = /^edit\/mailbox\/template: unknown field "imap_access"/;
    await expectRefused((mcc) => mcc.mailboxTemplates.edit(4, wrong({ imap_access: 0 })), says);
    await expectRefused((mcc) => mcc.mailboxTemplates.edit([], wrong({ imap_access: 0 })), says);
    await expectRefused((mcc) => mcc.mailboxTemplates.edit(4, { acl: [wrong("everything")] }), /acl must be/);
    await expectRefused((mcc) => mcc.mailboxTemplates.edit(4, { quota: wrong("unlimited") }), /quota must be/);
  });

  test("accepts a single right or protocol, and empty lists of them", async () => {
    const { mcc, server } = await serverOf(attributesOf("the full one"));
    await mcc.mailboxTemplates.edit("4", { acl: "pushover", protocol_access: [] });
    expect(bodiesOf(server)).toMatchObject([{ items: ["4"], attr: { acl: "pushover", protocol_access: [] } }]);
  });

  test("keeps the value of an attribute that is undefined [guard everywhere/undefined-fields]", async () => {
    const { mcc, server } = await serverOf(attributesOf("the full one"));
    await mcc.mailboxTemplates.edit(4, wrong({ active: 1, sogo_access: undefined }));
    expect(bodiesOf(server)).toMatchObject([{ attr: { active: 1, sogo_access: 0 } }]);
  });
});

describe("delete", () => {
  test("sends one call per id, and returns an outcome for each", async () => {
    const { mcc, server } = await replay(of("one", "/delete/mailbox/template"), of("again: success"));
    expect(await mcc.mailboxTemplates.delete([6, 4])).toMatchObject([{ id: 6 }, { id: 4 }]);
    expect(bodiesOf(server)).toEqual([[6], [4]]);
  });

  test("refuses an id such as 5x [guard everywhere/ids-with-letters]", async () => {
    await expectRefused(
      (mcc) => mcc.mailboxTemplates.delete(wrong("5x")),
      /^delete\/mailbox\/template: the input must be/,
    );
    await expectRefused(
      (mcc) => mcc.mailboxTemplates.delete(wrong([1, "5x"])),
      /^delete\/mailbox\/template: the input must be/,
    );
  });

  test("sends nothing for an empty list [guard everywhere/no-items]", async () => {
    await expectNone((mcc) => mcc.mailboxTemplates.delete([]));
  });
});
