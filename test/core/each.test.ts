import { describe, expect, test } from "vitest";
import type { ActionResult } from "../../src/contract.ts";
import { perItem } from "../../src/core/each.ts";
import { MailcowNetworkError, MailcowRejectedError } from "../../src/errors.ts";

const said = (type: string, ...msg: unknown[]): ActionResult => ({ type, msg, code: String(msg[0]) });
const ids = Array.from({ length: 250 }, (_, index) => index + 1);

describe("items of an edit or a delete", () => {
  test("go in parts of a hundred, in order, with an outcome for each", async () => {
    const parts: number[][] = [];
    const outcomes = await perItem(ids, async (part) => {
      parts.push(part);
      return part.map((id) => said("success", "removed", id));
    });
    expect(parts.map((part) => part.length)).toEqual([100, 100, 50]);
    expect(outcomes.map(({ id }) => id)).toEqual(ids);
    expect(outcomes[249]?.results).toEqual([{ ...said("success", "removed", 250), id: 250 }]);
  });

  test("are all sent, even when a part is refused, and the refusal knows everything", async () => {
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

  test("are told apart as done, unknown and unsent when the connection breaks", async () => {
    const call = perItem(ids, async (part) => {
      if (part[0] === 101) throw new MailcowNetworkError("broken");
      return part.map((id) => said("success", "removed", id));
    });
    const { progress } = await call.catch((reason) => reason);
    expect([progress.done.length, progress.unknown.length, progress.unsent.length]).toEqual([100, 100, 50]);
    expect(progress.unknown[0]).toBe(101);
  });

  test("own the entries that name them, in any case and escaped for HTML, and remarks that come before", async () => {
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

  test("all own an entry that names nobody, of their own part alone", async () => {
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
    "are not named by %j, which is no name",
    async (part) => {
      const send = async () => [{ type: "success", code: "done", msg: ["done", part] }];
      const named = await perItem(["a", "b"], send);
      expect(named.map(({ results }) => results.map(({ id }) => id))).toEqual([[undefined], [undefined]]);
    },
  );

  test("do not own a refusal that names nobody", async () => {
    const results = [said("danger", "denied"), said("danger", "denied"), said("success", "removed", "b")];
    const error = await perItem(["a", "b"], async () => {
      throw new MailcowRejectedError(results);
    }).catch((reason) => reason);
    expect(error.failures.map(({ id }: ActionResult) => id)).toEqual([undefined, undefined]);
    expect(error.succeeded).toMatchObject([{ id: "b" }]);
  });
});
