/** How many characters may still be read, for all texts of an answer and all their readings. */
export interface Allowance {
  left: number;
}

/** How long all readings of a text together may be, as a multiple of its length: a few layers of each kind. */
const mostTimes = 50;

/**
 * A text and all its readings: with the escapes of addresses, HTML, programming languages or mail undone, its runs of
 * base64 decoded, and the same again for each result. Nothing if this would not end.
 */
export function readingsOf(text: string, allowance: Allowance = { left: Infinity }): Set<string> | undefined {
  const found = new Set([text]);
  let room = Math.min(text.length * mostTimes, allowance.left);
  // The loop also visits the readings that it adds.
  for (const reading of found) {
    room -= reading.length;
    allowance.left -= reading.length;
    if (room < 0) return undefined;
    for (const decode of decoders) found.add(decode(reading));
  }
  return found;
}

const decoders: readonly ((text: string) => string)[] = [
  // Addresses and forms.
  (text) => text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (codes) => bytes(codes.split("%"), 16)),
  // HTML.
  (text) => text.replace(/&#[0-9]{1,7};?|&#[xX][0-9A-Fa-f]{1,6};?|&[A-Za-z][A-Za-z0-9]{1,30};/g, entity),
  // JSON and programming languages, and `escape()`.
  (text) =>
    text.replace(
      /(?:\\x[0-9A-Fa-f]{2})+|(?:\\[0-7]{1,3})+|\\u\{[0-9A-Fa-f]{1,6}\}|[\\%]u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\[\s\S]/g,
      backslash,
    ),
  // Mail.
  (text) => text.replace(/=\r?\n/g, "").replace(/(?:=[0-9A-Fa-f]{2})+/g, (codes) => bytes(codes.split("="), 16)),
  textsInBase64,
  // Pages with breaks between letters.
  (text) => text.replace(/<[^<>]*>/g, ""),
  textsInDumps,
];

/** The decoded runs of base64, from each possible beginning in a run; nothing else. */
function textsInBase64(text: string): string {
  const found: string[] = [];
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{4,}/g)) {
    const plain = run.replaceAll("-", "+").replaceAll("_", "/");
    for (let skipped = 0; skipped < 4; skipped += 1) {
      const rest = plain.slice(skipped);
      const decoded = fromBase64(rest.length % 4 === 1 ? rest.slice(0, -1) : rest);
      found.push(...decoded.split(/(?:(?![\t\r\n])\p{C}|\uFFFD)+/u).filter((piece) => piece.length >= 3));
    }
  }
  return found.join("\n");
}

/** What can be read in dumps of bytes, in hexadecimal or as a list of numbers, whatever separates them; nothing else. */
function textsInDumps(text: string): string {
  const runs = [...text.replaceAll("0x", " ").matchAll(/[0-9A-Fa-f\s,:;.+-]{6,}/g)];
  const hexadecimal = runs.map(([run]) => run.replace(/[^0-9A-Fa-f]/g, "")).flatMap((run) => [run, run.slice(1)]);
  const codes = [
    ...hexadecimal.map((run) => (run.match(/../g) ?? []).map((code) => Number.parseInt(code, 16))),
    ...runs.map(([run]) => (run.match(/[0-9]{1,3}/g) ?? []).map(Number)),
  ];
  return codes.map((dump) => lenient.decode(Uint8Array.from(dump))).join("\n");
}

/** The text of base64. */
export const fromBase64 = (run: string): string => lenient.decode(bytesOf(atob(run)));

function bytesOf(latin: string): Uint8Array {
  const bytes = new Uint8Array(latin.length);
  for (let at = 0; at < latin.length; at += 1) bytes[at] = latin.charCodeAt(at);
  return bytes;
}

const strict = new TextDecoder("utf-8", { fatal: true });
const lenient = new TextDecoder();

/** Decodes bytes that are written as numbers after a sign: as UTF-8, or otherwise as Latin-1. */
function bytes([, ...codes]: string[], base: 8 | 16): string {
  const latin = String.fromCharCode(...codes.map((code) => Number.parseInt(code, base) & 0xff));
  try {
    return strict.decode(bytesOf(latin));
  } catch {
    return latin;
  }
}

/** HTML's names of ASCII signs, in the order of ASCII. */
const names =
  "excl quot num dollar percnt amp apos lpar rpar ast plus comma period sol colon semi lt equals gt quest commat lsqb bsol rsqb Hat lowbar grave lcub verbar rcub";
const signs = new Map(names.split(" ").map((name, at) => [name, "!\"#$%&'()*+,./:;<=>?@[\\]^_`{|}"[at]]));

/** The plain letter of an accented one, and nothing for other signs. */
function entity(code: string): string {
  const name = code.slice(1).replace(";", "");
  if (name[0] !== "#")
    return signs.get(name) ?? /^([A-Za-z])(?:acute|cedil|circ|grave|ring|slash|tilde|uml)$/.exec(name)?.[1] ?? "";
  return point(/^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)));
}

function backslash(code: string): string {
  if (/^\\[0-7]/.test(code)) return bytes(code.split("\\"), 8);
  if (code.length === 2) return /[abefnrtv]/.test(code) ? " " : code.slice(1);
  if (code.startsWith("\\x")) return bytes(code.split("\\x"), 16);
  const digits = Number.parseInt(code.replace(/[^0-9A-Fa-f]/g, ""), 16);
  // The first half of a pair; the other half follows.
  return code.length === 6 ? String.fromCharCode(digits) : point(digits);
}

const point = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : "");
