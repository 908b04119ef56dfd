const secretField = /pass|secret|token|private_key|privkey|^key$/i;
const mask = "[redacted]";

/** Hides what must not be seen from texts that somebody else wrote: an error page may repeat a whole request. */
export class Redactor {
  readonly #secrets: readonly string[];

  /** `body` is the JSON text that was sent, in which the values of secret fields are found. */
  constructor(apiKey: string, body: unknown) {
    const found = [apiKey, ...secretsIn(tryJson(() => JSON.parse(String(body))))];
    const written = found.flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
    ]);
    this.#secrets = [...new Set(written)].filter((secret) => secret.length > 2).sort((a, b) => b.length - a.length);
  }

  text(text: string): string {
    return this.#secrets.reduce((clean, secret) => clean.replaceAll(secret, mask), text);
  }

  /** The cause of an error as it is, or where it gives a secret away, a copy that does not. */
  cause(cause: unknown): unknown {
    if (!(cause instanceof Error)) return cause === undefined ? undefined : this.text(String(cause));
    const inner = this.cause(cause.cause);
    const seen = [cause.message, cause.stack, tryJson(() => JSON.stringify(cause))].join("\n");
    if (this.text(seen) === seen && inner === cause.cause) return cause;
    const copy = new Error(this.text(cause.message), inner === undefined ? undefined : { cause: inner });
    copy.name = cause.name;
    copy.stack = this.text(cause.stack ?? "");
    return copy;
  }
}

/** The outcome, or nothing for what is no JSON. */
function tryJson<T>(convert: () => T): T | undefined {
  try {
    return convert();
  } catch {
    return undefined;
  }
}

function secretsIn(value: unknown, isSecret = false): string[] {
  if (typeof value === "string" || typeof value === "number") return isSecret ? [String(value)] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => secretsIn(member, isSecret || secretField.test(key)));
}
