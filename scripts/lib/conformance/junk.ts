import { parse } from "yaml";
import { type Exchange, routeOf } from "./recordings.ts";

/**
 * Requests that mailcow took and nobody should send: per recording file, the names of the exchanges, each with why. A
 * name that two exchanges share stands with its route: `empty list (POST /api/v1/delete/domain)`.
 */
export class Junk {
  readonly #reasons: Record<string, Record<string, string>>;

  constructor(yaml: string) {
    this.#reasons = parse(yaml) ?? {};
  }

  has(exchange: Exchange): boolean {
    const reasons = this.#reasons[exchange.file] ?? {};
    return namesOf(exchange).some((name) => name in reasons);
  }

  /** Entries that stand for no exchange of these. */
  unused(exchanges: readonly Exchange[]): string[] {
    const known = new Set(
      exchanges.flatMap((exchange) => namesOf(exchange).map((name) => `${exchange.file}: ${name}`)),
    );
    return Object.entries(this.#reasons)
      .flatMap(([file, names]) => Object.keys(names ?? {}).map((name) => `${file}: ${name}`))
      .filter((entry) => !known.has(entry));
  }
}

const namesOf = (exchange: Exchange): string[] => [exchange.name, `${exchange.name} (${routeOf(exchange)})`];
