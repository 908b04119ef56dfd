import type { Load } from "./modules.ts";
import type { AsciiOf } from "./wire.ts";

/** PHP writes JSON in ASCII, which Node reads faster than UTF-8. */
export function asciiWith(load: Load): AsciiOf {
  const { Buffer, isAscii } = load("node:buffer");
  return (pieces, length) => {
    const bytes = Buffer.concat(pieces, length);
    return isAscii(bytes) ? bytes.latin1Slice() : undefined;
  };
}
