/** PHP writes no JSON deeper than this, and many a walk through something much deeper overflows the stack. */
const deepest = 512;

const proto = "__proto__";

/** What a text says as JSON. */
export interface Parsed {
  readonly data: unknown;
  /** It is nested deeper than any answer of mailcow's can be; `data` is not safe to walk through. */
  readonly tooDeep: boolean;
}

/** What a text says as JSON, safe to walk through and to copy; nothing where it is no JSON. */
export function parseJson(text: string): Parsed | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return { data, tooDeep: !tame(data) };
  } catch {
    return undefined;
  }
}

/**
 * Takes the members called `__proto__` away, which turn into a prototype when they are assigned to another
 * object. Without recursion, because the depth is what is in question; false where it is too deep.
 */
function tame(data: unknown): boolean {
  let level = [data].filter(isObject);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= deepest) return false;
    const next: object[] = [];
    for (const node of level) {
      if (Object.hasOwn(node, proto)) delete (node as Record<string, unknown>)[proto];
      for (const member of Object.values(node)) if (isObject(member)) next.push(member);
    }
    level = next;
  }
  return true;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
