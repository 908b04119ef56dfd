import type { ActionResult, FailedResult } from "./contract.ts";
import { clipped } from "./sentence.ts";

/** The maximum length of the reasons in a message. */
const longest = 1_400;

/** The message of a refusal: for each reason its items, cause, code and cure; then what was done. */
export function rejectionText(
  route: string | undefined,
  failures: readonly FailedResult[],
  succeeded: readonly ActionResult[],
): string {
  let text = "";
  let items: string | undefined;
  let left = 0;
  // The common part of the reasons of a code comes once, after them.
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

/** What was done: the items that worked, and the codes of other entries. */
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

/** The first few names, without duplicates, and how many more there are. */
function listed(names: readonly string[], most: number): string {
  const all = [...new Set(names)];
  const shown = all.slice(0, most).map((name) => clipped(name, 50));
  return shown.join(", ") + (all.length > most ? ` and ${all.length - most} more` : "");
}
