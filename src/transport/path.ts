import { MailcowInputError } from "../errors.ts";
import { isWordOfRoute, piecesOf } from "./traits.ts";

const readable = /^[A-Za-z0-9@._~-]+$/;

/**
 * Puts ids into a path, which may begin with the address of the server. mailcow decodes a path twice (nginx, then PHP),
 * so special characters are encoded twice. Encoded once, `x&query=get/admin/all` would call another route.
 */
export function serializePath(
  template: string,
  params: Readonly<Record<string, unknown>> = {},
  known?: readonly string[],
): string {
  if (!template.includes("{")) return template;
  const pieces = known ?? piecesOf(template);
  let path = pieces[0] ?? "";
  let before = path.slice(path.lastIndexOf("/api/v1/"));
  for (let at = 1; at < pieces.length; at += 2) {
    const name = pieces[at] ?? "";
    const after = pieces[at + 1] ?? "";
    path += encodeId(params[name], name, before) + after;
    before += `{${name}}${after}`;
  }
  return path;
}

function encodeId(value: unknown, name: string, before: string): string {
  const id = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  const refuse = (why: string) => new MailcowInputError(`${name} ${why}`, { field: name });
  if (typeof id !== "string") throw refuse("is missing: expected a text or a whole number");
  if (id === "") throw refuse("is empty: expected what it stands for, such as an address or a name");
  if (id === "." || id === "..") throw refuse(`is "${id}", which is never the name of an item`);
  // No word has these signs, as most ids do.
  if (!/[.@]/.test(id) && isWordOfRoute(before, id))
    throw refuse(`is "${id}", which mailcow reads as another route and not as an id`);
  // Most are.
  if (readable.test(id)) return id;
  if (id.includes("/"))
    throw refuse("contains a slash, which mailcow can't take in a path: look it up in the list instead");
  if (/\p{Cc}/u.test(id)) throw refuse("contains a control character, such as a line end: expected plain text");
  if (!id.isWellFormed()) throw refuse("is not valid Unicode: it contains half a surrogate pair");
  return Array.from(id, (character) => (readable.test(character) ? character : encodeTwice(character))).join("");
}

function encodeTwice(character: string): string {
  const once = encodeURIComponent(character).replace(
    /[!'()*]/g,
    (left) => `%${left.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return once.replaceAll("%", "%25");
}
