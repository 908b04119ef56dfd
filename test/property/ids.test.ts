import fc from "fast-check";
import { expect, test } from "vitest";
import { MailcowInputError } from "../../src/errors.ts";
import { serializePath } from "../../src/transport/path.ts";
import { asMailcowReads } from "../support/as-mailcow-reads.ts";

const runs = 10_000;
const prefix = "/api/v1/get/mailbox/";

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
