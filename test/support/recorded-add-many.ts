import { describe, expect, test } from "vitest";
import type { Exchange } from "../../scripts/lib/conformance/recordings.ts";
import type { MailcowApiClient, ManyOptions } from "../../src/index.ts";
import { bodiesOf } from "./client.ts";
import { replay } from "./replay.ts";

type AddMany = (items: object[], options: ManyOptions & { read?: boolean }) => Promise<object[]>;
type Name = keyof { [Key in keyof MailcowApiClient as "addMany" extends keyof MailcowApiClient[Key] ? Key : never]: 1 };

interface Case {
  good: Exchange;
  /** What is read once that is added, the row that is meant, and what is returned besides. */
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

/** What was added, as the method takes it. */
function itemOf({ request }: Exchange, given: object | undefined): object {
  const { app_passwd2: _, ...item } = { ...given, ...(request.body as Record<string, unknown>) };
  return item;
}

/** Tests `addMany` with one recorded item that mailcow adds and one that it refuses. */
export function testAddMany(name: Name, { good, bad, ...rest }: Case): void {
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

  describe("addMany", () => {
    test("returns, in order, the row of each added item and the error of each refused one", async () => {
      const { addMany, server } = await client(first, good, read, second, answer);
      const added = { item: goodItem, status: "added", row: { ...(row as object), ...secret } };
      expect(await addMany([goodItem, badItem], {})).toEqual([added, failed]);
      expect(bodiesOf(server)).toMatchObject([goodItem, ...sentBad]);
    });

    test("continues after a refusal, and reads nothing back with read: false", async () => {
      const { addMany, server } = await client(second, answer, first, good);
      const added = { item: goodItem, status: "added", row: null };
      expect(await addMany([badItem, goodItem], { read: false })).toEqual([failed, added]);
      expect(bodiesOf(server)).toMatchObject([...sentBad, goodItem]);
    });

    test("stops at a refusal with stopOnError", async () => {
      const { addMany, server } = await client(second, answer);
      const unsent = { item: goodItem, status: "unsent" };
      expect(await addMany([badItem, goodItem], { stopOnError: true })).toEqual([failed, unsent]);
      expect(bodiesOf(server)).toMatchObject(sentBad);
    });
  });
}
