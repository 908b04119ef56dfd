import { describe, expect, test } from "vitest";
import type { Exchange } from "../../scripts/lib/conformance/recordings.ts";
import type { MailcowApiClient, ManyOptions, Outcome } from "../../src/index.ts";
import { bodiesOf, clientOf } from "./client.ts";
import { recorded, replay } from "./replay.ts";
import { serverOfRows } from "./server-of-rows.ts";

/** What the collections of numbered rows have in common, as far as these tests call it. */
interface Numbered {
  list(): Promise<object[]>;
  get(id: unknown): Promise<object | null>;
  add(input: object): Promise<object>;
  addMany(items: object[], options?: ManyOptions & { read?: boolean }): Promise<object[]>;
  edit(ids: unknown, attr: object): Promise<Outcome<number>[]>;
  delete(ids: unknown): Promise<Outcome<number>[]>;
}

/** The recordings of a collection of numbered rows, by their names. */
export interface NumberedRecordings {
  readonly file: string;
  /** The word of its routes, such as `bcc`. */
  readonly word: string;
  readonly of: (mcc: MailcowApiClient) => unknown;
  /** A row that is read alone. */
  readonly one: string;
  /** What is added, what is sent for it, the answer, and the id of the row that is found in the list of several. */
  readonly add: { input: object; sent: object; said: string; id: number };
  /**
   * What `addMany` adds, and what mailcow refuses, with which code; without a code it is refused before it is sent. What
   * was added is the only row then, unless another list holds it, under this id.
   */
  readonly many: { good: string; bad: string; code?: string; list?: string; id?: number };
  /** The list that is read before each `add`, where one is. */
  readonly before?: string;
  readonly edit: { said: string; attr: object; refused: string; code: string };
}

