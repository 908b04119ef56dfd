import { describe, expect, test } from "vitest";
import { type MailcowApiClient, type MailcowApiOptions, MailcowInputError } from "../../src/index.ts";
import { bodiesOf, clientOf, policy, success } from "../support/client.ts";
import { json } from "../support/server.ts";

const version = "/api/v1/get/status/version";

/** A client of a server of this release, which says success to every write and returns these rows, by route. */
async function serverOf(
  release: unknown,
  rows: Record<string, unknown> = {},
  options: MailcowApiOptions & { serverVersion?: string } = {},
) {
  const { mcc, server } = await clientOf((response, { method, path }) => {
    if (path === version) return json(response, { version: release }, release === undefined ? 404 : 200);
    if (path.endsWith("passwordpolicy")) return json(response, policy);
    if (method === "GET") return json(response, rows[path.replace("/api/v1/", "")] ?? {});
    json(response, success("done"));
  }, options);
  return { mcc, server, asked: () => server.seen.filter(({ path }) => path === version).length };
}

const ann = { domain: "example.com", local_part: "ann", quota: 5, password: "secret-1" } as const;
const noRead = { read: false } as const;
type Call = (mcc: MailcowApiClient) => Promise<unknown>;

describe("what an older server would ignore and report as done", () => {
  test.each<[string, Call, string, string]>([
    ["tagged_mail_handler", (mcc) => mcc.addMailbox({ ...ann, tagged_mail_handler: "subfolder" }), "", "2025-09"],
    [
      "sender_allowed",
      (mcc) => mcc.aliases.ensure({ address: "a@x.test", goto: "b@x.test", sender_allowed: 1 }),
      "sender_allowed",
      "2026-01",
    ],
    [
      "a template's force_tfa",
      (mcc) => mcc.mailboxTemplates.add({ template: "t", force_tfa: 1 }),
      "force_tfa",
      "2026-03",
    ],
  ])(
    "%s is refused before it is sent, and sent to a server that has it [guard everywhere/releases]",
    async (_, call, words, since) => {
      const before = await serverOf("2025-05");
      const error = await call(before.mcc).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(MailcowInputError);
      const message = `${words}${words && " "}needs mailcow ${since} or later; this server is 2025-05`;
      expect((error as Error).message).toContain(message);
      expect(bodiesOf(before.server)).toEqual([]);
      const after = await serverOf("2026-07a");
      await call(after.mcc).catch(() => {});
      expect(bodiesOf(after.server)).not.toEqual([]);
      expect(after.asked()).toBe(1);
    },
  );

  test("a template keeps its force_tfa: an edit that would lose it is refused [guard mailbox-templates/force-tfa]", async () => {
    const row = { id: 3, template: "t", type: "mailbox", attributes: { force_tfa: "1", quota: 0, acl: [], tags: [] } };
    const whole = { quarantine_category: "all", protocol_access: ["imap"] } as const;
    const { mcc, server } = await serverOf("2026-03b", { "get/mailbox/template/all": [row] });
    const call = mcc.mailboxTemplates.edit(3, { ...whole, acl: [], quota: 5 });
    await expect(call).rejects.toThrow(/force_tfa needs mailcow 2026-07 or later; this server is 2026-03b/);
    expect(bodiesOf(server)).toEqual([]);
  });
});

