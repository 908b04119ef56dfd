import type { NameKind } from "../contract.ts";

/** A kind of name. */
interface Kind {
  /** What would be right, for a refusal. */
  readonly expected: string;
  /** The name as mailcow stores it; `undefined` if it is not of this kind. */
  readonly stored: (text: string) => string | undefined;
}

/** Characters at which a text would be split, or that would lead to another route. */
const separators = /[\s,;/@]/;
const nonAscii = /\P{ASCII}/u;

/** A domain in lower case, Unicode as punycode: mailcow itself converts it only on some routes. */
function domain(text: string): string | undefined {
  const name = text.trim().toLowerCase();
  const ascii = nonAscii.test(name) ? punycode(name) : name;
  return ascii && !separators.test(ascii) ? ascii : undefined;
}

/** No name in the DNS is longer, and the time to convert one grows with the square of its length. */
const longestDomain = 253;

function punycode(name: string): string | undefined {
  if (name.length > longestDomain || /[/?#@:%\\\s]/.test(name)) return undefined;
  try {
    const { hostname } = new URL(`https://${name}`);
    // Digits outside ASCII may turn a name into an IP address.
    return /^[\d.]+$/.test(hostname) ? undefined : hostname;
  } catch {
    return undefined;
  }
}

/** An address: the part before the `@` unchanged, the domain as mailcow stores it. */
function address(text: string): string | undefined {
  const at = text.lastIndexOf("@");
  const [local, host] = [text.slice(0, at).trim(), domain(text.slice(at + 1))];
  return at > 0 && local && host && !/[\s,;]/.test(local) ? `${local}@${host}` : undefined;
}

/** An address, or `@example.com`. mailcow would store `*@example.com` as an address that gets no mail. */
function catchAll(text: string): string | undefined {
  const name = text.trim();
  if (name.startsWith("*@")) return undefined;
  return name.startsWith("@") ? withAt(domain(name.slice(1))) : address(name);
}

const withAt = (name: string | undefined): string | undefined => name && `@${name}`;

/** An IP address in its shortest form, in lower case: mailcow compares the text. */
function ip(text: string): string | undefined {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text))
    return text.split(".").every((part) => Number(part) < 256) ? text : undefined;
  if (!text.includes(":") || !/^[\da-f:.]+$/i.test(text)) return undefined;
  try {
    return new URL(`http://[${text}]`).hostname.slice(1, -1);
  } catch {
    return undefined;
  }
}

