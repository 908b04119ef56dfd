import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf } from "../support/client.ts";
import { recorded, replay } from "../support/replay.ts";
import { json } from "../support/server.ts";

describe("domains", () => {
  test("are listed, none as an empty list, and by their tags", async () => {
    const many = recorded("10-domain", "many domains");
    const { mcc, server } = await replay(
      recorded("10-domain", "all domains before this scenario adds any"),
      many,
      recorded("17-lists", "part of a tag is enough", "domain/all"),
    );
    expect(await mcc.domains.list()).toEqual([]);
    expect(await mcc.domains.list()).toEqual(many.response.body);
    expect(await mcc.domains.list({ tags: ["a1prod", "a1east"] })).toHaveLength(2);
    expect(server.seen[2]?.path).toBe("/api/v1/get/domain/all?tags=a1prod%2Ca1east");
  });

  test("are read one by one, null for none and for the name of an alias domain", async () => {
    const row = recorded("10-domain", "minimal domain as stored");
    const { mcc } = await replay(row, recorded("10-domain", "domain that does not exist: {}"), row);
    expect(await mcc.domains.get("A1-10A.test")).toEqual(row.response.body);
    expect(await mcc.domains.get("a1-10none.test")).toBeNull();
    expect(await mcc.domains.get("a1-10alias.test")).toBeNull();
  });

  test("are added and answered as they are stored", async () => {
    const stored = recorded("10-domain", "minimal domain as stored");
    const { mcc, server } = await replay(recorded("10-domain", "minimal add"), stored);
    expect(await mcc.domains.add({ domain: "A1-10a.test" })).toEqual(stored.response.body);
    expect(bodiesOf(server)).toEqual([{ domain: "a1-10a.test" }]);
  });

  test("are added without being read back, when that is asked for", async () => {
    const { mcc, server } = await replay(recorded("10-domain", "minimal add"));
    expect(await mcc.domains.add({ domain: "a1-10a.test" }, { read: false })).toBeNull();
    expect(server.seen).toHaveLength(1);
  });

  test("that can't be read back are an error", async () => {
    const { mcc } = await replay(
      recorded("10-domain", "minimal add"),
      recorded("10-domain", "domain that does not exist: {}"),
    );
    await expect(mcc.domains.add({ domain: "a1-10a.test" })).rejects.toMatchObject({ kind: "reply" });
  });

  test("that exist are refused with mailcow's code", async () => {
    const { mcc } = await replay(recorded("10-domain", "duplicate"));
    const error = await mcc.domains.add({ domain: "a1-10a.test" }).catch((reason) => reason);
    expect(error).toMatchObject({ kind: "rejected", codes: ["domain_exists"] });
    expect(error.is("domain_exists")).toBe(true);
    expect(error.message).toContain("there is a domain or an alias domain of that name");
  });

  test("are edited, with an outcome for each", async () => {
    const { mcc, server } = await replay(recorded("11-domain-edit", "two domains"));
    expect(await mcc.domains.edit(["a1-11a.test", "a1-11b.test"], { gal: 1 })).toEqual([
      {
        id: "a1-11a.test",
        results: [
          { id: "a1-11a.test", type: "success", code: "domain_modified", msg: ["domain_modified", "a1-11a.test"] },
        ],
      },
      {
        id: "a1-11b.test",
        results: [
          { id: "a1-11b.test", type: "success", code: "domain_modified", msg: ["domain_modified", "a1-11b.test"] },
        ],
      },
    ]);
    expect(bodiesOf(server)).toEqual([{ items: ["a1-11a.test", "a1-11b.test"], attr: { gal: 1 } }]);
  });

  test("of which one is unknown are edited but for that one, which is named", async () => {
    const { mcc } = await replay(recorded("11-domain-edit", "several, one unknown: danger between two successes"));
    const call = mcc.domains.edit(["a1-11a.test", "a1-11none.test", "a1-11b.test"], { gal: 0 });
    await expect(call).rejects.toMatchObject({
      failures: [{ id: "a1-11none.test", code: "domain_invalid" }],
      succeeded: [{ id: "a1-11a.test" }, { id: "a1-11b.test" }],
    });
  });

  test("are deleted, and a remark belongs to the domain that is named after it", async () => {
    const { mcc } = await replay(recorded("10-domain", "storage cannot be moved: warning and success"));
    const [outcome] = await mcc.domains.delete("a1-10b.test");
    expect(outcome?.results.map(({ type }) => type)).toEqual(["warning", "success"]);
    const { mcc: full } = await replay(recorded("10-domain", "still holds a mailbox"));
    await expect(full.domains.delete("a1-10b.test")).rejects.toMatchObject({ codes: ["domain_not_empty"] });
  });

  test("lose tags", async () => {
    const { mcc, server } = await replay(
      recorded("13-domain-extras", "several"),
      recorded("13-domain-extras", "unknown domain", "tag/{domain}"),
    );
    expect(await mcc.domains.deleteTags("a1-13a.test", ["b", "c d"])).toMatchObject([{ code: "domain_modified" }]);
    expect(bodiesOf(server)).toEqual([["b", "c d"]]);
    await expect(mcc.domains.deleteTags("a1-13none.test", ["a"])).rejects.toMatchObject({ codes: ["access_denied"] });
  });
});

