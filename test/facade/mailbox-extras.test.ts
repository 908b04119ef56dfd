import { describe, expect, test } from "vitest";
import type { MailcowApiClient, MailcowTransportOptions } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { json } from "../support/server.ts";

const mailbox = (local: string, hash = "", more: object = {}) => ({
  username: `${local}@example.com`,
  name: "",
  domain: "example.com",
  attributes: { attribute_hash: hash },
  ...more,
});

/** A server that holds mailboxes and answers pages of them; between two calls it may change them. */
async function paged(change: (rows: ReturnType<typeof mailbox>[], call: number) => void, count = 6) {
  const rows = Array.from({ length: count }, (_, index) => mailbox(`u${String(index).padStart(5, "0")}`));
  let call = 0;
  return clientOf((response, { body }) => {
    change(rows, call++);
    const { start, length } = JSON.parse(body);
    const data = rows.slice(start, start + length);
    json(response, { draw: 0, recordsTotal: rows.length, recordsFiltered: rows.length, data });
  });
}

async function namesOf(mcc: MailcowApiClient, options: Parameters<MailcowApiClient["mailboxes"]["iterate"]>[0]) {
  const names: string[] = [];
  for await (const { username } of mcc.mailboxes.iterate(options)) names.push(username.replace("@example.com", ""));
  return names;
}

describe("iterating", () => {
  test("yields no row twice when rows are added in between", async () => {
    const { mcc } = await paged((rows, call) => call === 1 && rows.unshift(mailbox("a"), mailbox("b")));
    expect(await namesOf(mcc, { pageSize: 3 })).toEqual(["u00000", "u00001", "u00002", "u00003", "u00004", "u00005"]);
  });

  test("passes over no row when rows are deleted in between", async () => {
    const { mcc } = await paged((rows, call) => call === 1 && rows.splice(0, 2));
    expect(await namesOf(mcc, { pageSize: 3 })).toEqual(["u00000", "u00001", "u00002", "u00003", "u00004", "u00005"]);
  });

  test("ends when all is deleted in between", async () => {
    const { mcc } = await paged((rows, call) => call > 0 && rows.splice(0));
    expect(await namesOf(mcc, { pageSize: 3 })).toEqual(["u00000", "u00001", "u00002"]);
  });

  test("asks for a page only when it is needed", async () => {
    const { mcc, server } = await paged(() => {}, 500);
    for await (const _ of mcc.mailboxes.iterate()) break;
    expect(server.seen).toHaveLength(1);
    expect(bodiesOf(server)).toMatchObject([{ start: 0, length: 100 }]);
  });

  test("goes through more rows than it remembers", async () => {
    const { mcc, server } = await paged(() => {}, 12_500);
    expect(new Set(await namesOf(mcc, { pageSize: 1000 })).size).toBe(12_500);
    expect(server.seen).toHaveLength(13);
  });

  test("sorts by the number that mailcow has for a field, and rows of the same rank by name", async () => {
    const { mcc, server } = await clientOf({
      "search/mailbox": { recordsFiltered: 0, data: [] },
      "search/domain": { recordsFiltered: 0, data: [] },
    });
    await namesOf(mcc, { orderBy: "messages", descending: true, search: "50%_\\" });
    for await (const _ of mcc.domains.iterate({ orderBy: "bytes_total" }));
    const [mailboxes, domains] = bodiesOf(server) as { order: unknown; search: unknown; columns: Column[] }[];
    interface Column {
      data: number;
      searchable: boolean;
    }
    const searched = (columns: Column[] = []) => columns.filter(({ searchable }) => searchable).map(({ data }) => data);
    expect(mailboxes).toMatchObject({
      order: [
        { column: 20, dir: "desc" },
        { column: 2, dir: "asc" },
      ],
      search: { value: "50\\%\\_\\\\" },
    });
    expect(searched(mailboxes?.columns)).toEqual([2, 7, 23]);
    expect(domains?.order).toEqual([
      { column: 6, dir: "asc" },
      { column: 2, dir: "asc" },
    ]);
    expect(searched(domains?.columns)).toEqual([2, 14]);
  });

  test.each([404, 405])("reads the lists of the domains where the server can't search: %s", async (status) => {
    const { mcc, server } = await clientOf((response, { path }) => {
      if (path.endsWith("/domain/all"))
        return json(response, [{ domain_name: "example.com" }, { domain_name: "b.test" }]);
      if (path.endsWith("/all/example.com"))
        return json(response, [mailbox("ann"), mailbox("bob", "", { tags: ["Red"] })]);
      if (path.endsWith("/all/b.test")) return json(response, {});
      json(response, { type: "error", msg: "route not found" }, status);
    });
    expect(await namesOf(mcc, {})).toEqual(["ann", "bob"]);
    expect(await namesOf(mcc, { search: "red" })).toEqual(["bob"]);
    const domains: string[] = [];
    for await (const { domain_name } of mcc.domains.iterate({ search: "B.T" })) domains.push(domain_name);
    expect(domains).toEqual(["b.test"]);
    await expect(namesOf(mcc, { orderBy: "quota" })).rejects.toMatchObject({ kind: "http", status });
    expect(server.seen.filter(({ path }) => path === "/api/v1/get/mailbox/all")).toEqual([]);
  });

  test("refuses a page of nothing, which would never end, and an order that there is not", async () => {
    const { mcc, server } = await clientOf({});
    for (const pageSize of [0, -1, 1.5, Number.NaN])
      await expect(namesOf(mcc, { pageSize })).rejects.toThrow("must be");
    await expect(namesOf(mcc, { orderBy: "size" as "quota" })).rejects.toThrow(
      "orderBy must be one of username, quota",
    );
    expect(server.seen).toEqual([]);
  });

  test("passes on any other failure", async () => {
    const { mcc } = await clientOf((response) => json(response, { type: "error", msg: "down" }, 500));
    await expect(namesOf(mcc, {})).rejects.toMatchObject({ kind: "http", status: 500 });
  });
});

