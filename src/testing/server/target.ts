/** What a request is about, as mailcow reads its target. */
export interface Target {
  /** The words of the path after `/api/v1/`, decoded. */
  readonly words: readonly string[];
  readonly query: ReadonlyMap<string, string>;
}

/**
 * nginx cuts the query off, decodes the rest, resolves dots and double slashes, and hands what follows `/api/v1/` to PHP
 * as one more parameter of the query. PHP decodes that again, so a name has to be encoded twice. Nothing where nginx
 * would refuse.
 */
export function readTarget(target: string): Target | undefined {
  const mark = target.indexOf("?");
  const [path, query] = mark < 0 ? [target, ""] : [target.slice(0, mark), target.slice(mark + 1)];
  if (/%(?![0-9a-f]{2})|[^\x21-\x7e]|#/i.test(path)) return undefined;
  const segments: string[] = [];
  for (const segment of decoded(path)
    .replace(/\/{2,}/g, "/")
    .split("/")
    .slice(1)) {
    if (segment === "..") segments.pop();
    else if (segment !== ".") segments.push(segment);
  }
  const [api, version, ...rest] = segments;
  if (api !== "api" || version !== "v1") return undefined;
  const values = new Map<string, string>();
  for (const pair of `query=${rest.join("/")}&${query}`.split("&")) {
    const [name = "", ...value] = pair.split("=");
    if (pair !== "") values.set(phpDecoded(name), phpDecoded(value.join("=")));
  }
  return { words: (values.get("query") ?? "").split("/"), query: values };
}

const phpDecoded = (text: string): string => decoded(text.replaceAll("+", " "));

/** Decodes bytes of UTF-8; a `%` that leads nowhere stays. */
function decoded(text: string): string {
  if (!text.includes("%")) return text;
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) =>
    new TextDecoder().decode(Uint8Array.from(codes.slice(1).split("%"), (code) => Number.parseInt(code, 16))),
  );
}
