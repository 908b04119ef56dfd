/** RSA keys as DKIM publishes them: DER, in Base64. */

/** A value of DER: a tag, a length, and what is in it. */
interface Value {
  readonly tag: number;
  readonly content: Uint8Array;
}

const [integer, bits, octets, sequence] = [0x02, 0x03, 0x04, 0x30];

/** The values that stand one after another; nothing if they are not complete. */
function values(bytes: Uint8Array): Value[] | undefined {
  const found: Value[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [tag = 0, first = 0] = bytes.subarray(at, at + 2);
    const more = first < 128 ? 0 : first - 128;
    const size = bytes.subarray(at + 2, at + 2 + more);
    const length = more === 0 ? first : size.reduce((sum, byte) => sum * 256 + byte, 0);
    const start = at + 2 + more;
    if (more > 4 || start + length > bytes.length) return undefined;
    found.push({ tag, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}

function encoded(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = parts.flatMap((part) => [...part]);
  const size: number[] = [];
  for (let rest = content.length; rest > 0; rest >>>= 8) size.unshift(rest & 0xff);
  const length = content.length < 128 ? [content.length] : [0x80 + size.length, ...size];
  return Uint8Array.from([tag, ...length, ...content]);
}

const algorithm = Uint8Array.of(0x30, 0x0d, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0);

/** The public key of a modulus and an exponent. */
export function publicKey(modulus: Uint8Array, exponent: Uint8Array): string {
  const pair = encoded(sequence, encoded(integer, modulus), encoded(integer, exponent));
  const key = encoded(sequence, algorithm, encoded(bits, Uint8Array.of(0), pair));
  return btoa(String.fromCharCode(...key));
}

/** The public key of a private one (PKCS#8 or PKCS#1); nothing for other kinds of keys. */
export function publicKeyOf(pem: string): string | undefined {
  const base64 = pem.replace(/-----[^-]+-----|\s/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 > 0) return undefined;
  const inside = (value: Value | undefined) => (value ? values(value.content) : undefined);
  let key = inside(values(Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0)))?.[0]);
  if (key?.[1]?.tag === sequence && key[2]?.tag === octets) key = inside(inside(key[2])?.[0]);
  const [, modulus, exponent] = key ?? [];
  return modulus?.tag === integer && exponent?.tag === integer
    ? publicKey(modulus.content, exponent.content)
    : undefined;
}
