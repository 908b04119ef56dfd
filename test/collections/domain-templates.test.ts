import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectNone, expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";
import { json } from "../support/server.ts";

const of = (name: string, template?: string) => recorded("12-domain-template", name, template);
const get = (name: string) => of(name, "/get/domain/template/{template}");
const all = (name: string) => of(name, "/get/domain/template/all");
const input = (message: string) =>
  expect.objectContaining({ kind: "input", message: expect.stringContaining(message) });
/** What JavaScript may pass all the same. */
const wrong = (value: unknown) => value as never;

/** A row like that of the recording, of another name and number. */
function row(id: number, template: string, changes = {}): object {
  const { attributes, ...rest } = of("the full one").response.body as { attributes: object };
  return { ...rest, id, template, attributes: { ...attributes, ...changes } };
}
/** A client of a server that lists these rows and says success to every write. */
const serverOf = (...rows: object[]) =>
  clientOf((response, { method }) => json(response, method === "GET" ? rows : success("template_modified", "any")));

testMethods("domainTemplates", {
  list: (mcc, options) => mcc.domainTemplates.list(options),
  get: (mcc, options) => mcc.domainTemplates.get(4, options),
  add: (mcc, options) => mcc.domainTemplates.add({ template: "Default" }, options),
  edit: (mcc, options) => mcc.domainTemplates.edit(1, { max_quota_for_domain: 5120 }, options),
  delete: (mcc, options) => mcc.domainTemplates.delete([3, 4], options),
});

describe("list", () => {
  test("returns the rows, which always include Default", async () => {
    const [some, fresh] = [all("several templates"), all("only the Default template on a fresh server")];
    const { mcc } = await replay(some, fresh);
    expect(await mcc.domainTemplates.list()).toEqual(some.response.body);
    expect(await mcc.domainTemplates.list()).toMatchObject([{ template: "Default" }]);
  });
});

describe("get", () => {
  test("returns the row, or null if there is none", async () => {
    const { mcc } = await replay(get("the full one"), get("unknown id"));
    expect(await mcc.domainTemplates.get(4)).toMatchObject({ id: 4, template: "a1-12full" });
    expect(await mcc.domainTemplates.get("99999")).toBeNull();
  });
});

describe("add", () => {
  test("returns the row with its id, and throws mailcow's code for a name that is taken", async () => {
    const { mcc } = await replay(of("minimal add"), all("several templates"), of("duplicate name"));
    expect(await mcc.domainTemplates.add({ template: "a1-12min" })).toMatchObject({ id: 3, template: "a1-12min" });
    await expect(mcc.domainTemplates.add({ template: "a1-12min" })).rejects.toMatchObject({
      kind: "rejected",
      codes: ["template_exists"],
    });
  });

  test("reads back a name with capitals and blanks, and sends tags without blanks around them", async () => {
    const { mcc, server } = await clientOf((response, { method }) =>
      json(response, method === "GET" ? [row(3, "One"), row(4, " One ")] : success("template_added", " One ")),
    );
    expect(await mcc.domainTemplates.add({ template: " One ", tags: [" Red "] })).toMatchObject({ id: 4 });
    expect(bodiesOf(server)).toEqual([{ template: " One ", tags: ["Red"] }]);
  });

  test.each<[object, RegExp]>([
    [{ template: "" }, /^add\/domain\/template: template must be/],
    [{ max_quota_for_domain: "10G" }, /max_quota_for_domain must be/],
    [{ quota: 5 }, /unknown field "quota"/],
    [{ active: "yes" }, /active must be/],
  ])("refuses %j", async (given, says) => {
    await expectRefused((mcc) => mcc.domainTemplates.add(wrong({ template: "one", ...given })), says);
  });
});

