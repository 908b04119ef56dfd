const mask = "[redacted]";
/** Shorter texts stand by chance in many an innocent word. */
const tooShort = 2;
const byChance = 8;

/** Whether a field of this name holds a secret, in a request or in mailcow's echo of one. */
export function isSecretField(name: string): boolean {
  return /pass|secret|token|private_key|privkey|^key$/i.test(name) && !/_(url|flow|update)$/i.test(name);
}

/** Hides what must not be seen from texts from elsewhere: an error page may repeat a whole request. */
export class Redactor {
  readonly #sent: () => readonly string[];
  #found: readonly string[] | undefined;

  /** `sent` names the secrets of a call; it is asked when there is something to hide, and once. */
  constructor(sent: () => readonly string[]) {
    this.#sent = sent;
  }

  get #secrets(): readonly string[] {
    this.#found ??= [...new Set(this.#sent().flatMap(writtenAs))]
      .filter((secret) => secret.length > tooShort)
      .sort((a, b) => b.length - a.length);
    return this.#found;
  }

  /** A text without the secrets. */
  text(text: string): string {
    return this.#secrets.reduce((clean, secret) => clean.replaceAll(secret, mask), text);
  }

  /** A text of mailcow's own, in which a short secret may stand by chance: `ann` in `ann@example.com`. */
  words(text: string): string {
    if (this.#secrets.includes(text)) return mask;
    return this.#secrets
      .filter(({ length }) => length >= byChance)
      .reduce((clean, secret) => clean.replaceAll(secret, mask), text);
  }
}

/** The values of the secret fields in the JSON text that was sent; all of them where the items themselves are secret. */
export function secretsInJson(body: unknown, isSecret = false): string[] {
  if (typeof body !== "string") return [];
  try {
    return secretsIn(JSON.parse(body), isSecret);
  } catch {
    return [];
  }
}

function secretsIn(value: unknown, isSecret = false): string[] {
  if (typeof value === "string" || typeof value === "number") return isSecret ? [String(value)] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => secretsIn(member, isSecret || isSecretField(name)));
}

/** A secret as it may come back: as it is, in an address, a form, JSON as JavaScript and as PHP write it, or HTML. */
function writtenAs(secret: string): string[] {
  const wellFormed = secret.replace(/\p{Surrogate}/gu, "\uFFFD");
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