describe("the release of the server", () => {
  test("is not requested by calls that use nothing new", async () => {
    const { mcc, asked } = await serverOf("2025-05");
    await mcc.mailboxes.add(ann, noRead);
    await mcc.mailboxes.edit("ann@example.com", { name: "Ann", imap_access: 0, protocol_access: ["imap"] });
    await mcc.aliases.add({ address: "a@x.test", goto: "b@x.test" }, noRead);
    await mcc.admins.edit("ann", { active: 1 });
    await mcc.addDomain("x.test");
    expect(asked()).toBe(0);
  });

  test("is requested once for any number of calls, and serverVersion returns it", async () => {
    const { mcc, asked } = await serverOf("2026-03b");
    await Promise.all(
      Array.from({ length: 20 }, (_, at) => mcc.mailboxes.edit(`u${at}@example.com`, { force_tfa: 1 })),
    );
    expect(await mcc.serverVersion()).toBe("2026-03b");
    expect(asked()).toBe(1);
  });

  test("can be told by an option", async () => {
    const { mcc, asked } = await serverOf("2026-07a", {}, { serverVersion: "2025-12a" });
    await expect(mcc.mailboxes.edit("ann@example.com", { force_tfa: 1 })).rejects.toThrow(/this server is 2025-12a/);
    expect(await mcc.serverVersion()).toBe("2025-12a");
    expect(asked()).toBe(0);
    await expect(serverOf("2026-07a", {}, { serverVersion: "12" })).rejects.toThrow(/^serverVersion must be a release/);
  });

  test.each([
    ["a later one", "2027-01"],
    ["a nightly build", "nightly"],
    ["no text", 5],
    ["a hidden route", undefined],
  ])("counts as the newest where it is %s", async (_, release) => {
    const row = { username: "ann@example.com", attributes: { force_tfa: "1" } };
    const { mcc, server, asked } = await serverOf(release, { "get/mailbox/ann@example.com": row });
    await mcc.mailboxes.edit("ann@example.com", { force_tfa: 1 });
    await mcc.mailboxes.edit("ann@example.com", { force_tfa: 1, attribute_hash: "" });
    expect(bodiesOf(server)).toHaveLength(2);
    expect(asked()).toBe(1);
    expect(await mcc.serverVersion()).toBe(release === "2027-01" ? release : null);
  });

  test("is requested again after a broken connection", async () => {
    let count = 0;
    const { mcc } = await clientOf(
      (response, { path }) => {
        if (path === version && count++ === 0) return void response.writeHead(200).end("<h1>");
        json(response, path === version ? { version: "2025-05" } : {});
      },
      { retries: 0 },
    );
    expect(await mcc.serverVersion()).toBeNull();
    const reset = async () => Promise.reject(new TypeError("fetch failed"));
    const { mcc: broken } = await clientOf({}, { retries: 0, fetch: reset });
    await expect(broken.serverVersion()).rejects.toMatchObject({ kind: "network" });
    await expect(broken.serverVersion()).rejects.toMatchObject({ kind: "network" });
  });

  test("one caller's abort does not end the wait of another", async () => {
    const { mcc } = await serverOf("2025-05");
    const controller = new AbortController();
    const first = mcc.serverVersion({ signal: controller.signal });
    const second = mcc.serverVersion();
    controller.abort("enough");
    await expect(first).rejects.toBe("enough");
    expect(await second).toBe("2025-05");
  });
});

