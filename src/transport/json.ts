/** PHP writes no JSON that is nested deeper, and code that walks through much deeper data overflows the stack. */
const deepest = 512;

/** An answer may have one value or name per this many bytes. 10,000 mailboxes fit into 48 MiB. */
const bytesPerValue = 48;
const leastBytes = 48 * 2 ** 20;
/** Not counted: even with one sign after the other, it has a third more than the least limit. 2,000 mailboxes fit in. */
const shortText = 2 * 2 ** 20;
/** So many fields of a row hold objects or lists at most, in mailcow's lists. */
const mostNested = 8;
/** The most values and names that a character can stand for: `[],` has two. */
const densest = 2 / 3;

/** `__proto__` as a name: as it is, or with one of its letters escaped. */
const proto = /__proto__|\\u00(?:5[Ff]|6[Ff]|7[024])/;

/** Decoded JSON, with its text if that is equivalent; or why it can't be accepted. */
export type Parsed = { readonly data: unknown; readonly text?: string } | { readonly excess: string };

/**
 * Decodes JSON so that it is safe to walk through and to copy; returns nothing if it is not JSON. Does not decode a
 * text with too many values for its length: in memory, each of a million `{}` takes many times its length.
 */
export function parseJson(text: string, maxBytes = 0): Parsed | undefined {
  const mostValues = Math.floor(Math.max(leastBytes, maxBytes) / bytesPerValue);
  if (text.length > shortText && holdsMore(text, mostValues)) {
    return {
      excess: `more than ${mostValues} values and names: ask for less, or raise maxReplyBytes, which allows one in ${bytesPerValue} bytes`,
    };
  }
  try {
    const isClean = !proto.test(text);
    const data: unknown = JSON.parse(text, isClean ? undefined : withoutProto);
    if (!isSurelyFlat(text, data) && isDeeper(data, deepest))
      return { excess: "JSON that is nested deeper than any of mailcow's" };
    return isClean ? { data, text } : { data };
  } catch {
    return undefined;
  }
}

/**
 * Whether the brackets in a text are too few for anything deep; of a list, apart from those of its rows and of what lies
 * right in them. Much faster than looking into every value; most answers are like this.
 */
function isSurelyFlat(text: string, data: unknown): boolean {
  // Every level needs two characters.
  if (text.length < 2 * deepest) return true;
  let left = countOf("{", text) + countOf("[", text);
  if (left <= deepest) return true;
  if (!Array.isArray(data)) return false;
  const first: unknown = data[0];
  if (typeof first !== "object" || first === null || Array.isArray(first)) return false;
  const names = Object.entries(first).flatMap(([name, member]) => (typeof member === "object" ? [name] : []));
  // To look for many names in each of many rows would take longer than to look into the rows.
  if (names.length > mostNested) return false;
  for (const row of data) {
    if (typeof row !== "object" || row === null) continue;
    left -= 1;
    for (const name of names) if (typeof row[name] === "object" && row[name] !== null) left -= 1;
  }
  // On the way to the deepest place, two are not counted: its row, and what lies in it.
  return left + 2 <= deepest;
}

function countOf(sign: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) count += 1;
  return count;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  // Takes half the time of `for … of`, or of a function for each member.
  for (let at = 0; at < members.length; at += 1) {
    const member = members[at];
    if (typeof member === "object" && member !== null && isDeeper(member, levels - 1)) return true;
  }
  return false;
}

/** Drops members named `__proto__`, which become a prototype when they are assigned to another object. */
const withoutProto = (name: string, value: unknown): unknown => (name === "__proto__" ? undefined : value);

const [quote, comma, colon, list, object, backslash] = Array.from('",:[{\\', (sign) => sign.charCodeAt(0));

/**
 * Whether JSON has more than this many values and names. Looks at each character once, skips texts,
 * and stops when the rest is too short.
 */
function holdsMore(text: string, mostValues: number): boolean {
  let values = 0;
  for (let at = 0; values + (text.length - at) * densest > mostValues; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfText(text, at);
    else if (code === comma || code === colon || code === list || code === object) values += 1;
    if (values > mostValues) return true;
  }
  return false;
}

/** Where a text ends: at a quote after an even number of backslashes. */
function endOfText(json: string, start: number): number {
  for (let at = json.indexOf('"', start + 1); at >= 0; at = json.indexOf('"', at + 1)) {
    let before = at - 1;
    while (json.charCodeAt(before) === backslash) before -= 1;
    if ((at - before) % 2 === 1) return at;
  }
  return json.length;
}
