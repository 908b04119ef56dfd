import { isSecretField, type Redactor } from "./secrets.ts";

/**
 * Hides secrets in mailcow's answer to a write: `log` repeats the call, in places with passwords in clear. Ids and
 * settings in it stay, and so do codes in `msg`. Changes the entries themselves.
 */
export function hideEchoes(data: unknown, redactor: Redactor): void {
  for (const entry of Array.isArray(data) ? data : [data]) {
    if (typeof entry !== "object" || entry === null) continue;
    if ("log" in entry) entry.log = mapTexts(entry.log, (text, field) => hidden(text, field, redactor));
    if ("msg" in entry) entry.msg = mapTexts(entry.msg, (text) => hideInMessage(text, redactor));
  }
}

/** The same of a refusal with its HTTP status: the server may have put the key into words. */
export function hideInRefusal(data: unknown, redactor: Redactor): unknown {
  return mapTexts(data, (text, field) => (isSecretField(field) ? "[redacted]" : redactor.words(text)));
}

/** What says nothing (`*`, where mailcow hid it itself), or is a switch, can stay. */
function hidden(text: string, field: string, redactor: Redactor): string {
  const telling = !["", "0", "1", "*"].includes(text);
  return telling && isSecretField(field) ? "[redacted]" : redactor.words(text);
}

/** A password may look like a part of a code, which a program has to be able to rely on. */
function hideInMessage(text: string, redactor: Redactor): string {
  const clean = redactor.words(text);
  return clean !== "[redacted]" && /^[a-z]+(_[a-z0-9]+)+$/.test(text) ? text : clean;
}

/** A copy with its texts changed; numbers in secret fields are texts, and a field's name holds for what is in it. */
function mapTexts(value: unknown, change: (text: string, field: string) => string, field = ""): unknown {
  if (typeof value === "string") return change(value, field);
  if (typeof value === "number" && isSecretField(field)) {
    const text = change(String(value), field);
    return text === String(value) ? value : text;
  }
  if (Array.isArray(value)) return value.map((member) => mapTexts(member, change, field));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      mapTexts(member, change, isSecretField(field) ? field : name),
    ]),
  );
}
