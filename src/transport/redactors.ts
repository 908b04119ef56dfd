import type { Traits } from "../contract.ts";
import { secretsInHeaders } from "./headers.ts";
import type { Outgoing } from "./outgoing.ts";
import { Redactor, secretsInJson } from "./secrets.ts";

/** Longer texts do not come back, and so many others are enough. */
const longest = 64;
const most = 1_000;

/** Knows the words that come back in every answer. */
class KnowingRedactor extends Redactor {
  readonly #known = new Map<string, string>();

  override text(text: string): string {
    if (text.length > longest) return super.text(text);
    let clean = this.#known.get(text);
    if (clean === undefined) {
      clean = super.text(text);
      if (this.#known.size < most) this.#known.set(text, clean);
    }
    return clean;
  }
}

const shared = new WeakMap<object, Redactor>();

/** What hides the secrets of a call; the same for all that go with the headers of their client, and have none of their own. */
export function redactorOf({ headers, cookie = "", body }: Outgoing, traits: Traits | undefined): Redactor {
  const own = secretsInJson(body, traits?.secretItems);
  const redactor = own.length > 0 ? undefined : shared.get(headers);
  if (redactor) return redactor;
  const made = new KnowingRedactor(() => [...secretsInHeaders(new Headers({ ...headers, cookie })), ...own]);
  if (own.length === 0) shared.set(headers, made);
  return made;
}