describe("mailboxes", () => {
  const password = "Moohoo0-A1pass";

  test("are read one by one, null for none", async () => {
    const row = recorded("14-mailbox", "minimal mailbox: quota 0, percent_in_use '- '");
    const { mcc } = await replay(
      row,
      recorded("14-mailbox", "unknown mailbox: {}"),
      recorded("14-mailbox", "the API's own user name: a row of nulls"),
    );
    expect(await mcc.mailboxes.get("min@a1-14.test")).toEqual(row.response.body);
    expect(await mcc.mailboxes.get("none@a1-14.test")).toBeNull();
    expect(await mcc.mailboxes.get("room@a1-14.test")).toBeNull();
  });

  test("are added and answered as they are stored, with their password", async () => {
    const stored = recorded("14-mailbox", "minimal mailbox: quota 0, percent_in_use '- '");
    const { mcc, server } = await replay(
      recorded("14-mailbox", "minimal: no quota means unlimited, no name means empty"),
      stored,
    );
    const added = await mcc.mailboxes.add({ local_part: "Min", domain: "a1-14.test", quota: 0, password });
    expect(added).toEqual({ ...(stored.response.body as object), password });
    expect(bodiesOf(server)).toEqual([
      { local_part: "min", domain: "a1-14.test", quota: 0, password, password2: password },
    ]);
  });

  test("need to be told their quota, because none would mean unlimited", async () => {
    const { mcc, server } = await replay();
    await expect(mcc.mailboxes.add({ local_part: "min", domain: "a1-14.test" })).rejects.toThrow(/quota must be given/);
    expect(server.seen).toEqual([]);
  });

  test("that exist are refused", async () => {
    const { mcc } = await replay(recorded("14-mailbox", "duplicate"));
    const call = mcc.mailboxes.add({ local_part: "min", domain: "a1-14.test", quota: 1, password });
    await expect(call).rejects.toMatchObject({ codes: ["object_exists"] });
  });

  test("are edited, and their attribute_hash is sent again, which mailcow would empty", async () => {
    const edit = recorded("15-mailbox-edit", "strings and booleans");
    const { items, attr } = edit.request.body as { items: string[]; attr: { quota: string } };
    const { mcc, server } = await replay(
      recorded("15-mailbox-edit", "every field as stored; outer <> of the name are gone"),
      edit,
    );
    expect(await mcc.mailboxes.edit("u1@A1-15.test", attr)).toMatchObject([
      { id: items[0], results: [{ code: "mailbox_modified" }] },
    ]);
    expect(bodiesOf(server)).toEqual([{ items, attr: { attribute_hash: "f00d", ...attr } }]);
  });

  test("of which one is refused are edited but for that one, which is named", async () => {
    const { mcc, server } = await replay(
      recorded("15-mailbox-edit", "unchanged"),
      recorded("15-mailbox-edit", "the one named in attr was edited"),
      recorded("15-mailbox-edit", "several, one over"),
    );
    const call = mcc.mailboxes.edit(["u1@a1-15.test", "u2@a1-15.test"], { quota: 175 });
    await expect(call).rejects.toMatchObject({
      failures: [{ id: "u2@a1-15.test", code: "mailbox_quota_left_exceeded" }],
      succeeded: [{ id: "u1@a1-15.test" }],
    });
    expect(bodiesOf(server)).toEqual([{ items: ["u1@a1-15.test", "u2@a1-15.test"], attr: { quota: 175 } }]);
  });

  test("are deleted, and those that are unknown are named", async () => {
    const { mcc } = await replay(
      recorded("14-mailbox", "one", "delete/mailbox"),
      recorded("14-mailbox", "several, two refused"),
    );
    expect(await mcc.mailboxes.delete("big1@a1-14.test")).toMatchObject([{ id: "big1@a1-14.test" }]);
    const call = mcc.mailboxes.delete(["big2@a1-14.test", "none@a1-14.test", "gone@a1-14.test", "big3@a1-14.test"]);
    await expect(call).rejects.toMatchObject({
      failures: [{ id: "none@a1-14.test" }, { id: "gone@a1-14.test" }],
      succeeded: [{ id: "big2@a1-14.test" }, { id: "big3@a1-14.test" }],
    });
  });
});

