import { describe, expect, test } from "vitest";
import type { Exchange } from "../../scripts/lib/conformance/recordings.ts";
import type { MailcowApiClient, ManyOptions } from "../../src/index.ts";
import { bodiesOf } from "../support/client.ts";
import { recorded, replay } from "../support/replay.ts";

type AddMany = (items: object[], options: ManyOptions & { read?: boolean }) => Promise<object[]>;
type Collection = keyof {
  [Name in keyof MailcowApiClient as "addMany" extends keyof MailcowApiClient[Name] ? Name : never]: 1;
};

interface Case {
  good: Exchange;
  /** What is read once that is added, the row that is meant, and what the answer has besides. */
  read: Exchange;
  row?: unknown;
  secret?: object;
  bad: Exchange;
  /** What mailcow says to it; where there is nothing, it is refused before it is sent. */
  code?: string;
  /** What has to be given besides what was recorded. */
  given?: object;
  /** What is read before the one and before the other. */
  before?: [Exchange, Exchange];
}

const rowsIn = ({ response }: Exchange) => response.body as { id: number }[];

/** What is found in a list: by its file, the word of its routes, the names of what was added, and the row's number. */
function listed(file: string, word: string, [good, bad]: [string, string], list = "one", id = 1): Case {
  const read = recorded(file, list, `get/${word}/all`);
  const [add, refused] = [recorded(file, good, `add/${word}`), recorded(file, bad, `add/${word}`)];
  return { good: add, read, row: rowsIn(read).find((row) => row.id === id), bad: refused };
}

const phone = recorded("29-app-passwd", "the other mailbox");
const transports = (name: string) => recorded("36-transport", name, "get/transport/all");

const cases: Record<Collection, Case> = {
  domains: {
    good: recorded("10-domain", "minimal add"),
    read: recorded("10-domain", "minimal domain as stored"),
    bad: recorded("10-domain", "domain that exists as alias domain"),
    code: "domain_exists",
  },
  mailboxes: {
    good: recorded("14-mailbox", "big 1"),
    read: recorded("14-mailbox", "max_new_quota while the domain is nearly full"),
    secret: { password: "Moohoo0-A1pass" },
    bad: recorded("14-mailbox", "domain quota would be exceeded"),
    code: "mailbox_quota_left_exceeded",
  },
  aliases: {
    good: recorded("20-alias", "all fields, numbers"),
    read: recorded("20-alias", "one by id (full)"),
    bad: recorded("20-alias", "address is a mailbox"),
    code: "is_alias_or_mailbox",
  },
  appPasswords: {
    good: recorded("29-app-passwd", "other mailbox"),
    read: phone,
    row: rowsIn(phone)[0],
    secret: { app_passwd: "App-Pass.42x" },
    bad: recorded("29-app-passwd", "password too weak", "add/app-passwd"),
    code: "password_complexity",
    given: { protocols: ["imap_access"] },
  },
  domainAdmins: {
    good: recorded("31-domain-admin", "all fields, the only domain there is"),
    read: recorded("31-domain-admin", "some unselected"),
    secret: { password: "Mo0hoo.42" },
    bad: recorded("31-domain-admin", "name taken by the superadmin"),
    code: "object_exists",
  },
  bccMaps: { ...listed("38-bcc", "bcc", ["on a domain, all fields", "exists"]), code: "bcc_exists" },
  recipientMaps: {
    ...listed("38-recipient-map", "recipient_map", ["address to address, all fields", "exists"]),
    code: "recipient_map_entry_exists",
  },
  tlsPolicyMaps: {
    ...listed("39-tls-policy-map", "tls-policy-map", ["all fields", "exists"]),
    code: "tls_policy_map_entry_exists",
  },
  relayHosts: {
    ...listed("35-relayhost", "relayhost", ["same hostname again", "hostname 0"], "several", 8),
    code: "invalid_host",
  },
  transports: {
    ...listed("36-transport", "transport", ["minimal: inactive, by destination", "destination exists"], "several", 4),
    code: "transport_dest_exists",
    before: [transports("one"), transports("several")],
  },
  rspamdSettings: {
    ...listed("37-rsetting", "rsetting", ["all fields", "content 0"]),
    code: "map_content_empty",
  },
  oauth2Clients: listed("37-oauth2-client", "oauth2-client", ["the one field", "too long: fails without a word"]),
};

/** What was added, as the method takes it. */
function itemOf({ request }: Exchange, given: object | undefined): object {
  const { app_passwd2: _, ...item } = { ...given, ...(request.body as Record<string, unknown>) };
  return item;
}

describe.each(Object.entries(cases) as [Collection, Case][])("%s.addMany", (name, { good, bad, ...rest }) => {
  const { read, row = read.response.body, secret, code, given, before: [first, second] = [] } = rest;
  const [goodItem, badItem] = [itemOf(good, given), itemOf(bad, given)];
  const client = async (...exchanges: (Exchange | undefined)[]) => {
    const { mcc, server } = await replay(...exchanges.filter((exchange) => exchange !== undefined));
    const addMany: AddMany = (items, options) => (mcc[name].addMany as AddMany)(items, { concurrency: 1, ...options });
    return { addMany, server };
  };
  const refusal = expect.objectContaining(code ? { kind: "rejected", codes: [code] } : { kind: "input" });
  const failed = { item: badItem, status: "failed", error: refusal };
  // What is refused by the client is not sent at all.
  const [answer, sentBad] = code ? [bad, [badItem]] : [undefined, []];

  test("answers the row of what was added and the refusal of what was not, in order", async () => {
    const { addMany, server } = await client(first, good, read, second, answer);
    const added = { item: goodItem, status: "added", row: { ...(row as object), ...secret } };
    expect(await addMany([goodItem, badItem], {})).toEqual([added, failed]);
    expect(bodiesOf(server)).toMatchObject([goodItem, ...sentBad]);
  });

  test("goes on after a refusal, and reads nothing back where that is not wanted", async () => {
    const { addMany, server } = await client(second, answer, first, good);
    const added = { item: goodItem, status: "added", row: null };
    expect(await addMany([badItem, goodItem], { read: false })).toEqual([failed, added]);
    expect(bodiesOf(server)).toMatchObject([...sentBad, goodItem]);
  });

  test("stops at a refusal where it shall", async () => {
    const { addMany, server } = await client(second, answer);
    const unsent = { item: goodItem, status: "unsent" };
    expect(await addMany([badItem, goodItem], { stopOnError: true })).toEqual([failed, unsent]);
    expect(bodiesOf(server)).toMatchObject(sentBad);
  });
});