describe("mailboxes.edit", () => {
  const rows = {
    "get/mailbox/ann@example.com": mailbox("ann", "h1"),
    "get/mailbox/bob@example.com": mailbox("bob"),
    "get/mailbox/eve@example.com": mailbox("eve", "h1"),
    "get/mailbox/none@example.com": {},
  };
  const everybody = ["ann", "bob", "eve"].map((local) => `${local}@example.com`);

  /** A server that refuses those whose name is "none", and modifies the others. */
  const answering = (answers: Record<string, unknown>, options?: MailcowTransportOptions) =>
    clientOf((response, { path, body }) => {
      const word = path.replace("/api/v1/", "");
      if (word !== "edit/mailbox") return json(response, answers[word] ?? {});
      const { items } = JSON.parse(body) as { items: string[] };
      const refused = [{ type: "danger", log: [], msg: "access_denied" }];
      json(
        response,
        items.flatMap((item) => (item.startsWith("none") ? refused : success("mailbox_modified", item))),
      );
    }, options);

  test("keeps attribute_hash, which mailcow empties on every edit that does not send it", async () => {
    const { mcc, server } = await answering(rows);
    const attr = { name: "X" };
    const outcomes = await mcc.mailboxes.edit(everybody, attr);
    expect(bodiesOf(server)).toEqual([
      { items: ["ann@example.com", "eve@example.com"], attr: { attribute_hash: "h1", name: "X" } },
      { items: ["bob@example.com"], attr: { name: "X" } },
    ]);
    expect(outcomes).toMatchObject(everybody.map((id) => ({ id, results: [{ msg: ["mailbox_modified", id] }] })));
    expect(attr).toEqual({ name: "X" });
  });

  test("sets attribute_hash where it is given, without a read", async () => {
    const { mcc, server } = await answering(rows);
    await mcc.mailboxes.edit("ann@example.com", { attribute_hash: "" });
    expect(server.seen).toHaveLength(1);
    expect(bodiesOf(server)).toEqual([{ items: ["ann@example.com"], attr: { attribute_hash: "" } }]);
  });

  test("reads many mailboxes by the lists of their domains, and one with a slash too", async () => {
    const many = Array.from({ length: 12 }, (_, index) => mailbox(`m${index}`, index === 3 ? "h3" : ""));
    const listed = { "get/mailbox/reduced/example.com": [...many, mailbox("a/b", "h4")] };
    const { mcc, server } = await answering(listed);
    await mcc.mailboxes.edit(
      many.map(({ username }) => username),
      { active: 1 },
    );
    expect(server.seen).toHaveLength(3);
    expect(bodiesOf(server)[1]).toEqual({ items: ["m3@example.com"], attr: { attribute_hash: "h3", active: 1 } });
    await mcc.mailboxes.edit("A/b@Example.com", { active: 1 });
    expect(bodiesOf(server)[2]).toMatchObject({ items: ["A/b@example.com"], attr: { attribute_hash: "h4" } });
  });

  test("does not let a refusal of one stop those with another attribute_hash", async () => {
    const { mcc } = await answering(rows);
    const edit = mcc.mailboxes.edit(["none@example.com", ...everybody], { active: 1 });
    await expect(edit).rejects.toMatchObject({
      failures: [{ id: "none@example.com", code: "access_denied" }],
      succeeded: [{ id: "bob@example.com" }, { id: "ann@example.com" }, { id: "eve@example.com" }],
    });
  });

  test("refuses what its route ignores or would take for another mailbox, before anything is sent", async () => {
    const { mcc, server } = await answering(rows);
    for (const attr of [{ tls_enforce_in: 1 }, { username: "bob@example.com" }, { quarantine_category: "all" }]) {
      const [field] = Object.keys(attr);
      await expect(mcc.mailboxes.edit("ann@example.com", attr as object)).rejects.toThrow(`edit/mailbox: ${field}`);
    }
    await expect(mcc.mailboxes.edit([], { active: 1 })).rejects.toMatchObject({ kind: "input" });
    expect(server.seen).toEqual([]);
  });
});

