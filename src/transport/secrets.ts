import { type Allowance, readingsOf } from "./readings.ts";

const mask = "[redacted]";
const withheld = "[withheld: it repeats a secret of this call]";
/** Shorter texts are part of many innocent words by chance. */
const tooShort = 2;
/** This many characters of a secret in a row are no coincidence. */
const row = 8;
/** Longer texts are not searched. */
const longest = 20_000;

/** The lines around a key in PEM are the same for all keys. */
const armour = /-----(?:BEGIN|END) [A-Z ]+-----/g;

/** Whether a field of this name holds a secret, in a request or in mailcow's echo of one. */
export function isSecretField(name: string): boolean {
  return /pass|secret|token|private_key|privkey|^key$/i.test(name) && !/_(url|flow|update)$/i.test(name);
}

/**
 * Hides secrets in texts of others: an error page may repeat a whole request. Secrets in known spellings become
 * `[redacted]`. If a part of a secret can still be read in any spelling, the whole text is withheld.
 */
export class Redactor {
  readonly #sent: () => readonly string[];
  #found: { readonly spellings: readonly string[]; readonly traces: Traces } | undefined;

  /** `sent` returns the secrets of a call; it is called once, when there is a text to search. */
  constructor(sent: () => readonly string[]) {
    this.#sent = sent;
  }

  /** A text without the secrets. */
  text(text: string, allowance?: Allowance): string {
    if (text.length <= tooShort) return text;
    if (text.length > longest) return "[withheld: it is too long to look for secrets in it]";
    const { spellings, traces } = this.#secrets();
    const masked = maskIn(text, spellings);
    return traces.areIn(masked, allowance) ? withheld : masked;
  }

  /** The beginning of a longer text. */
  excerpt(text: string, length: number): string {
    const { spellings, traces } = this.#secrets();
    // Search beyond the end of the excerpt, so that a secret there is masked as a whole.
    const masked = maskIn(text.slice(0, longest), spellings).slice(0, length);
    return traces.areIn(masked) ? `[body ${withheld.slice(1)}` : masked;
  }

  #secrets() {
    if (!this.#found) {
      const secrets = [...new Set(this.#sent())].filter(({ length }) => length > tooShort);
      const spellings = [...new Set(secrets.flatMap(writtenAs))].sort((a, b) => b.length - a.length);
      this.#found = { spellings, traces: new Traces(secrets) };
    }
    return this.#found;
  }
}

const maskIn = (text: string, spellings: readonly string[]): string =>
  spellings.reduce((clean, spelling) => clean.replaceAll(spelling, mask), text);

/** Traces of secrets: eight characters in a row, ignoring case and what is between them; short secrets as a whole. */
class Traces {
  readonly #rows: ReadonlySet<string>;
  readonly #short: readonly string[];

  constructor(secrets: readonly string[]) {
    const rows = secrets.map((secret) => views(secret.replace(armour, "")).flatMap(rowsOf));
    this.#rows = new Set(rows.flat());
    this.#short = secrets.filter((_, at) => rows[at]?.length === 0).map(evened);
  }

  areIn(text: string, allowance?: Allowance): boolean {
    const readings = readingsOf(text, allowance);
    if (!readings) return true;
    for (const reading of readings) {
      const even = evened(reading);
      if (this.#short.some((secret) => even.includes(secret))) return true;
      if (views(reading).some((view) => this.#hasRow(view))) return true;
    }
    return false;
  }

  #hasRow(view: string): boolean {
    for (let at = row; at <= view.length; at += 1) if (this.#rows.has(view.slice(at - row, at))) return true;
    return false;
  }
}

/** A text with accents composed and blanks written in one way. */
const evened = (text: string): string => text.normalize().replace(/[\s+]/g, " ");

/** A text without case and accents, and the same with only its letters and digits. */
function views(text: string): string[] {
  const plain = evened(text)
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
  return [plain, plain.replace(/[^\p{L}\p{N}]+/gu, "")];
}

/** Every eight characters in a row. */
const rowsOf = (text: string): string[] =>
  Array.from({ length: Math.max(0, text.length - row + 1) }, (_, at) => text.slice(at, at + row));

/** Found in every JSON text with a secret field: a part of its name, or an escape that may hide the part. */
const mayTell = /pass|secret|token|key|\\u/i;

/** The values of the secret fields in the JSON that was sent; all values if its items are secret or it is not JSON. */
export function secretsInJson(body: unknown, isSecret = false): string[] {
  if (typeof body !== "string") return [];
  try {
    const data: unknown = JSON.parse(body);
    return isSecret || mayTell.test(body) ? secretsIn(data, isSecret) : [];
  } catch {
    return [body];
  }
}

function secretsIn(value: unknown, isSecret = false): string[] {
  if (typeof value === "string" || typeof value === "number") return isSecret ? [String(value)] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => secretsIn(member, isSecret || isSecretField(name)));
}

/** The spellings of a secret: plain, in an address, a form, the JSON of JavaScript and of PHP, or HTML. */
function writtenAs(secret: string): string[] {
  const wellFormed = secret.toWellFormed();
  const once = encodeURIComponent(wellFormed);
  const json = JSON.stringify(secret).slice(1, -1);
  const php = json
    .replaceAll("/", "\\/")
    .replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const html = secret
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
  return [
    secret,
    wellFormed,
    once,
    encodeURIComponent(once),
    new URLSearchParams([["", wellFormed]]).toString().slice(1),
    json,
    php,
    html,
    html.replaceAll("'", "&#039;"),
    html.replaceAll("'", "&#39;"),
  ];
}