/** Tests the methods that all collections of numbered rows have. */
export function testNumberedRows({ file, word, of, one, add, many, before, edit }: NumberedRecordings): void {
  const exchange = (name: string, template: string) => recorded(file, name, template.replace("*", word));
  const client = async (...exchanges: Exchange[]) => {
    const { mcc, server } = await replay(...exchanges);
    return { collection: of(mcc) as Numbered, server };
  };
  const looks = before === undefined ? [] : [exchange(before, "get/*/all")];
  const inTurn = { concurrency: 1 };
  /** Nothing is sent, and the message says which field is wrong. */
  const expectRefused = async (call: (collection: Numbered) => Promise<unknown>, message: RegExp) => {
    const { mcc, server } = await clientOf({});
    await expect(call(of(mcc) as Numbered)).rejects.toThrow(message);
    expect(server.seen).toEqual([]);
  };

  describe("list", () => {
    test("returns the rows unchanged", async () => {
      const said = exchange("several", "get/*/all");
      const { collection } = await client(said);
      expect(await collection.list()).toEqual(said.response.body);
    });

    test("returns [] if there are none", async () => {
      const { collection } = await client(exchange("none", "get/*/all"));
      expect(await collection.list()).toEqual([]);
    });
  });

  describe("get", () => {
    test("returns a row by its id", async () => {
      const said = exchange(one, "get/*/{id}");
      const { collection, server } = await client(said);
      const { "0": _, ...row } = said.response.body as { "0"?: null; id: number };
      expect(await collection.get(row.id)).toEqual(row);
      expect(server.seen[0]?.path).toBe(`/api/v1/get/${word}/${row.id}`);
    });

    test("returns null for an unknown id", async () => {
      const { collection } = await client(exchange("no such", "get/*/{id}"));
      expect(await collection.get(999999)).toBeNull();
    });
  });

  describe("add", () => {
    const title = "returns the new row that looks like the input";
    const isActive = "sends active: 1 by default";

    test("active" in add.sent ? `${isActive}, and ${title} [guard everywhere/active-by-default]` : title, async () => {
      const rows = exchange("several", "get/*/all");
      const { collection, server } = await client(...looks, exchange(add.said, "add/*"), rows);
      const input = structuredClone(add.input);
      expect(await collection.add(input)).toMatchObject({ id: add.id });
      expect(bodiesOf(server)).toEqual([add.sent]);
      expect(input).toEqual(add.input);
    });

    test("throws if the row can't be read back", async () => {
      for (const list of [{}, [{ id: 1 }], { error: "busy" }]) {
        const { mcc, server } = await serverOfRows(null, list);
        await expect((of(mcc) as Numbered).add(add.input)).rejects.toMatchObject({ kind: "reply" });
        expect(bodiesOf(server)).toHaveLength(1);
      }
    });
  });

  describe("addMany", () => {
    const [good, bad] = [exchange(many.good, "add/*"), exchange(many.bad, "add/*")];
    const [goodItem, badItem] = [good.request.body as object, bad.request.body as object];
    const refusal = expect.objectContaining(many.code ? { kind: "rejected", codes: [many.code] } : { kind: "input" });
    const failed = { item: badItem, status: "failed", error: refusal };
    const list = exchange(many.list ?? "one", "get/*/all");
    const sentBad = many.code ? [badItem] : [];

    test("returns, in order, the row of each added item and the error of each refused one", async () => {
      const rows = list.response.body as { id: number }[];
      const row = many.id === undefined ? rows[0] : rows.find(({ id }) => id === many.id);
      const { collection, server } = await client(...looks, good, list, ...looks, bad);
      expect(await collection.addMany([goodItem, badItem], inTurn)).toEqual([
        { item: goodItem, status: "added", row },
        failed,
      ]);
      expect(bodiesOf(server)).toMatchObject([goodItem, ...sentBad]);
    });

    test("continues after a refusal, and reads nothing back with read: false", async () => {
      const { collection, server } = await client(...looks, ...(many.code ? [bad] : []), good, ...looks);
      const outcomes = await collection.addMany([badItem, goodItem], { ...inTurn, read: false });
      expect(outcomes).toEqual([failed, { item: goodItem, status: "added", row: null }]);
      expect(bodiesOf(server)).toMatchObject([...sentBad, goodItem]);
    });

    test("stops at a refusal with stopOnError", async () => {
      const { collection, server } = await client(...looks, bad);
      const outcomes = await collection.addMany([badItem, goodItem], { ...inTurn, stopOnError: true });
      expect(outcomes).toEqual([failed, { item: goodItem, status: "unsent" }]);
      expect(bodiesOf(server)).toMatchObject(sentBad);
    });
  });

  describe("edit", () => {
    test("sets attributes and returns an outcome", async () => {
      const { collection, server } = await client(exchange(edit.said, "edit/*"));
      expect(await collection.edit(4, edit.attr)).toEqual([{ id: 4, results: [expect.objectContaining({ id: 4 })] }]);
      expect(bodiesOf(server)).toEqual([{ items: [4], attr: edit.attr }]);
    });

    test("names the id that mailcow refuses, and its code", async () => {
      const { collection } = await client(exchange(edit.refused, "edit/*"));
      const error = await collection.edit(4, edit.attr).catch((error) => error);
      expect(error).toMatchObject({ kind: "rejected", codes: [edit.code], failures: [{ id: 4 }] });
    });

    test("refuses an id among the attributes, which would redirect the edit [guard everywhere/id-among-attributes]", async () => {
      await expectRefused((collection) => collection.edit(1, { id: 2 }), /unknown field "id"/);
    });
  });

  describe("delete", () => {
    test("returns an outcome for the id", async () => {
      const { collection, server } = await client(exchange("one", "delete/*"));
      expect(await collection.delete(4)).toEqual([{ id: 4, results: [expect.objectContaining({ type: "success" })] }]);
      expect(bodiesOf(server)).toEqual([[4]]);
    });
  });

  test("edit, delete: send nothing for an empty list, but still check the attributes [guard everywhere/no-items]", async () => {
    const { mcc, server } = await clientOf({});
    const collection = of(mcc) as Numbered;
    expect(await collection.edit([], edit.attr)).toEqual([]);
    expect(await collection.delete([])).toEqual([]);
    expect(server.seen).toEqual([]);
    await expectRefused((rows) => rows.edit([], { id: 2 }), /unknown field "id"/);
  });

  test.each(["5x", "x", " 5", "5.0", "all", 1.5])(
    "get, edit, delete: refuse the id %j, which mailcow would read as another number or as all [guard everywhere/ids-with-letters]",
    async (id) => {
      await expectRefused((collection) => collection.get(id), /id must be a whole number/);
      await expectRefused((collection) => collection.edit([1, id], edit.attr), /items must be/);
      await expectRefused((collection) => collection.delete([1, id]), /the input must be/);
    },
  );
}
