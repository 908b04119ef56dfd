import { examples } from "../../generated/testing.ts";
import { type Database, type Setting, setting } from "../state.ts";

/** What a test put in for routes that tell of what a stand-in has not: containers, logs of other programs, rspamd. */
export const answers: Setting<Readonly<Record<string, unknown>>> = setting<Readonly<Record<string, unknown>>>(
  "ANSWERS",
  {},
);

/** What such a route answers: what a test put in, or the contract's example; nothing if this release has no such rows. */
export function answerOf(db: Database, route: string, release?: string): unknown {
  const own = db.get(answers);
  if (Object.hasOwn(own, route)) return own[route];
  const { value, since } = examples[route] ?? {};
  return since !== undefined && release !== undefined && release < since ? undefined : value;
}