function network(text: string): string | undefined {
  const [, name = "", length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? [];
  const found = ip(name);
  if (!found || Number(length) > (found.includes(":") ? 128 : 32)) return undefined;
  return length === undefined ? found : `${found}/${Number(length)}`;
}

/** A host, or `*.example.com` for the hosts of a domain. */
function host(text: string): string | undefined {
  const name = text.trim();
  if (name.startsWith("*.")) {
    const found = domain(name.slice(2));
    return found && `*.${found}`;
  }
  return ip(name) ?? (name.includes(":") ? undefined : domain(name));
}

/** A host, perhaps in brackets, perhaps with a port. */
function nextHop(text: string): string | undefined {
  const whole = text.trim();
  const bare = ip(whole);
  if (bare) return bare;
  const [, inside, name, port = ""] = /^(?:\[([^[\]]+)\]|([^[\]:]+))(:[\w-]+)?$/.exec(whole) ?? [];
  const found = host(inside ?? name ?? "");
  return found && `${inside === undefined ? found : `[${found}]`}${port.toLowerCase()}`;
}

/** A domain, `.domain`, an address or `*`; a pattern for server names stays unchanged. */
function destination(text: string): string | undefined {
  const name = text.trim();
  if (!/^[\p{L}\p{M}\p{N}._@+-]+$/u.test(name)) return name || undefined;
  if (name.startsWith(".")) {
    const found = domain(name.slice(1));
    return found && `.${found}`;
  }
  return name.includes("@") ? catchAll(name) : domain(name);
}

function localPart(text: string): string | undefined {
  const part = text.trim().toLowerCase();
  return part && !separators.test(part) ? part : undefined;
}

/** One or more labels, each within the length limit of the DNS. */
function selector(text: string): string | undefined {
  const name = text.trim();
  return name.length <= 200 && name.split(".").every((label) => /^[\w-]{1,63}$/.test(label)) ? name : undefined;
}

const lower = (text: string): string | undefined => text.trim().toLowerCase() || undefined;

/** A part of an address; the labels of its domain in punycode. */
function senderPattern(text: string): string | undefined {
  const at = text.lastIndexOf("@") + 1;
  const domain = text.slice(at);
  // A label with a wildcard can't be converted to punycode.
  if (domain.split(".").some((label) => label.includes("*") && nonAscii.test(label))) return undefined;
  return lower(text.slice(0, at) + searchable(domain));
}
const asItIs = (text: string): string => text;

export const kinds: Readonly<Record<NameKind, Kind>> = {
  account: { expected: "a name to log in with", stored: lower },
  address: { expected: "an address, such as ann@example.com", stored: address },
  "address-or-domain": {
    expected: "an address or a domain",
    stored: (text) =>
      (text.trim().slice(1).includes("@") ? address(text) : domain(text.trim().replace(/^@/, "")))?.toLowerCase(),
  },
  "catch-all": { expected: "an address, or @example.com for all addresses of a domain", stored: catchAll },
  destination: { expected: "a domain, .domain, an address or *", stored: destination },
  domain: { expected: "a domain, such as example.com", stored: domain },
  host: { expected: "the name or the IP address of a host", stored: host },
  "host-or-network": {
    expected: "an IP address, a network such as 192.0.2.0/24, or the name of a host",
    stored: (text) => network(text) ?? host(text),
  },
  id: { expected: "a text that is not empty", stored: asItIs },
  "local-part": {
    expected: "the part of an address before the @, without blanks, slashes or commas",
    stored: localPart,
  },
  mailbox: {
    expected: "the address of a mailbox, such as ann@example.com",
    stored: (text) => address(text)?.toLowerCase(),
  },
  network: { expected: "an IP address or a network, such as 192.0.2.0/24", stored: network },
  "next-hop": { expected: "a host, such as relay.example.com or [relay.example.com]:587", stored: nextHop },
  number: { expected: "a whole number", stored: asItIs },
  recipient: {
    expected: "an address, or a domain",
    stored: (text) => (text.includes("@") ? catchAll(text) : withAt(domain(text)))?.toLowerCase(),
  },
  search: {
    expected: "a text to look for",
    // Escapes wildcards.
    stored: (text) => text.replace(/[\\%_]/g, "\\$&"),
  },
  selector: {
    expected: "a DKIM selector, such as dkim, whose parts between dots have 1 to 63 characters",
    stored: selector,
  },
  "send-as": {
    expected: "an address, a domain with or without @ before it, or *",
    stored: (text) => (/^\s*\*\s*$/.test(text) ? "*" : text.includes("@") ? catchAll(text) : domain(text)),
  },
  "sender-pattern": { expected: "an address, or a part of one with * for any text", stored: senderPattern },
  // mailcow ignores the tag 0.
  tag: { expected: "a tag", stored: (text) => (text.trim() === "0" ? undefined : text.trim() || undefined) },
  text: { expected: "a text", stored: asItIs },
  url: { expected: "a URL", stored: (text) => text.trim() },
};

/** A name as mailcow stores it; `undefined` if it is not of this kind. */
export const stored = (kind: NameKind, text: string): string | undefined => kinds[kind].stored(text);

const european = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u;

/** A text as mailcow's database compares it: without case and accents, and with `ß` as s. */
export const collationKey = (text: string): string =>
  Array.from(text, (char) => {
    // To the database, all characters above U+FFFF, such as emoji, are equal.
    if (char.length > 1) return "\uFFFD";
    const [base = char, ...marks] = char.normalize("NFD");
    const isAccented = marks.length > 0 && european.test(base) && char.toLowerCase() !== "й";
    return (isAccented ? base : char).toUpperCase().charAt(0);
  }).join("");

/** A text with its Unicode labels in punycode, to search for stored names. */
export const searchable = (text: string): string =>
  text
    .split(/([@.\s]+)/)
    .map((label) => (nonAscii.test(label) ? (punycode(label.toLowerCase()) ?? label) : label))
    .join("");