describe("aliases", () => {
  test("are listed, of the server and of some domains", async () => {
    const all = recorded("20-alias", "all aliases of the server");
    const { mcc, server } = await replay(
      all,
      recorded("20-alias", "several domains, one unknown"),
      recorded("20-alias", "unknown domain only"),
    );
    expect(await mcc.aliases.list()).toEqual(all.response.body);
    expect(await mcc.aliases.list({ domain: ["a2-alias-ad.test", "a2-unknown.test"] })).toHaveLength(2);
    expect(server.seen[1]?.path).toBe("/api/v1/get/alias/all/a2-alias-ad.test%252Ca2-unknown.test");
    expect(await mcc.aliases.list({ domain: "a2-unknown.test" })).toEqual([]);
  });

  test("are read by id and by address, null for none", async () => {
    const { mcc } = await replay(
      recorded("20-alias", "one by id (full)"),
      recorded("20-alias", "one by address"),
      recorded("20-alias", "unknown id"),
    );
    expect(await mcc.aliases.get(5)).toMatchObject({ id: 5, address: "full@a2-alias.test" });
    expect(await mcc.aliases.get("full@a2-alias.test")).toMatchObject({ id: 5 });
    expect(await mcc.aliases.get(99999999)).toBeNull();
  });

  test("are added, active, and answered with their id", async () => {
    const { mcc, server } = await replay(
      recorded("20-alias", "minimal fields: address and goto only"),
      recorded("20-alias", "one by id (minimal)"),
    );
    const alias = await mcc.aliases.add({ address: "min@a2-alias.test", goto: ["one@a2-alias.test"] });
    expect(alias).toMatchObject({ id: 4, address: "min@a2-alias.test" });
    expect(bodiesOf(server)).toEqual([{ address: "min@a2-alias.test", goto: "one@a2-alias.test", active: 1 }]);
    expect(server.seen[1]?.path).toBe("/api/v1/get/alias/4");
  });

  test("that are taken are refused", async () => {
    const { mcc } = await replay(recorded("20-alias", "catch-all twice"));
    const call = mcc.aliases.add({ address: "@a2-alias.test", goto: "two@a2-alias.test" });
    await expect(call).rejects.toMatchObject({ codes: ["is_alias_or_mailbox"] });
  });

  test("are edited, and those to nowhere are told so again, or mailcow would store nothing", async () => {
    const edited = recorded("21-alias-edit", "active 0 with goto_null sent again: stored");
    const row = recorded("20-alias", "one by id (minimal)");
    const nowhere = {
      ...row,
      response: { ...row.response, body: { ...(row.response.body as object), goto: "null@localhost" } },
    };
    const { mcc, server } = await replay(nowhere, edited);
    await mcc.aliases.edit(3, { active: 0 });
    expect(bodiesOf(server)).toEqual([{ items: [3], attr: { active: 0, goto_null: 1 } }]);
  });

  test("to nowhere and to people are edited by a call each, and a refusal of one does not keep the other from it", async () => {
    const { body: row } = recorded("20-alias", "one by id (minimal)").response;
    const refused = recorded("21-alias-edit", "all gotos invalid: danger AND success, nothing stored").response.body;
    const edited = recorded("21-alias-edit", "active off").response.body;
    const { mcc, server } = await clientOf((response, { path, body }) => {
      if (path.endsWith("/get/alias/3")) return json(response, { ...(row as object), goto: "null@localhost" });
      json(response, path.endsWith("/get/alias/4") ? row : JSON.parse(body).items[0] === 3 ? refused : edited);
    });
    const error = await mcc.aliases.edit([3, 4], { active: 0, goto_null: "0" }).catch((reason) => reason);
    expect(error.failures).toMatchObject([{ id: 3 }]);
    expect(error.succeeded).toMatchObject([{ id: 3 }, { id: 4 }]);
    expect(bodiesOf(server)).toEqual([
      { items: [3], attr: { active: 0, goto_null: 1 } },
      { items: [4], attr: { active: 0, goto_null: "0" } },
    ]);
  });

  test("whose address begins with digits are found by their own number, not by that of another", async () => {
    const row = { id: 12, address: "267@a2-alias.test" };
    const list = recorded("20-alias", "all aliases of the server");
    const listed = { ...list, response: { ...list.response, body: [row] } };
    const { mcc, server } = await replay(listed, listed, listed, recorded("21-alias-edit", "new goto"));
    expect(await mcc.aliases.get("267@A2-alias.test")).toEqual(row);
    await expect(mcc.aliases.delete("267@nowhere.test")).rejects.toMatchObject({ kind: "input" });
    await mcc.aliases.edit("267@a2-alias.test", { goto: "two@a2-aledit.test" });
    expect(bodiesOf(server)).toEqual([{ items: [12], attr: { goto: "two@a2-aledit.test" } }]);
  });

  test("are deleted by id or address, and those that are unknown are named", async () => {
    const { mcc } = await replay(
      recorded("20-alias", "two at once"),
      recorded("20-alias", "one of three unknown: mixed result"),
    );
    expect(await mcc.aliases.delete(["11", "12"])).toMatchObject([{ id: "11" }, { id: "12" }]);
    const call = mcc.aliases.delete(["spam@a2-alias.test", 99999999, "ham@a2-alias.test"]);
    await expect(call).rejects.toMatchObject({ failures: [{ id: 99999999, code: "access_denied" }] });
  });
});

