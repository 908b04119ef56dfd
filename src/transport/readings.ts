/** How many times as long as a text all that it can be read as may be: a few layers of a few kinds. */
const mostTimes = 16;

/**
 * A text and all that it can be read as: with the escapes of addresses, HTML, JSON and programming languages undone,
 * with those of mail, and with its runs of base64, each of them over and over. Nothing where there is no end to it.
 */
export function readingsOf(text: string): Set<string> | undefined {
  const found = new Set([text]);
  let room = text.length * mostTimes;
  // This goes on with what is added on the way.
  for (const reading of found) {
    room -= reading.length;
    if (room < 0) return undefined;
    for (const next of [unescaped(reading), withoutMail(reading), withoutBase64(reading)]) found.add(next);
  }
  return found;
}

/** A text without escapes, but for those that come to light when these are gone. */
export const unescaped = (text: string): string =>
  text
    .replace(/(?:%[0-9A-Fa-f]{2})+|%u[0-9A-Fa-f]{4}/g, (code) =>
      code[1] === "u" ? unit(code.slice(2)) : bytes(code.split("%"), 16),
    )
    .replace(/&#[0-9]{1,7};?|&#[xX][0-9A-Fa-f]{1,6};?|&[A-Za-z][A-Za-z0-9]{1,30};/g, entity)
    .replace(
      /(?:\\x[0-9A-Fa-f]{2})+|(?:\\[0-7]{1,3})+|\\u\{[0-9A-Fa-f]{1,6}\}|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\[\s\S]/g,
      backslash,
    );

/** What mail calls quoted-printable. */
const withoutMail = (text: string): string =>
  text.replace(/=\r?\n/g, "").replace(/(?:=[0-9A-Fa-f]{2})+/g, (code) => bytes(code.split("="), 16));

/** What readable texts there are in runs of base64, wherever in a run they begin; nothing else. */
function withoutBase64(text: string): string {
  const found: string[] = [];
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{8,}/g)) {
    const signs = run.replaceAll("-", "+").replaceAll("_", "/");
    for (let skipped = 0; skipped < 4; skipped += 1) {
      const rest = signs.slice(skipped);
      const decoded = atob(rest.length % 4 === 1 ? rest.slice(0, -1) : rest);
      found.push(
        ...decodeUtf8(decoded)
          .split(/[\p{C}\uFFFD]+/u)
          .filter((piece) => piece.length >= 4),
      );
    }
  }
  return found.join("\n");
}

const unit = (digits: string): string => String.fromCharCode(Number.parseInt(digits, 16));

function point(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

/** Bytes, as they are counted after each sign of a kind: UTF-8, and otherwise Latin-1. */
function bytes([, ...codes]: string[], base: 8 | 16): string {
  const latin = String.fromCharCode(...codes.map((code) => Number.parseInt(code, base) & 0xff));
  const text = decodeUtf8(latin);
  return text.includes("\uFFFD") ? latin : text;
}

const utf8 = new TextDecoder();

/** The text of bytes that stand one in each character. */
export const decodeUtf8 = (latin: string): string => utf8.decode(Uint8Array.from(latin, (byte) => byte.charCodeAt(0)));

const signs = new Map(Object.entries({ amp: "&", apos: "'", gt: ">", lt: "<", nbsp: " ", quot: '"', szlig: "ß" }));

/** Of letters with something above or below them, the letter alone; of signs that nobody needs, nothing. */
function entity(code: string): string {
  const name = code.slice(1).replace(";", "");
  if (name[0] !== "#")
    return signs.get(name) ?? /^([A-Za-z])(?:acute|cedil|circ|grave|ring|slash|tilde|uml)$/.exec(name)?.[1] ?? "";
  return point(/^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)));
}

function backslash(code: string): string {
  if (/^\\[0-7]/.test(code)) return bytes(code.split("\\"), 8);
  if (code.length === 2) return /[abefnrtv\r\n]/.test(code) ? " " : code.slice(1);
  if (code.startsWith("\\x")) return bytes(code.split("\\x"), 16);
  return point(Number.parseInt(code.replace(/[^0-9A-Fa-f]/g, ""), 16));
}
