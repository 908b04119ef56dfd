import { fold } from "../state.ts";
import { isEmpty, text } from "./php.ts";

/** A domain as mailcow stores it: in lower case and punycode, or nothing where the conversion fails. */
export function ascii(name: string): string {
  if (!/\P{ASCII}/u.test(name)) {
    const labels = name.split(".");
    if (labels.at(-1) === "") labels.pop();
    // Two hyphens in the third place are kept for punycode.
    const isFine = labels.every((label) => /^.{1,63}$/s.test(label) && !/^-|-$|^(?!xn)..--/is.test(label));
    return isFine && labels.length > 0 && name.length < 254 ? name.toLowerCase() : "";
  }
  // What would end the host of a URL cannot stand in one.
  if (/[\s@:/?#%[\]\\]/.test(name)) return "";
  try {
    // mailcow converts by the older rules, in which ß is ss.
    return new URL(
      `http://${name
        .replaceAll("ß", "ss")
        .replaceAll("ς", "σ")
        .replaceAll(/[\u200c\u200d]/g, "")}`,
    ).hostname;
  } catch {
    return "";
  }
}

/** A domain that was sent: trimmed, in lower case and punycode. */
export const domainOf = (value: unknown): string => ascii(text(value).trim().toLowerCase());

export function isDomain(value: unknown): boolean {
  const name = ascii(text(value));
  return !isEmpty(value) && name.length < 254 && /^[a-z\d](-*[a-z\d])*(\.[a-z\d](-*[a-z\d])*)*$/.test(name);
}

/** The local part: words with dots between them, or a quoted text. */
const local = /^(?:[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*|"(?:[^"\\\r\n]|\\.)+")$/;

/** Whether PHP takes a text for an e-mail address. */
export function isEmail(value: unknown): value is string {
  if (typeof value !== "string") return false;
  const at = value.lastIndexOf("@");
  const [name, host] = [value.slice(0, at), value.slice(at + 1)];
  if (at < 1 || name.length > 64 || value.length > 254 || /[^\x20-\x7e]/.test(value) || !local.test(name)) return false;
  if (/^\[(\d{1,3}\.){3}\d{1,3}\]$/.test(host))
    return host
      .slice(1, -1)
      .split(".")
      .every((part) => Number(part) < 256);
  return (
    /^([a-z\d](-*[a-z\d])*\.)+[a-z\d](-*[a-z\d])*$/i.test(host) && host.split(".").every((label) => label.length < 64)
  );
}

/** Whether a name has letters and digits only, and at least one of them, beside some signs. */
export const isAlnum = (value: unknown, signs: RegExp): boolean =>
  typeof value !== "object" && /^[a-z\d]+$/i.test(text(value).replace(signs, ""));

/** `LIKE %part%`: `%` and `_` stand for any text and any letter, and `\` escapes. */
export function contains(part: string): (value: string) => boolean {
  const pattern = fold(`${part}.`).slice(0, -1);
  if (!/[%_\\]/.test(pattern)) return (value) => fold(value).includes(pattern);
  /** The signs between two `%`; `null` is any sign. */
  const pieces: (string | null)[][] = [[]];
  for (const sign of pattern.match(/\\?[\s\S]/g) ?? [])
    if (sign === "%") pieces.push([]);
    else pieces.at(-1)?.push(sign === "_" ? null : (sign.at(-1) ?? ""));
  return (value) => {
    const text = fold(value);
    let at = 0;
    for (const piece of pieces) {
      const last = text.length - piece.length;
      while (at <= last && !piece.every((sign, index) => sign === null || sign === text[at + index])) at += 1;
      if (at > last) return false;
      at += piece.length;
    }
    return true;
  };
}