describe("setTags", () => {
  const row = mailbox("ann", "h1", { tags: ["red", "Blue"] });

  test("keeps attribute_hash, and changes the spelling of a tag by deleting the old one first", async () => {
    const { mcc, server } = await clientOf({
      "get/mailbox/ann@example.com": row,
      "delete/mailbox/tag/ann@example.com": success("mailbox_modified", "ann@example.com"),
      "edit/mailbox": success("mailbox_modified", "ann@example.com"),
    });
    await mcc.mailboxes.setTags("ann@example.com", ["red", "blue"]);
    expect(bodiesOf(server)).toEqual([
      ["Blue"],
      { items: ["ann@example.com"], attr: { attribute_hash: "h1", tags: ["blue"] } },
    ]);
  });

  test("sends nothing where the tags are right already", async () => {
    const { mcc, server } = await clientOf({ "get/mailbox/ann@example.com": row });
    expect(await mcc.mailboxes.setTags("ann@example.com", ["Blue", "red"])).toEqual([]);
    expect(server.seen).toHaveLength(1);
  });

  test("refuses tags that can't be set before it deletes any", async () => {
    const { mcc, server } = await clientOf({});
    await expect(mcc.mailboxes.setTags("ann@example.com", [""])).rejects.toThrow("tags must be");
    await expect(mcc.domains.setTags("example.com", ["a", "A"])).rejects.toThrow("none twice");
    expect(server.seen).toEqual([]);
  });

  test("refuses a mailbox or a domain that is not there", async () => {
    const { mcc } = await clientOf({ "get/mailbox/ann@example.com": {}, "get/domain/example.com": {} });
    await expect(mcc.mailboxes.setTags("ann@example.com", ["a"])).rejects.toThrow("a mailbox that there is");
    await expect(mcc.domains.setTags("example.com", ["a"])).rejects.toThrow("a domain that there is");
  });

  test("shows what was deleted when the rest is refused", async () => {
    const { mcc } = await clientOf({
      "get/domain/example.com": { domain_name: "example.com", tags: ["old"] },
      "delete/domain/tag/example.com": success("domain_modified", "example.com"),
      "edit/domain": [{ type: "danger", log: [], msg: "access_denied" }],
    });
    await expect(mcc.domains.setTags("example.com", ["new"])).rejects.toMatchObject({
      codes: ["access_denied"],
      succeeded: [{ code: "domain_modified" }],
    });
  });
});

