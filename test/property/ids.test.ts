import fc from "fast-check";
import { expect, test } from "vitest";
import { MailcowInputError } from "../../src/errors.ts";
import { serializePath } from "../../src/transport/path.ts";

const runs = 10_000;
const prefix = "/api/v1/get/mailbox/";

/**
 * What mailcow makes of a request's target. nginx: cuts the query off, decodes the rest once, resolves dots and double
 * slashes, and hands what comes after /api/v1/ to PHP, unencoded, as `query=…&<query>`. PHP: splits that at `&` and `=`,
 * decodes once more, and splits `query` at the slashes. Nothing where nginx would refuse.
 */
function asMailcowReads(target: string): { route: string[]; others: string[] } | undefined {
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

/** Where it leads, sent as `fetch` sends it; nothing where it is refused before. */
function sent(id: string | number): ReturnType<typeof asMailcowReads> | "refused" {
  let path: string;
  try {
    path = serializePath(`${prefix}{mailbox}`, { mailbox: id });
  } catch (error) {
    expect(error).toBeInstanceOf(MailcowInputError);
    expect((error as Error).message).toMatch(/^mailbox (is|contains) /);
    return "refused";
  }
  const url = new URL(`https://mail.example.com${path}`);
  expect(url.host).toBe("mail.example.com");
  return asMailcowReads(url.pathname + url.search + url.hash);
}

const tricks = [
  ...["..", ".", "%2e", "%2e%2e", "%252e", "&query=", "&query=get/admin/all", "?", "#", "/", "%2f", "\\", "\0", "%00"],
  ...["\n", "\r\n", "\t", "\ud800", "\udfff", "😀", "é", "e\u0301", "bücher.example", "xn--bcher-kva", "💌@例え.jp"],
  ...["+", " ", "%", "%25", "%zz", "=", ";", ",", "@", "'", '"', "<", "{mailbox}", "all", "template", "query=", "[]"],
];
const anyText = fc.string({ unit: "binary", maxLength: 40 });
const anyUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
  .map((units) => String.fromCharCode(...units));
const tricky = fc.array(fc.oneof(fc.constantFrom(...tricks), fc.string({ maxLength: 3 })), { maxLength: 6 });
const ids = fc.oneof(
  anyText,
  anyUnits,
  fc.string(),
  fc.emailAddress(),
  tricky.map((parts) => parts.join("")),
);

test("any id is refused, or sent unchanged on its own route", () => {
  let [arrived, refused] = [0, 0];
  fc.assert(
    fc.property(ids, (id) => {
      const read = sent(id);
      if (read === "refused") {
        refused += 1;
        return;
      }
      arrived += 1;
      expect(read).toEqual({ route: ["get", "mailbox", id], others: [] });
    }),
    { numRuns: runs, examples: tricks.map((trick): [string] => [trick]) },
  );
  // Neither may be the rule, or little would have been tried.
  expect(Math.min(arrived, refused)).toBeGreaterThan(runs / 20);
});

test("a plausible id is not refused", () => {
  const meant = fc.emailAddress().filter((address) => !address.includes("/"));
  fc.assert(
    fc.property(meant, (id) => {
      expect(sent(id)).toEqual({ route: ["get", "mailbox", id], others: [] });
    }),
    { numRuns: runs },
  );
});

test("two ids keep their places", () => {
  const route = "/api/v1/get/last-login/{username}/{days}";
  const plain = fc
    .oneof(fc.emailAddress(), fc.constantFrom("a&b", "{days}", "$1", "$&", "a?b#c"))
    .filter((id) => !id.includes("/"));
  fc.assert(
    fc.property(plain, fc.nat(), (username, days) => {
      const read = asMailcowReads(serializePath(route, { username, days }));
      expect(read).toEqual({ route: ["get", "last-login", username, String(days)], others: [] });
    }),
    { numRuns: runs },
  );
});