describe("older forms", () => {
  test("CORS origins are sent as host names to a server that takes these [guard settings/cors-origins]", async () => {
    const { mcc, server } = await serverOf("2026-07");
    await mcc.settings.setCors({ allowed_origins: "https://a.test\n*" });
    expect(bodiesOf(server)).toMatchObject([{ attr: { allowed_origins: "a.test\n*" } }]);
    const call = mcc.settings.setCors({ allowed_origins: ["https://a.test:8443"] });
    await expect(call).rejects.toThrow(/allowed_origins must be host names without/);
  });

  test("two lists, one directly after the other, are an older server's answer about CORS", async () => {
    const entry = (type: string, msg: string) => JSON.stringify([{ type, log: [], msg }]);
    const answer = (first: string) =>
      clientOf((response) => void response.writeHead(200).end(first + entry("danger", "x")));
    const { mcc } = await answer(entry("success", "cors_headers_edited"));
    expect(await mcc.settings.setCors({ allowed_methods: ["GET"] })).toMatchObject([{ code: "cors_headers_edited" }]);
    const { mcc: refusing } = await answer(entry("danger", "cors_invalid_method"));
    await expect(refusing.settings.setCors({ allowed_methods: ["GET"] })).rejects.toMatchObject({
      codes: ["cors_invalid_method"],
    });
    await expect(refusing.settings.setUiTexts({ title_name: "x" })).rejects.toMatchObject({ kind: "reply" });
  });

  test("accounts of a server without their flags are edited without them", async () => {
    const { mcc, server } = await serverOf("2025-05", { "get/admin/ann": { username: "ann", active: 1 } });
    await mcc.admins.edit("ann", { active: 1 });
    expect(bodiesOf(server)).toEqual([{ items: ["ann"], attr: { active: 1 } }]);
  });

  test("a route that the server does not have is named with its first release", async () => {
    const { mcc } = await clientOf({});
    const call = mcc.mtaSts.add({ domain: "x.test", version: "STSv1", mode: "none", mx: "mx.test", max_age: 86400 });
    await expect(call).rejects.toMatchObject({
      kind: "http",
      status: 404,
      message: "add/mta-sts needs mailcow 2025-09 or later: this server does not have it",
    });
  });

  test("SOGo profiles of mailboxes with an apostrophe are reset last, and what was done before is known [guard mailbox-settings/apostrophe]", async () => {
    const { mcc, server } = await clientOf((response, { body }) =>
      body.includes("'") ? void response.end() : json(response, success("sogo_profile_reset")),
    );
    const error = await mcc.mailboxSettings
      .resetSogoProfile(["o'neil@x.test", "ann@x.test", "bob@x.test"])
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: "reply", empty: true });
    expect(error).toMatchObject({ progress: { done: ["ann@x.test", "bob@x.test"], unknown: ["o'neil@x.test"] } });
    expect(bodiesOf(server)).toEqual([["ann@x.test"], ["bob@x.test"], ["o'neil@x.test"]]);
  });
});

describe("allowUnknown", () => {
  const job = {
    ...{ username: "ann@x.test", host1: "imap.test", port1: 993, enc1: "SSL", user1: "u", password1: "p" },
    ...{ mins_interval: 20, source_id: 3 },
  } as const;

  test("sends a field that only a newer mailcow knows, which is refused without it", async () => {
    const { mcc, server } = await serverOf("2026-09");
    await expect(mcc.syncJobs.add(job as never, noRead)).rejects.toThrow(
      /unknown field "source_id".*the option allowUnknown sends/,
    );
    expect(server.seen).toEqual([]);
    await mcc.syncJobs.add(job as never, { ...noRead, allowUnknown: true });
    await mcc.mailboxes.edit("ann@x.test", { colour: { dark: 1 } } as never, { allowUnknown: true });
    expect(bodiesOf(server)).toMatchObject([{ source_id: 3 }, { attr: { colour: { dark: 1 } } }]);
  });

  test("lets a field that is not known stand in the place of one that is required today, and finds the new row", async () => {
    // As a mailcow has them whose sync jobs refer to a source.
    const row = (id: number) => ({ id, user2: "ann@x.test", user1: "u", source_id: id, custom_params: [], prio: 0 });
    const rows = [row(1)];
    const { mcc, server } = await clientOf((response, { method }) => {
      if (method === "GET") return json(response, rows);
      rows.push(row(2));
      json(response, success("mailbox_modified", "ann@x.test"));
    });
    const { host1: _, port1, enc1, ...newer } = job;
    expect(await mcc.syncJobs.add(newer as never, { allowUnknown: true })).toEqual(row(2));
    await expect(mcc.syncJobs.add({ ...newer, source_id: undefined } as never, { allowUnknown: true })).rejects.toThrow(
      /host1 must be given/,
    );
    expect(bodiesOf(server)).toMatchObject([{ source_id: 3 }]);
    expect(bodiesOf(server)[0]).not.toHaveProperty("host1");
  });

  test("still checks known fields", async () => {
    const { mcc, server } = await serverOf("2026-09");
    const call = mcc.syncJobs.add({ ...job, port1: "many" } as never, { ...noRead, allowUnknown: true });
    await expect(call).rejects.toThrow(/port1 must be/);
    await expect(mcc.syncJobs.add(job as never, { allowUnknown: "yes" } as never)).rejects.toThrow(
      /^allowUnknown must/,
    );
    expect(server.seen).toEqual([]);
  });
});
