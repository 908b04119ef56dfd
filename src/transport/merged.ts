import type { checkHeaders } from "./headers.ts";
import type { Outgoing } from "./outgoing.ts";

type Given = ReturnType<typeof checkHeaders>;

/** What the wire sees to by itself. */
const ofWire = ["connection", "content-length", "expect", "keep-alive", "te", "transfer-encoding", "upgrade"];

/** Headers in one record, by names in small letters: later ones replace earlier ones, and `null` takes one out. */
export function merged(...layers: readonly Given[]): Pick<Outgoing, "headers" | "cookie"> {
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
