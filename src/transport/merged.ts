import type { GivenHeaders } from "./headers.ts";
import type { Outgoing } from "./outgoing.ts";

/** Headers that the wire sets itself. */
const ofWire = ["connection", "content-length", "expect", "keep-alive", "te", "transfer-encoding", "upgrade"];

/** Headers in one record, by lower-case names. Later ones replace earlier ones, and `null` removes one. */
export function merged(...layers: readonly GivenHeaders[]): Pick<Outgoing, "headers" | "cookie"> {
  const all: Record<string, string> = {};
  for (const [given, value] of layers.flatMap((layer) => Object.entries(layer))) {
    const name = given.toLowerCase();
    if (value === null || ofWire.includes(name)) delete all[name];
    else if (Array.isArray(value)) all[name] = [...(all[name] === undefined ? [] : [all[name]]), ...value].join(", ");
    else if (value !== undefined) all[name] = String(value);
  }
  const { cookie, ...headers } = all;
  return { headers, cookie };
}
