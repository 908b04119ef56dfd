import { describe, expect, test } from "vitest";
import type { ActionResult } from "../../src/contract.ts";
import { absent, callEach, perItem, perPart } from "../../src/core/each.ts";
import { MailcowNetworkError, MailcowRejectedError } from "../../src/errors.ts";
import { deleteMailbox } from "../../src/generated/routes/mailboxes.ts";

const said = (type: string, ...msg: unknown[]): ActionResult => ({ type, msg, code: String(msg[0]) });
const ids = Array.from({ length: 250 }, (_, index) => index + 1);

/** What mailcow says of each, by whether it knows it. */
function answer<Id>(part: readonly Id[], isKnown: (id: Id) => boolean): ActionResult[] {
  const results = part.map((id) => (isKnown(id) ? said("success", "removed", id) : said("danger", "denied")));
  if (results.some(({ type }) => type === "danger")) throw new MailcowRejectedError(results);
  return results;
}

describe("perPart", () => {
  test("sends items in batches of a hundred, in order, and returns an outcome for each", async () => {
    const parts: (readonly number[])[] = [];
    const outcomes = await perPart(ids, async (part) => {
      parts.push(part);
      return part.map((id) => said("success", "removed", id));
    });
    expect(parts.map((part) => part.length)).toEqual([100, 100, 50]);
    expect(outcomes.map(({ id }) => id)).toEqual(ids);
    expect(outcomes[249]?.results).toEqual([{ ...said("success", "removed", 250), id: 250 }]);
  });

  test("sends all batches even if one is refused, and the error has all results", async () => {
    let parts = 0;
    const call = perPart(ids, async (part) => {
      parts++;
      return answer(part, (id) => id !== 7 && id !== 201);
    });
    const error = await call.catch((reason) => reason);
    expect(parts).toBe(3);
    expect(error.failures.map(({ id }: ActionResult) => id)).toEqual([7, 201]);
    expect(error.succeeded).toHaveLength(248);
    expect(error.results).toHaveLength(250);
  });

  test("lists which items are done, refused, unknown and unsent when the connection breaks", async () => {
    const call = perPart(ids, async (part) => {
      if (part[0] === 101) throw new MailcowNetworkError("broken");
      return answer(part, (id) => id !== 7);
    });
    const { progress } = await call.catch((reason) => reason);
    expect([progress.done.length, progress.unknown.length, progress.unsent.length]).toEqual([99, 100, 50]);
    expect(progress.done).not.toContain(7);
    expect(progress.unknown[0]).toBe(101);
  });

  test("lists all as unknown when the connection of the only call breaks", async () => {
    const call = perPart(["a", "b"], () => Promise.reject(new MailcowNetworkError("broken")));
    await expect(call).rejects.toMatchObject({ progress: { done: [], unknown: ["a", "b"], unsent: [] } });
  });

  test("assigns entries by the order of the items, not by names in them [guard everywhere/which-item]", async () => {
    const results = [
      said("success", "modified", "a"),
      said("danger", "invalid", "a"),
      said("success", "modified", "b"),
    ];
    const error = await perPart(["a", "x", "b"], async () => {
      throw new MailcowRejectedError(results);
    }).catch((reason) => reason);
    expect(error.results.map(({ id }: ActionResult) => id)).toEqual(["a", "x", "b"]);
  });

  test("assigns a single entry to all items of its batch, and to no others", async () => {
    const sent: (readonly number[])[] = [];
    const send = async (part: readonly number[]) => [said("success", `part ${sent.push(part)}`)];
    const outcomes = await perPart([1, 2, 3], send, 2);
    const codes = outcomes.map(({ id, results }) => results.map((result) => [result.code, result.id === id]));
    expect(codes).toEqual([[["part 1", true]], [["part 1", true]], [["part 2", true]]]);
    const error = await perPart([1, 2], async () => {
      throw new MailcowRejectedError([said("danger", "unknown")]);
    }).catch((reason) => reason);
    expect(error.failures.map(({ id }: ActionResult) => id)).toEqual([1, 2]);
  });

  test.each([[[said("success", "a"), said("success", "b"), said("success", "remark", "a")]], [[]]])(
    "assigns entries to no item, and so to each outcome, if their number differs from that of the items: %j",
    async (results) => {
      const outcomes = await perPart(["a", "b"], async () => results);
      expect(outcomes).toEqual([
        { id: "a", results },
        { id: "b", results },
      ]);
    },
  );
});

describe("perItem", () => {
  test("sends one call per item, and assigns all its entries to the item", async () => {
    const outcomes = await perItem(["a", "b"], async (id) => [
      said("warning", "a remark"),
      said("success", "done", id),
    ]);
    expect(outcomes.map(({ id, results }) => [id, ...results.map((result) => [result.id, result.code])])).toEqual([
      ["a", ["a", "a remark"], ["a", "done"]],
      ["b", ["b", "a remark"], ["b", "done"]],
    ]);
  });

  test("names the item that does not exist, and does the others", async () => {
    const sent: number[] = [];
    const call = perItem([1, 2, 3], async (id) => {
      if (id === 2) throw absent(deleteMailbox, id, "access_denied");
      sent.push(id);
      return [said("success", "removed", id)];
    });
    await expect(call).rejects.toMatchObject({
      results: [{ id: 1 }, { id: 2, type: "danger", msg: ["access_denied", 2], code: "access_denied" }, { id: 3 }],
      message:
        "delete/mailbox refused for 2: there is no such mailbox (access_denied): check how it is spelled; done for 1, 3",
    });
    expect(sent).toEqual([1, 3]);
  });
});

test("callEach: adds the progress of a call within a call to its own", async () => {
  const inner = () => perItem([3, 4, 5], (id) => (id === 4 ? broken() : Promise.resolve([said("success", "ok")])));
  const broken = () => Promise.reject(new MailcowNetworkError("broken"));
  const calls = [
    { ids: [1, 2], send: async () => [1, 2].map((id) => said("success", "ok", id)) },
    { ids: [3, 4, 5], send: async () => (await inner()).flatMap(({ results }) => results) },
    { ids: [6], send: async () => [] },
  ];
  const progress = { done: [1, 2, 3], unknown: [4], unsent: [5, 6] };
  await expect(callEach(calls)).rejects.toMatchObject({ progress });
});
