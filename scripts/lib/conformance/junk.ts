import { parse } from "yaml";
import type { Exchange } from "./recordings.ts";

/** Requests that mailcow took and nobody should send: per recording file, the names of the exchanges, each with why. */
export class Junk {
  readonly #reasons: Record<string, Record<string, string>>;

  constructor(yaml: string) {
    this.#reasons = parse(yaml) ?? {};
  }

  has({ file, name }: Pick<Exchange, "file" | "name">): boolean {
    return this.#reasons[file]?.[name] !== undefined;
  }

  /** Entries that stand for no exchange of these. */
  unused(exchanges: readonly Exchange[]): string[] {
    const known = new Set(exchanges.map(({ file, name }) => `${file}: ${name}`));
    return Object.entries(this.#reasons)
      .flatMap(([file, names]) => Object.keys(names ?? {}).map((name) => `${file}: ${name}`))
      .filter((entry) => !known.has(entry));
  }
}
