import { bound, isSet } from "./php.ts";

/** The number that the database compares an id with: the one that a text begins with. */
export const idOf = (value: unknown): number =>
  isSet(value) ? Number(/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/i.exec(bound(value))?.[0] ?? 0) : Number.NaN;
