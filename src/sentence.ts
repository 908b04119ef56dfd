/** A part of an answer as text. `String` would call `toString` of an object, which in JSON may not be a function. */
export function textOf(part: unknown): string {
  return typeof part === "string" ? part : (JSON.stringify(part) ?? "");
}

/** Undoes mailcow's escaping for HTML. */
export function unescaped(text: string): string {
  const plain = text
    .replaceAll("&#039;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
  return plain.replaceAll("&amp;", "&");
}

const untidy = /^\s|\s$|\s\s|[^\S ]/;

/** A text on one line, cut to a maximum length. */
export function clipped(text: string, most: number): string {
  // Most texts are short and tidy, and there can be thousands.
  if (text.length <= most && !untidy.test(text)) return text;
  const letters = [
    ...text
      .slice(0, 2 * most + 1000)
      .replace(/\s+/g, " ")
      .trim(),
  ];
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : letters.join("");
}

/**
 * A sentence of the contract with mailcow's arguments filled in. `[at most {1} MiB|less]` becomes the first half with
 * the first argument, or the second half if that argument is missing.
 */
export function filled(sentence: string, args: readonly unknown[]): string {
  const words = args.map(wordOf);
  return sentence.replace(/\[([^[\]]*)\]/g, (_, both: string) => {
    const [full = "", without = ""] = both.split("|");
    const parts = full.split(/\{(\d)\}/).map((part, index) => (index % 2 ? words[Number(part) - 1] : part));
    return parts.includes(undefined) ? without : parts.join("");
  });
}

/** The text of an argument, or nothing if it is empty; of a database error, its last text. */
function wordOf(part: unknown): string | undefined {
  if (typeof part === "object" && part !== null) return wordOf(Object.values(part).flat().at(-1));
  return part === "" || !["string", "number"].includes(typeof part) ? undefined : clipped(unescaped(String(part)), 100);
}