describe("what mailcow would take wrongly", () => {
  test("a new name is trimmed and lowered, as mailcow does not", async () => {
    const { mcc, server } = await clientOf({ "edit/rename-mbox": success("mailbox_renamed", "a", "b") });
    await mcc.mailboxes.rename("Ann@EXAMPLE.com", " Anna ");
    expect(bodiesOf(server)).toEqual([
      { attr: { domain: "example.com", old_local_part: "Ann", new_local_part: "anna", create_alias: false } },
    ]);
    await expect(mcc.mailboxes.rename("ann@example.com", "b ad")).rejects.toMatchObject({ kind: "input" });
  });

  test("a name of a custom attribute with blanks is refused, for mailcow takes them out", async () => {
    const { mcc, server } = await clientOf({});
    const set = mcc.mailboxes.setCustomAttributes("ann@example.com", { "two words": 1 });
    await expect(set).rejects.toThrow("each name must be a text without blanks");
    expect(server.seen).toEqual([]);
  });

  test("days below 1 are refused, for mailcow takes them for 7", async () => {
    const { mcc } = await clientOf({});
    await expect(mcc.mailboxes.lastLogins("ann@example.com", { days: 0 })).rejects.toThrow("days must be");
  });

  test("a login log is only reset for an address, by a single request", async () => {
    const { mcc, server } = await clientOf((response) => json(response, { type: "error", msg: "down" }, 500));
    await expect(mcc.mailboxes.resetLastLogins("API")).rejects.toMatchObject({ kind: "input" });
    expect(server.seen).toEqual([]);
    await expect(mcc.mailboxes.resetLastLogins("ann@example.com")).rejects.toMatchObject({ status: 500 });
    expect(server.seen).toHaveLength(1);
  });

  test("rights that are unknown are refused, for mailcow would take all away", async () => {
    const { mcc } = await clientOf({});
    const rights = ["no_such_right"] as unknown as "spam_alias"[];
    await expect(mcc.mailboxes.setAcl("ann@example.com", rights)).rejects.toThrow("user_acl");
  });

  test("a name that is no address is refused, for mailcow would read and set its own user's settings", async () => {
    const { mcc } = await clientOf({});
    await expect(mcc.mailboxSettings.getSpamScore("API")).rejects.toMatchObject({ kind: "input" });
    await expect(mcc.mailboxSettings.setSpamScore("API", "default")).rejects.toMatchObject({ kind: "input" });
    await expect(mcc.pushover.delete("API")).rejects.toMatchObject({ kind: "input" });
  });

  test("spam scores that are none, or the wrong way round, are refused", async () => {
    const { mcc } = await clientOf({});
    for (const [low, high] of [
      [15, 5],
      [7, 7],
      [Number.NaN, 5],
      [1, Number.POSITIVE_INFINITY],
    ] as const) {
      await expect(mcc.mailboxSettings.setSpamScore("a@example.com", { low, high })).rejects.toThrow("must be");
    }
  });

  test("what happens to tagged mail is kept under the name as it is spelled", async () => {
    const { mcc, server } = await clientOf({
      "get/mailbox/ann@example.com": mailbox("Ann"),
      "edit/delimiter_action": success("mailbox_modified", "Ann@example.com"),
    });
    await mcc.mailboxSettings.setDelimiterAction("ann@EXAMPLE.com", "subject");
    expect(bodiesOf(server)).toEqual([{ items: ["Ann@example.com"], attr: { tagged_mail_handler: "subject" } }]);
  });

  test("words that mailcow would take for none, or fail on, are refused", async () => {
    const { mcc } = await clientOf({ "get/mailbox/ann@example.com": mailbox("ann") });
    const { mailboxSettings } = mcc;
    const ann = "ann@example.com";
    await expect(mailboxSettings.setDelimiterAction(ann, "folder" as "none")).rejects.toThrow("tagged_mail_handler");
    await expect(mailboxSettings.setQuarantineNotification(ann, "Daily" as "daily")).rejects.toMatchObject({
      kind: "input",
    });
    await expect(mailboxSettings.setQuarantineCategory(ann, undefined as never)).rejects.toMatchObject({
      kind: "input",
    });
  });
});
