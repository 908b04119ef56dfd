import { expect, test } from "vitest";
import type { Exchange } from "../../scripts/lib/conformance/recordings.ts";
import type { Ensured, MailcowApiClient } from "../../src/index.ts";
import { bodiesOf } from "./client.ts";
import { recorded, replay } from "./replay.ts";

type Name = keyof { [Key in keyof MailcowApiClient as "ensure" extends keyof MailcowApiClient[Key] ? Key : never]: 1 };
type Ensure = (wanted: object, options?: object) => Promise<Ensured<object>>;

/** Calls `ensure` of a collection with what was recorded, which has no type. */
export const ensure = (mcc: MailcowApiClient, name: Name, ...given: Parameters<Ensure>): ReturnType<Ensure> =>
  (mcc[name].ensure as Ensure)(...given);

export const bodyOf = ({ request }: Exchange): Record<string, unknown> => request.body as Record<string, unknown>;
export const attrOf = (exchange: Exchange): Record<string, unknown> => bodyOf(exchange)["attr"] as never;
const rowIn = ({ response }: Exchange) => response.body as Record<string, unknown>;

/** An exchange with another answer, where none was recorded that has it. */
export const answering = (exchange: Exchange, body: object): Exchange => ({
  ...exchange,
  response: { ...exchange.response, body },
});

/** What was added, as `ensure` takes it. */
export function wantedBy(add: Exchange): object {
  const { app_passwd2: _, ...body } = bodyOf(add);
  return body;
}

interface Added {
  none: Exchange;
  add: Exchange;
  read: Exchange;
  /** What else is read before it is added. */
  looks?: Exchange[];
  /** What differs from the recorded: the body that is sent, the row, and the secret that is returned with it. */
  sent?: object;
  row?: object;
  secret?: object;
  /** What is given and counts only in an `add`, or is not sent. */
  ignored?: string[];
}

/** Tests that `ensure` adds what was recorded as added, and leaves it alone when it is there. */
export function testEnsureAdds(name: Name, { none, add, read, looks = [], ...differing }: Added): void {
  const { sent = bodyOf(add), row = rowIn(read), secret, ignored } = differing;

  test("sends nothing if the same input, with every field, was added before", async () => {
    const { mcc, server } = await replay(read);
    const done = { action: "unchanged", row, changes: {}, ...(ignored && { ignored }) };
    expect(await ensure(mcc, name, wantedBy(add))).toEqual(done);
    expect(server.seen.map(({ method }) => method)).toEqual(["GET"]);
  });

  test("adds what is missing, and returns the row that was read back, with its secret", async () => {
    const { mcc, server } = await replay(none, ...looks, add, read);
    const added = { action: "added", row: { ...row, ...secret }, changes: {} };
    expect(await ensure(mcc, name, wantedBy(add))).toEqual(added);
    expect(bodiesOf(server)).toEqual([sent]);
  });
}

/** Tests that `ensure` leaves alone what the same input has made; by file and the names of `add` and read there. */
export function testEnsureLeaves(
  name: Name,
  [add, get]: [add: string, get: string],
  cases: [file: string, added: string, read: string][],
): void {
  test.each(cases)("changes nothing that the same input added before (%s: %s)", async (file, added, read) => {
    const { mcc, server } = await replay(recorded(file, read, get));
    const done = await ensure(mcc, name, wantedBy(recorded(file, added, add)));
    expect(done).toMatchObject({ action: "unchanged", changes: {} });
    expect(server.seen).toHaveLength(1);
  });
}

interface Editing {
  wanted: object;
  /** The row as it was, and how often it is read: some edits look at it once more. */
  before: Exchange;
  reads: number;
  edits: Exchange[];
  after: Exchange;
  changes: object;
  sent: unknown[];
  options?: object;
  /** What can't be set by an edit. */
  ignored?: string[];
  /** What is given again and not sent again. */
  unsent?: string[];
}

/** Tests that `ensure` edits what differs, and not once more. */
export function testEnsureEdits(name: Name, cases: [title: string, editing: Editing][]): void {
  test.each(cases)("edits what differs, and nothing when called again: %s", async (_, editing) => {
    const { wanted, options, before, reads, edits, after, changes, sent, ignored, unsent = ignored } = editing;
    const { mcc, server } = await replay(...Array<Exchange>(reads).fill(before), ...edits, after, after);
    const { row, ...done } = await ensure(mcc, name, wanted, options);
    expect(done).toEqual({ action: "edited", changes, ...(ignored && { ignored }) });
    expect([after.response.body].flat()).toContainEqual(row);
    expect(bodiesOf(server)).toEqual(sent);
    const again = { action: "unchanged", row, changes: {}, ...(unsent && { ignored: unsent }) };
    expect(await ensure(mcc, name, wanted)).toEqual(again);
    expect(bodiesOf(server)).toEqual(sent);
  });
}
