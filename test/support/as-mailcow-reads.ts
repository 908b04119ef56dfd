/**
 * What mailcow makes of a request's target. nginx: cuts the query off, decodes the rest once, resolves dots and double
 * slashes, and hands what comes after /api/v1/ to PHP, unencoded, as `query=…&<query>`. PHP: splits that at `&` and `=`,
 * decodes once more, and splits `query` at the slashes. Nothing where nginx would refuse.
 */
export function asMailcowReads(target: string): { route: string[]; others: string[] } | undefined {
  const [path = "", ...query] = target.split("?");
  if (/[^\x21-\x7e]/.test(target) || path.includes("#")) return undefined;
  const decoded = percentDecoded(path);
  if (decoded === undefined || decoded.includes("\0")) return undefined;
  const segments: string[] = [];
  for (const segment of decoded
    .replace(/\/{2,}/g, "/")
    .split("/")
    .slice(1)) {
    if (segment === "..") segments.pop();
    else if (segment !== ".") segments.push(segment);
  }
  const match = /^api\/v1\/(.*)$/s.exec(segments.join("/"));
  if (!match) return undefined;
  const pairs = `query=${match[1]}&${query.join("?")}`.split("&").filter((pair) => pair !== "");
  const read = pairs.map((pair) => {
    const [name = "", ...value] = pair.split("=");
    return [phpDecode(name), phpDecode(value.join("="))] as const;
  });
  // Of equal names, PHP keeps the last.
  const route = read.filter(([name]) => name === "query").at(-1)?.[1] ?? "";
  return { route: route.split("/"), others: read.slice(1).map(([name]) => name) };
}

/** The text of UTF-8 bytes as they stand after decoding, or nothing where a `%` leads nowhere, which nginx refuses. */
function percentDecoded(text: string): string | undefined {
  return /%(?![0-9a-f]{2})/i.test(text) ? undefined : decodedBytes(text);
}

/** PHP lets a stray `%` stand. */
const phpDecode = (text: string): string => decodedBytes(text.replaceAll("+", " "));

function decodedBytes(text: string): string {
  const bytes: number[] = [];
  const source = Buffer.from(text);
  for (let at = 0; at < source.length; at += 1) {
    const code = /^%([0-9a-f]{2})/i.exec(source.subarray(at, at + 3).toString("latin1"));
    bytes.push(code ? Number.parseInt(code[1] ?? "", 16) : (source[at] ?? 0));
    if (code) at += 2;
  }
  return Buffer.from(bytes).toString();
}
