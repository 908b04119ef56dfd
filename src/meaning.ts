import type { ActionResult, FailedResult, Meaning, Meanings } from "./contract.ts";
import { isFailure } from "./errors.ts";
import { meanings } from "./generated/tables.ts";
import { meaningsIn } from "./notation.ts";
import { remembered } from "./remembered.ts";
import { filled } from "./sentence.ts";

const none: Meanings = {};
let everywhere: Meanings | undefined;

/** An entry of an answer, with its meaning if it failed. `codes` are codes with a different meaning on its route. */
export function explained(result: ActionResult, codes: Meanings = none): ActionResult | FailedResult {
  if (!isFailure(result)) return result;
  everywhere ??= meaningsIn(meanings);
  const meaning = find(codes, result.code) ?? find(everywhere, result.code);
  if (!meaning) return result;
  const args = typeof result.msg === "string" ? [] : result.msg.slice(1);
  const { category, cause, cure } = meaning;
  return { ...result, category, cause: filled(cause, args), cure: filled(cure, args) };
}

function find(codes: Meanings, code: string): Meaning | undefined {
  if (Object.hasOwn(codes, code)) return codes[code];
  return beginningsIn(codes).find(([beginning]) => code.startsWith(beginning))?.[1];
}

/** The beginnings of messages that have a meaning. Kept, because there may be thousands of entries to explain. */
const beginningsIn = remembered((codes: Meanings): [beginning: string, Meaning][] =>
  Object.entries(codes).flatMap(([key, meaning]) => (key.endsWith("*") ? [[key.slice(0, -1), meaning]] : [])),
);
