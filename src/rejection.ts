import type { ActionResult, FailedResult } from "./contract.ts";
import { clipped } from "./sentence.ts";

/** So long may the reasons in a message be. */
const longest = 1_400;

/** What a refusal says: for each reason its items, the cause, the code and the cure; then what was done all the same. */
export function rejectionText(
  route: string | undefined,
  failures: readonly FailedResult[],
  succeeded: readonly ActionResult[],
): string {
  let text = "";
  let items: string | undefined;
  let left = 0;
  // What the reasons of a code have in common is said once, behind them.
  const endOf = ({ code, cure }: FailedResult) => ` (${clipped(code, 150).replace(/:$/, "")}): ${clipped(cure, 200)}`;
  for (const [end, entries] of groups(failures, endOf)) {
    let part = "";
    for (const [cause, own] of groups(entries, (failure) => clipped(failure.cause, 250))) {
      const names = namesOf(own);
      const next = `${part && `${part}; `}${names === (items ?? "") ? "" : `for ${names || "others"}: `}${cause}`;
      if (text.length + next.length + end.length > longest) left += 1;
      else [part, items] = [next, names];
    }
    if (part) text += `${text && "; "}${part}${end}`;
  }
  const more = left > 0 ? `; and ${left} more reasons` : "";
  const said = namesOf(failures) && text.startsWith("for ") ? ` ${text}` : `: ${text}`;
  return `${route ?? "mailcow"} refused${said}${more}${doneInWords(failures, succeeded)}`;
}

/** What was done all the same: its items, or its codes where it is not about items that went well. */
function doneInWords(failures: readonly FailedResult[], succeeded: readonly ActionResult[]): string {
  const failed = new Set(failures.map(({ id }) => id));
  const isDone = ({ id }: ActionResult) => id !== undefined && !failed.has(id);
  const done = namesOf(succeeded.filter(isDone));
  const other = succeeded.filter((result) => !isDone(result)).map(({ code }) => code);
  return `${done && `; done for ${done}`}${other.length > 0 ? `; mailcow also says ${listed(other, 3)}` : ""}`;
}

function groups<Entry>(entries: readonly Entry[], nameOf: (entry: Entry) => string): Map<string, Entry[]> {
  const found = new Map<string, Entry[]>();
  for (const entry of entries) {
    const name = nameOf(entry);
    const group = found.get(name) ?? [];
    group.push(entry);
    found.set(name, group);
  }
  return found;
}

function namesOf(results: readonly ActionResult[]): string {
  const ids = results.flatMap(({ id }) => (id === undefined ? [] : [String(id)]));
  return listed(ids, 5);
}

/** The first of some names, none twice, and how many more there are. */
function listed(names: readonly string[], most: number): string {
  const all = [...new Set(names)];
  const shown = all.slice(0, most).map((name) => clipped(name, 50));
  return shown.join(", ") + (all.length > most ? ` and ${all.length - most} more` : "");
}
