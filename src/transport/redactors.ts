import { secretsInHeaders } from "./headers.ts";
import type { Outgoing } from "./outgoing.ts";
import type { Allowance } from "./readings.ts";
import { Redactor, secretsInJson } from "./secrets.ts";

/** Longer texts do not repeat, and this many short ones are enough. */
const longest = 64;
const most = 1_000;

/** Remembers the words that repeat in every answer. */
class KnowingRedactor extends Redactor {
  readonly #known = new Map<string, string>();

  override text(text: string, allowance: Allowance = { left: Infinity }): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const clean = super.text(text, allowance);
    // If none is left, the text was not read to its end.
    if (allowance.left > 0 && text.length <= longest && this.#known.size < most) this.#known.set(text, clean);
    return clean;
  }
}

const shared = new WeakMap<object, Redactor>();

/** The redactor of a call. Calls that have only the headers of their client share one. */
export function redactorOf({ headers, cookie = "", body, traits }: Outgoing): Redactor {
  const own = secretsInJson(body, traits?.secretItems);
  const redactor = own.length > 0 ? undefined : shared.get(headers);
  if (redactor) return redactor;
  const made = new KnowingRedactor(() => [...secretsInHeaders(new Headers({ ...headers, cookie })), ...own]);
  if (own.length === 0) shared.set(headers, made);
  return made;
}