describe("edit", () => {
  test("sends all fields of the template, in MiB, with the changes [guard domain-templates/whole]", async () => {
    const { mcc, server } = await replay(all("several templates"), of("rename only: all limits fall to 0"));
    expect(await mcc.domainTemplates.edit(4, { template: "a1-12full2" })).toMatchObject([{ id: 4 }]);
    const held = of("add with every field").request.body as object;
    expect(bodiesOf(server)).toEqual([{ items: [4], attr: { ...held, template: "a1-12full2" } }]);
  });

  test("keeps the names of several templates, and everything that differs between them [guard domain-templates/one-per-call]", async () => {
    const { mcc, server } = await serverOf(
      row(3, "one", { gal: 1, tags: "red" }),
      row(4, "two", { gal: 0, tags: ["t1", 2] }),
    );
    await mcc.domainTemplates.edit([3, 4], { active: 1 });
    expect(bodiesOf(server)).toMatchObject([
      { items: [3], attr: { active: 1, gal: 1, tags: ["red"], def_quota_for_mbox: 7 } },
      { items: [4], attr: { active: 1, gal: 0, tags: ["t1", "2"], def_quota_for_mbox: 7 } },
    ]);
    for (const { attr } of bodiesOf(server) as { attr: object }[]) expect(attr).not.toHaveProperty("template");
  });

  test("names an id that does not exist, and edits the others", async () => {
    const { mcc, server } = await serverOf(row(3, "one"));
    await expect(mcc.domainTemplates.edit([99, 3, "3"], { active: 1 })).rejects.toMatchObject({
      failures: [{ id: 99, code: "template_id_invalid" }],
      succeeded: [{ id: 3 }],
    });
    expect(bodiesOf(server)).toMatchObject([{ items: [3] }]);
  });

  test("refuses an id such as 5x [guard everywhere/ids-with-letters]", async () => {
    await expectRefused((mcc) => mcc.domainTemplates.edit(wrong("5x"), { active: 1 }), /items must be/);
    await expectRefused((mcc) => mcc.domainTemplates.edit(wrong([1, "5x"]), { active: 1 }), /items must be/);
    await expectRefused((mcc) => mcc.domainTemplates.get(wrong("5x")), /template must be a whole number/);
  });

  test("refuses invalid changes before it reads anything, even without any ids", async () => {
    const says = /^edit\/domain\/template: unknown field "quota"/;
    await expectRefused((mcc) => mcc.domainTemplates.edit(1, wrong({ quota: 5 })), says);
    await expectRefused((mcc) => mcc.domainTemplates.edit([], wrong({ quota: 5 })), says);
    await expectRefused((mcc) => mcc.domainTemplates.edit(1, { key_size: wrong("big") }), /key_size must be/);
    await expectRefused((mcc) => mcc.domainTemplates.edit(1, wrong(null)), /the input must be an object/);
  });

  test("sends nothing for an empty list [guard everywhere/no-items]", async () => {
    await expectNone((mcc) => mcc.domainTemplates.edit([], { active: 1 }));
  });

  test("accepts an id in digits", async () => {
    const { mcc, server } = await serverOf(row(5, "one"));
    await mcc.domainTemplates.edit(wrong("5"), { active: 1 });
    expect(bodiesOf(server)).toMatchObject([{ items: ["5"], attr: { gal: 0 } }]);
  });

  test("keeps the value of an attribute that is undefined [guard everywhere/undefined-fields]", async () => {
    const { mcc, server } = await serverOf(row(3, "one"));
    await mcc.domainTemplates.edit(3, wrong({ active: 1, max_quota_for_domain: undefined }));
    expect(bodiesOf(server)).toMatchObject([{ attr: { active: 1, max_quota_for_domain: 9 } }]);
  });

  test("refuses a template with a field that can't be sent again, unless that field is given [guard domain-templates/whole]", async () => {
    const { mcc, server } = await serverOf(row(3, "one", { dkim_selector: "" }));
    await expect(mcc.domainTemplates.edit(3, { active: 1 })).rejects.toEqual(input("dkim_selector must be"));
    await mcc.domainTemplates.edit(3, { active: 1, dkim_selector: "dkim" });
    expect(bodiesOf(server)).toHaveLength(1);
  });

  test("edits none of several templates if one can't be sent again [guard domain-templates/whole]", async () => {
    const { mcc, server } = await serverOf(row(3, "one"), row(4, "two", { dkim_selector: "" }));
    await expect(mcc.domainTemplates.edit([3, 4], { active: 1 })).rejects.toEqual(input("dkim_selector must be"));
    expect(bodiesOf(server)).toEqual([]);
  });
});

describe("delete", () => {
  test("sends one call per id, because mailcow would delete only the first of several [guard domain-templates/one-per-call]", async () => {
    const { mcc, server } = await replay(of("two: only the first goes"), of("one", "/delete/domain/template"));
    expect(await mcc.domainTemplates.delete([3, 6])).toMatchObject([
      { id: 3, results: [{ code: "template_removed" }] },
      { id: 6, results: [{ code: "template_removed" }] },
    ]);
    expect(bodiesOf(server)).toEqual([[3], [6]]);
  });

  test("refuses an id such as 5x [guard everywhere/ids-with-letters]", async () => {
    await expectRefused(
      (mcc) => mcc.domainTemplates.delete(wrong("5x")),
      /^delete\/domain\/template: the input must be/,
    );
    await expectRefused(
      (mcc) => mcc.domainTemplates.delete(wrong([1, "5x"])),
      /^delete\/domain\/template: the input must be/,
    );
  });

  test("sends nothing for an empty list [guard everywhere/no-items]", async () => {
    await expectNone((mcc) => mcc.domainTemplates.delete([]));
  });
});
