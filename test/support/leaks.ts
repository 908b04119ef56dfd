import { inspect } from "node:util";

const hexOf = (code: number, digits: number): string => code.toString(16).padStart(digits, "0");
const units = (text: string, write: (unit: string) => string): string => text.replace(/[^\w ]/g, write);
const bytes = (text: string, write: (byte: number) => string): string =>
  Array.from(Buffer.from(text), (byte) => {
    const sign = String.fromCharCode(byte);
    return /[\w ]/.test(sign) ? sign : write(byte);
  }).join("");
const percent = (text: string): string => bytes(text, (byte) => `%${hexOf(byte, 2).toUpperCase()}`);
const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const html = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll("'", "&#039;");
const entities = (text: string, write: (code: number) => string): string =>
  Array.from(text, (sign) => (/\w/.test(sign) ? sign : `&#${write(sign.codePointAt(0) ?? 0)};`)).join("");
const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** How an error page, a proxy, a log or PHP may repeat a text. */
export const writings: Readonly<Record<string, (text: string) => string>> = {
  "as it is": (text) => text,
  "in capitals": (text) => text.toUpperCase(),
  "in NFD": (text) => text.normalize("NFD"),
  "over lines": (text) => text.replace(/.{5}/gsu, "$&\n"),
  "in an address": encodeURIComponent,
  "in an address, by PHP": percent,
  "in an address, in small letters": (text) => percent(text).replace(/%../g, (code) => code.toLowerCase()),
  "in an address, twice": (text) => encodeURIComponent(encodeURIComponent(text)),
  "in a form": (text) => new URLSearchParams({ p: text }).toString().slice(2),
  "by escape()": (text) => units(text, (unit) => `%u${hexOf(unit.charCodeAt(0), 4)}`),
  "in JSON": json,
  "in JSON, by PHP": (text) =>
    json(text)
      .replaceAll("/", "\\/")
      .replace(/[^\0-\x7f]/g, (unit) => `\\u${hexOf(unit.charCodeAt(0), 4)}`),
  "in JSON in JSON": (text) => json(json(text)),
  "in JSON, as numbers": (text) => units(text, (unit) => `\\u${hexOf(unit.charCodeAt(0), 4).toUpperCase()}`),
  "by Go": (text) => bytes(text, (byte) => `\\x${hexOf(byte, 2)}`),
  "by Python": (text) =>
    Array.from(text, (sign) => {
      const code = sign.codePointAt(0) ?? 0;
      if (/[\w ]/.test(sign)) return sign;
      return code < 256 ? `\\x${hexOf(code, 2)}` : `\\U${hexOf(code, 8)}`;
    }).join(""),
  "by PHP, in octal": (text) => bytes(text, (byte) => `\\${byte.toString(8).padStart(3, "0")}`),
  "by JavaScript": (text) => Array.from(text, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`).join(""),
  "with backslashes": (text) => text.replace(/[^\w ]/gu, "\\$&"),
  "in HTML": html,
  "in HTML, twice": (text) => html(html(text)),
  "in HTML, as numbers": (text) => entities(text, (code) => String(code)),
  "in HTML, as hexadecimal numbers": (text) => entities(text, (code) => `x${code.toString(16).toUpperCase()}`),
  "in HTML, with names": (text) =>
    html(text).replaceAll("ü", "&uuml;").replaceAll("+", "&plus;").replaceAll("/", "&sol;"),
  "in mail": (text) => bytes(text, (byte) => `=${hexOf(byte, 2).toUpperCase()}`),
  "in mail, over lines": (text) => text.replaceAll("=", "=3D").replace(/.{5}/gsu, "$&=\r\n"),
  "in base64": base64,
  "in hexadecimal": (text) => Buffer.from(text).toString("hex"),
  "in hexadecimal, with blanks": (text) => Array.from(Buffer.from(text), (byte) => hexOf(byte, 2)).join(" "),
  "in a program, in hexadecimal": (text) => Array.from(Buffer.from(text), (byte) => `0x${hexOf(byte, 2)}`).join(", "),
  "as a list of bytes": (text) => JSON.stringify([...Buffer.from(text)]),
  "in HTML, with breaks": (text) => Array.from(text, html).join("<wbr />"),
  "in base64, after a letter": (text) => base64(`x${text}`),
  "in base64, after a name": (text) => base64(`{"pw":"${text}"}`),
  "in base64 of addresses": (text) => Buffer.from(`ab${text}`).toString("base64url"),
};

/** A text, in every way to write it. */
export const waysToWrite = (text: string): string[] => Object.values(writings).map((write) => write(text));

const ofUnit = (hex: string): string => String.fromCharCode(Number.parseInt(hex, 16));
const ofPoint = (code: number): string => String.fromCodePoint(Math.min(code, 0x10ffff));
const signs: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  plus: "+",
  sol: "/",
};

/** Undoes the escapes of programming languages; bytes are in this encoding. */
const withoutBackslashes = (encoding: "utf8" | "latin1") => (text: string) =>
  text
    .replace(/(?:\\x[0-9a-f]{2})+/gi, (code) => Buffer.from(code.replace(/\\x/gi, ""), "hex").toString(encoding))
    .replace(/(?:\\[0-3][0-7]{2})+/g, (code) => {
      const codes = code.split("\\").slice(1);
      return Buffer.from(codes.map((byte) => Number.parseInt(byte, 8))).toString(encoding);
    })
    .replace(/\\U([0-9a-f]{8})|\\u\{([0-9a-f]+)\}/gi, (_, eight, braced) =>
      ofPoint(Number.parseInt(eight ?? braced, 16)),
    )
    .replace(/\\u([0-9a-f]{4})/gi, (_, code) => ofUnit(code))
    .replace(/\\([^ux0-9])/g, "$1");

const decoders: readonly ((text: string) => string)[] = [
  (text) =>
    text
      .replace(/(?:%[0-9a-f]{2})+/gi, (code) => Buffer.from(code.replaceAll("%", ""), "hex").toString())
      .replace(/%u([0-9a-f]{4})/gi, (_, code) => ofUnit(code)),
  (text) => text.replaceAll("+", " "),
  (text) =>
    text
      .replace(/&#x([0-9a-f]+);?/gi, (_, code) => ofPoint(Number.parseInt(code, 16)))
      .replace(/&#(\d+);?/g, (_, code) => ofPoint(Number(code)))
      .replace(/&([a-z])(?:uml|acute|grave|circ|tilde|ring|cedil);/gi, "$1")
      .replace(/&(\w+);/g, (all, name: string) => signs[name] ?? all),
  withoutBackslashes("utf8"),
  withoutBackslashes("latin1"),
  (text) =>
    text
      .replace(/=\r?\n/g, "")
      .replace(/(?:=[0-9A-F]{2})+/g, (code) => Buffer.from(code.replaceAll("=", ""), "hex").toString()),
  (text) => text.replace(/<[^>]*>/g, ""),
  (text) =>
    text.replace(/((0x)?[0-9a-f]{2}[ ,:]*){3,}/gi, (dump) =>
      Buffer.from(dump.replace(/0x|[^0-9a-f]/gi, ""), "hex").toString(),
    ),
  (text) => text.replace(/\d+(, ?\d+){2,}/g, (list) => Buffer.from(list.split(",").map(Number)).toString()),
  (text) =>
    [...text.matchAll(/[\w+/-]{4,}/g)]
      .flatMap(([run]) => [0, 1, 2, 3].map((skipped) => Buffer.from(run.slice(skipped), "base64").toString()))
      .flatMap((decoded) => decoded.match(/[^\p{C}\uFFFD]{3,}/gu) ?? [])
      .join("\n"),
];

/** What a text says to whoever takes it apart, three layers deep. */
function readingsOf(text: string): Set<string> {
  const all = new Set([text]);
  let fresh = [text];
  for (let layer = 0; layer < 3; layer += 1) {
    const next = new Set(fresh.flatMap((one) => decoders.map((decode) => decode(one))));
    fresh = [...next].filter((one) => !all.has(one));
    for (const one of fresh) all.add(one);
  }
  return all;
}

/** Accents, case and what separates letters hide nothing from a reader. */
const folded = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const letters = (text: string): string => folded(text).replace(/[^\p{L}\p{N}]/gu, "");

/** What gives a secret away: eight characters of it in a row, or all of a shorter one. */
function tracesOf(secret: string): string[] {
  if (secret.length < 8) return [secret.normalize("NFC")];
  return [folded(secret), letters(secret)].flatMap((text) =>
    Array.from({ length: Math.max(0, text.length - 7) }, (_, at) => text.slice(at, at + 8)).filter(
      // Eight blanks, or dashes, say nothing.
      (trace) => letters(trace).length > 3,
    ),
  );
}

/**
 * Everything that can be got out of a value, with where it was found: own properties, shown or not, by name and by
 * symbol, and those names; what getters return; members of maps and lists; all of it at any depth, and all of it again
 * as it is printed.
 */
function everythingIn(thing: unknown): Map<string, string> {
  const found = new Map<string, string>();
  const seen = new Set<unknown>();
  const note = (text: string, where: string): void => void (found.has(text) || found.set(text, where));
  const attempt = (get: () => unknown, where: string): void => {
    try {
      visit(get(), where);
    } catch (error) {
      visit(error, `${where}, thrown`);
    }
  };
  const visit = (value: unknown, where: string): void => {
    if ((typeof value !== "object" && typeof value !== "function") || value === null) {
      note(String(typeof value === "symbol" ? value.description : value), where);
      return;
    }
    if (seen.has(value)) return;
    seen.add(value);
    if (value instanceof Map || value instanceof Set) visit([...value], `${where}, its members`);
    if (ArrayBuffer.isView(value)) note(Buffer.from(value.buffer).toString(), where);
    for (let owner = value; owner && !isBuiltIn(owner); owner = Object.getPrototypeOf(owner)) {
      for (const key of Reflect.ownKeys(owner)) {
        visit(key, `${where}, a name`);
        const { get, value: member } = Object.getOwnPropertyDescriptor(owner, key) ?? {};
        attempt(() => (get ? get.call(value) : member), `${where}.${String(key)}`);
      }
    }
    if (typeof value === "function") return;
    attempt(() => JSON.stringify(value), `${where} as JSON`);
    attempt(() => String(value), `${where} as a text`);
  };
  visit(thing, "it");
  note(inspect(thing, { depth: 20, showHidden: true, getters: true, maxStringLength: null }), "it, inspected");
  return found;
}

const builtIn = new Set<unknown>(
  [Object, Function, Array, Map, Set, Error, TypeError, RangeError, AggregateError, DOMException, Promise].map(
    (type) => type.prototype,
  ),
);
const isBuiltIn = (owner: object): boolean => builtIn.has(owner);

/** Where something gives away one of these secrets, whatever it is written as. */
export function leaksIn(thing: unknown, secrets: readonly string[]): string[] {
  const traces = [...new Set(secrets.flatMap(tracesOf))];
  const leaks: string[] = [];
  for (const [text, where] of everythingIn(thing)) {
    for (const reading of readingsOf(text)) {
      const views = [reading.normalize("NFC"), folded(reading), letters(reading)];
      const trace = traces.find((one) => views.some((view) => view.includes(one)));
      if (trace === undefined) continue;
      leaks.push(`${where}: ${trace} in ${reading.slice(0, 200)}`);
      break;
    }
  }
  return leaks;
}
