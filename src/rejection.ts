import type { ActionResult, FailedResult } from "./contract.ts";
import { clipped } from "./sentence.ts";

/** So long may the reasons of a message be. */
const longest = 1_400;

/** What a refusal says: for each reason its items, the cause, the code and the cure; then what was done all the same. */
export function rejectionText(
  route: string | undefined,
  failures: readonly FailedResult[],
  succeeded: readonly ActionResult[],
): string {
  const reasons = new Map<string, FailedResult[]>();
  for (const failure of failures) {
    const { cause, code, cure } = failure;
    const reason = `${clipped(cause, 250)} (${clipped(code, 150)}): ${clipped(cure, 200)}`;
    reasons.set(reason, [...(reasons.get(reason) ?? []), failure]);
  }
  let text = "";
  let left = reasons.size;
  for (const [reason, entries] of reasons) {
    const items = namesOf(entries);
    const next = text ? `${text}; ${items && `for ${items}: `}${reason}` : `${items && ` for ${items}`}: ${reason}`;
    if (next.length > longest) break;
    text = next;
    left -= 1;
  }
  const more = left > 0 ? `; and ${left} more reasons` : "";
  return `${route ?? "mailcow"} refused${text}${more}${doneInWords(failures, succeeded)}`;
}

/** What was done all the same: its items, or its codes where it is not about items that went well. */
function doneInWords(failures: readonly FailedResult[], succeeded: readonly ActionResult[]): string {
  const failed = new Set(failures.map(({ id }) => id));
  const done = namesOf(succeeded.filter(({ id }) => !failed.has(id)));
  const other = succeeded.filter(({ id }) => id === undefined || failed.has(id)).map(({ code }) => code);
  return `${done && `; done for ${done}`}${other.length > 0 ? `; mailcow also says ${listed(other, 3)}` : ""}`;
}

const namesOf = (results: readonly ActionResult[]): string =>
  listed(
    results.flatMap(({ id }) => (id === undefined ? [] : [String(id)])),
    5,
  );

/** The first of some names, none twice, and how many more there are. */
function listed(names: readonly string[], most: number): string {
  const all = [...new Set(names)];
  const shown = all.slice(0, most).map((name) => clipped(name, 50));
  return shown.join(", ") + (all.length > most ? ` and ${all.length - most} more` : "");
}