describe("DKIM keys", () => {
  test("are read, null for none", async () => {
    const key = recorded("30-dkim", "the key made with the domain");
    const { mcc } = await replay(key, recorded("30-dkim", "unknown domain"));
    expect(await mcc.dkim.get("B1-dk1.test")).toEqual(key.response.body);
    expect(await mcc.dkim.get("b1-dknone.test")).toBeNull();
  });

  test("that are there already are refused by add and answered by getOrAdd", async () => {
    const key = recorded("30-dkim", "the key made with the domain");
    const { mcc } = await replay(recorded("30-dkim", "already has a key"), key);
    await expect(mcc.dkim.add({ domain: "b1-dk1.test" })).rejects.toMatchObject({
      codes: ["dkim_domain_or_sel_invalid"],
    });
    expect(await mcc.dkim.getOrAdd({ domain: "b1-dk1.test" })).toEqual(key.response.body);
  });

  test("are made where there are none, and answered where there are, by addAndGetDKIM", async () => {
    const [added, key] = [recorded("30-dkim", "1024", "add/dkim"), recorded("30-dkim", "1024", "get/dkim/{domain}")];
    const { mcc, server } = await replay(recorded("30-dkim", "deleted: none"), added, key, key);
    const wanted = { domain: "B1-dk1.test", dkim_selector: "s1024", key_size: 1024 };
    expect(await mcc.addAndGetDKIM(wanted)).toEqual(key.response.body);
    expect(await mcc.addAndGetDKIM("b1-dk1.test")).toEqual(key.response.body);
    expect(bodiesOf(server)).toEqual([added.request.body]);
  });

  test("are deleted, one outcome each", async () => {
    const { mcc } = await replay(recorded("30-dkim", "delete several"));
    const outcomes = await mcc.dkim.delete(["b1-dk1.test", "b1-dk2.test", "b1-dk3.test"]);
    expect(outcomes.map(({ id, results }) => [id, results[0]?.code])).toEqual([
      ["b1-dk1.test", "dkim_removed"],
      ["b1-dk2.test", "dkim_removed"],
      ["b1-dk3.test", "dkim_removed"],
    ]);
  });

  test("are copied to other domains", async () => {
    const { mcc, server } = await replay(
      recorded("30-dkim-duplicate", "to several domains; keys there are replaced without a word"),
    );
    expect(await mcc.dkim.duplicate("b1-du1.test", ["b1-du2.test", "b1-du3.test"])).toHaveLength(2);
    expect(bodiesOf(server)).toEqual([{ from_domain: "b1-du1.test", to_domain: ["b1-du2.test", "b1-du3.test"] }]);
  });

  test("are brought along, and not over one that is there", async () => {
    const stored = recorded("30-dkim-import", "2048 imported; the domain need not exist");
    const { mcc } = await replay(
      recorded("30-dkim-import", "all fields, no key yet"),
      stored,
      recorded("30-dkim-import", "exists, overwrite 0"),
    );
    const input = { domain: "b1-im1.test", private_key_file: "-----BEGIN PRIVATE KEY-----" };
    expect(await mcc.dkim.import(input)).toEqual(stored.response.body);
    await expect(mcc.dkim.import(input)).rejects.toMatchObject({ codes: ["dkim_domain_or_sel_exists"] });
  });

  test("become a TXT record in parts of 255 characters", async () => {
    const key = recorded("30-dkim", "the key made with the domain");
    const { mcc } = await replay(key, recorded("30-dkim", "unknown domain"));
    const record = await mcc.dkim.dnsRecord("b1-dk1.test");
    const { dkim_txt } = key.response.body as { dkim_txt: string };
    expect(record).toMatchObject({ name: "dkim._domainkey.b1-dk1.test", type: "TXT", value: dkim_txt });
    expect(record?.chunks.join("")).toBe(dkim_txt);
    expect(Math.max(...(record?.chunks ?? []).map((chunk) => chunk.length))).toBe(255);
    expect(await mcc.dkim.dnsRecord("b1-dknone.test")).toBeNull();
  });
});

describe("domain admins", () => {
  test("are listed and read, none as an empty list and null", async () => {
    const one = recorded("31-domain-admin", "some unselected");
    const { mcc } = await replay(
      recorded("31-domain-admin", "none", "domain-admin/all"),
      one,
      recorded("31-domain-admin", "no such"),
    );
    expect(await mcc.domainAdmins.list()).toEqual([]);
    expect(await mcc.domainAdmins.get("b1-da-one")).toEqual(one.response.body);
    expect(await mcc.domainAdmins.get("b1-nobody")).toBeNull();
  });

  test("are added, active and in lower case, and answered with their password", async () => {
    const stored = recorded("31-domain-admin", "some unselected");
    const { mcc, server } = await replay(recorded("31-domain-admin", "all fields, the only domain there is"), stored);
    const password = "Mo0hoo.42";
    const admin = await mcc.domainAdmins.add({ username: " B1-DA-One ", password, domains: "b1-da.test" });
    expect(admin).toEqual({ ...(stored.response.body as object), password });
    expect(bodiesOf(server)).toEqual([
      { username: "b1-da-one", password, password2: password, domains: ["b1-da.test"], active: 1 },
    ]);
  });
});
