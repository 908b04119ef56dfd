import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NameKind } from "../../src/contract.ts";
import { collationKey, kinds, searchable, stored } from "../../src/core/names.ts";

const none = undefined;

describe("a name as mailcow stores it", () => {
  const names: [NameKind, string, string | undefined][] = [
    ["domain", " Example.COM ", "example.com"],
    ["domain", "Bücher.example", "xn--bcher-kva.example"],
    ["domain", "straße.example", "xn--strae-oqa.example"],
    ["domain", "XN--BCHER-KVA.example", "xn--bcher-kva.example"],
    ["domain", "a.example, b.example", none],
    ["domain", "ann@example.com", none],
    ["domain", "example.com/x", none],
    ["domain", "１.２", none],
    ["domain", `${"ü".repeat(254)}.test`, none],
    ["domain", " ", none],
    ["address", "Ann@Rä.Test", "Ann@xn--r-0fa.test"],
    ["address", "ann", none],
    ["address", "@example.com", none],
    ["address", "a b@example.com", none],
    ["mailbox", " ANN@Rä.Test ", "ann@xn--r-0fa.test"],
    ["mailbox", "API", none],
    ["catch-all", "@Rä.Test", "@xn--r-0fa.test"],
    ["catch-all", "Info@Rä.Test", "Info@xn--r-0fa.test"],
    ["sender-pattern", " *@RÄ.Test ", "*@xn--r-0fa.test"],
    ["sender-pattern", "Ann@*.Rä.test", "ann@*.xn--r-0fa.test"],
    ["sender-pattern", "*rä.test", none],
    ["catch-all", "*@example.com", none],
    ["selector", " dkim ", "dkim"],
    ["selector", "2026.mail_a", "2026.mail_a"],
    ["selector", "a..b", none],
    ["selector", ".a", none],
    ["selector", "a b", none],
    ["selector", "x".repeat(64), none],
    ["selector", `${"x".repeat(63)}.`.repeat(4), none],
    ["recipient", "Rä.Test", "@xn--r-0fa.test"],
    ["recipient", "@Example.com", "@example.com"],
    ["recipient", "Ann@Example.com", "ann@example.com"],
    ["address-or-domain", "@Rä.Test", "xn--r-0fa.test"],
    ["address-or-domain", "Ann@Rä.Test", "ann@xn--r-0fa.test"],
    ["send-as", "*", "*"],
    ["send-as", "x@rä.test", "x@xn--r-0fa.test"],
    ["send-as", "@Rä.Test", "@xn--r-0fa.test"],
    ["send-as", "Rä.Test", "xn--r-0fa.test"],
    ["local-part", " Ann ", "ann"],
    ["local-part", "a/b", none],
    ["local-part", "a@b", none],
    ["account", " Carl ", "carl"],
    ["account", "", none],
    ["host", "MAIL.Example.com", "mail.example.com"],
    ["host", "2001:DB8::1", "2001:db8::1"],
    ["host", "*.Example.com", "*.example.com"],
    ["host", "mail.example.com:25", none],
    ["network", "2001:0DB8:0:0::1", "2001:db8::1"],
    ["network", " 2001:DB8::/32 ", "2001:db8::/32"],
    ["network", "192.0.2.0/24", "192.0.2.0/24"],
    ["network", "192.0.2.300", none],
    ["network", "192.0.2.0/33", none],
    ["network", "mail.example.com", none],
    ["host-or-network", "Mail.Example.com", "mail.example.com"],
    ["host-or-network", "2001:DB8::/32", "2001:db8::/32"],
    ["next-hop", "[Relay.Rä.Test]:587", "[relay.xn--r-0fa.test]:587"],
    ["next-hop", "relay.example.com", "relay.example.com"],
    ["next-hop", "2001:DB8::1", "2001:db8::1"],
    ["next-hop", "[2001:DB8::1]:25", "[2001:db8::1]:25"],
    ["destination", "Rä.Test", "xn--r-0fa.test"],
    ["destination", ".Rä.Test", ".xn--r-0fa.test"],
    ["destination", "Ann@Rä.Test", "Ann@xn--r-0fa.test"],
    ["destination", "*", "*"],
    ["destination", "^MX\\.Example\\.com$", "^MX\\.Example\\.com$"],
    ["search", "50%_off\\", "50\\%\\_off\\\\"],
    ["text", " As it IS ", " As it IS "],
  ];
  test.each(names.filter(([, , name]) => name !== none))(
    "%s: %j is stored as %j [guard everywhere/spelling]",
    (kind, text, name) => {
      expect(stored(kind, text)).toBe(name);
    },
  );

  test.each(names.filter(([, , name]) => name === none))("%s: %j is invalid", (kind, text) => {
    expect(stored(kind, text)).toBeUndefined();
  });

  const settled = (Object.keys(kinds) as NameKind[]).filter((kind) => kind !== "search");
  test.each(settled)("%s: a stored name is not changed again", (kind) => {
    const texts = fc.oneof(
      fc.string(),
      fc.domain(),
      fc.emailAddress(),
      fc.ipV4(),
      fc.ipV6(),
      fc.string({ unit: "grapheme" }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const once = stored(kind, text);
        if (once !== undefined) expect(stored(kind, once)).toBe(once);
      }),
    );
  });
});

describe("a search text", () => {
  test.each([
    ["rä.test", "xn--r-0fa.test"],
    ["ann@rä.test", "ann@xn--r-0fa.test"],
    ["Bücher", "xn--bcher-kva"],
    ["red tag", "red tag"],
    ["50%", "50%"],
    ["", ""],
  ])("%j is also searched for as %j", (text, expected) => {
    expect(searchable(text)).toBe(expected);
  });
});

describe("tags that are equal to mailcow's database", () => {
  test.each([
    ["é", "E"],
    ["ß", "s"],
    ["Straße", "strase"],
    ["ı", "İ"],
    ["ñ", "n"],
    ["ё", "е"],
    ["ά", "Α"],
    ["😀", "😁"],
  ])("%s and %s [guard everywhere/tags]", (a, b) => {
    expect(collationKey(a)).toBe(collationKey(b));
  });

  test.each([
    ["ß", "ss"],
    ["ü", "ue"],
    ["ø", "o"],
    ["ł", "l"],
    ["æ", "ae"],
    ["й", "и"],
    ["が", "か"],
    ["ｗ", "w"],
    ["e\u0301", "é"],
    ["a-b", "ab"],
    ["😀", "a"],
  ])("not %s and %s", (a, b) => {
    expect(collationKey(a)).not.toBe(collationKey(b));
  });

  test("the tag 0, which mailcow ignores, is refused", () => {
    expect([stored("tag", " 0 "), stored("tag", "00"), stored("tag", " x ")]).toEqual([none, "00", "x"]);
  });
});
