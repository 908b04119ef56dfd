import { describe, expect, test } from "vitest";
import type { ActionResult } from "../../src/contract.ts";
import { perItem } from "../../src/core/each.ts";
import { MailcowNetworkError, MailcowRejectedError } from "../../src/errors.ts";

const said = (type: string, ...msg: unknown[]): ActionResult => ({ type, msg, code: String(msg[0]) });
const ids = Array.from({ length: 250 }, (_, index) => index + 1);

describe("perItem", () => {
  test("sends items in parts of a hundred, in order, and returns an outcome for each", async () => {
    const parts: number[][] = [];
    const outcomes = await perItem(ids, async (part) => {
      parts.push(part);
      return part.map((id) => said("success", "removed", id));
    });
    expect(parts.map((part) => part.length)).toEqual([100, 100, 50]);
    expect(outcomes.map(({ id }) => id)).toEqual(ids);
    expect(outcomes[249]?.results).toEqual([{ ...said("success", "removed", 250), id: 250 }]);
  });

  test("sends all parts even when one is refused, and the error holds all results", async () => {
    let parts = 0;
    const call = perItem(ids, async (part) => {
      parts++;
      const results = part.map((id) =>
        id === 7 || id === 201 ? said("danger", "denied") : said("success", "removed", id),
      );
      if (results.some(({ type }) => type === "danger")) throw new MailcowRejectedError(results);
      return results;
    });
    const error = await call.catch((reason) => reason);
    expect(parts).toBe(3);
    expect(error.failures.map(({ id }: ActionResult) => id)).toEqual([7, 201]);
    expect(error.succeeded).toHaveLength(248);
    expect(error.results).toHaveLength(250);
  });

  test("says which items are done, unknown and unsent when the connection breaks", async () => {
    const call = perItem(ids, async (part) => {
      if (part[0] === 101) throw new MailcowNetworkError("broken");
      return part.map((id) => said("success", "removed", id));
    });
    const { progress } = await call.catch((reason) => reason);
    expect([progress.done.length, progress.unknown.length, progress.unsent.length]).toEqual([100, 100, 50]);
    expect(progress.unknown[0]).toBe(101);
  });

  test("assigns entries to the items that they name, in any case and escaped for HTML, and a remark to the item named next", async () => {
    const outcomes = await perItem(["O'Brien@example.com", "b@example.com"], async () => [
      said("warning", "a remark"),
      said("success", "removed", "o&#039;brien@example.com"),
      said("success", "removed", "b@example.com"),
    ]);
    expect(outcomes.map(({ results }) => results.map(({ code }) => code))).toEqual([
      ["a remark", "removed"],
      ["removed"],
    ]);
  });

  test("assigns an entry without a name to all items of its part, and to no others", async () => {
    const sent: number[][] = [];
    const outcomes = await perItem([1, 2, 3], async (part) => [said("success", `part ${sent.push(part)}`)], {
      size: 2,
    });
    expect(outcomes.map(({ results }) => results.map(({ code }) => code))).toEqual([
      ["part 1"],
      ["part 1"],
      ["part 2"],
    ]);
  });

  test.each([{ toString: 1 }, [{ toString: null, valueOf: 0 }], null, 7])(
    "does not read %j as a name",
    async (part) => {
      const send = async () => [{ type: "success", code: "done", msg: ["done", part] }];
      const named = await perItem(["a", "b"], send);
      expect(named.map(({ results }) => results.map(({ id }) => id))).toEqual([[undefined], [undefined]]);
    },
  );

  test("assigns a refusal without a name to no item", async () => {
    const results = [said("danger", "denied"), said("danger", "denied"), said("success", "removed", "b")];
    const error = await perItem(["a", "b"], async () => {
      throw new MailcowRejectedError(results);
    }).catch((reason) => reason);
    expect(error.failures.map(({ id }: ActionResult) => id)).toEqual([undefined, undefined]);
    expect(error.succeeded).toMatchObject([{ id: "b" }]);
  });
});
