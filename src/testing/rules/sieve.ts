/** Sieve scripts as mailcow checks them: words, their arguments, and what `require` allows. */

type Kind = "string" | "string list" | "number" | "identifier" | "left parenthesis" | "block start" | "tag";

interface Token {
  readonly kind: string;
  readonly text: string;
  readonly line: number;
}

class SieveError extends Error {}

const fail = (token: Token, reason: string): never => {
  throw new SieveError(`line ${token.line}: ${reason}`);
};
const missing = (token: Token, expected: string): never =>
  fail(token, `${token.kind} where ${expected} expected near ${token.text}`);

const match = "is contains matches value count regex comparator";
const part = "all localpart domain user detail";
const vacation = "days seconds addresses subject from handle mime";

/** Each word: the extension that brings it, if any, its tags, and its arguments: s(tring), l(ist), n(umber), (ta)g, t(est), b(lock). */
const commands: Readonly<Record<string, readonly [string, string, string]>> = {
  discard: ["", "", ""],
  stop: ["", "", ""],
  keep: ["", "flags", ""],
  redirect: ["", "copy", "s"],
  require: ["", "", "l"],
  if: ["", "", "tb"],
  elsif: ["", "", "tb"],
  else: ["", "", "b"],
  fileinto: ["fileinto", "create copy flags", "s"],
  reject: ["reject", "", "s"],
  ereject: ["ereject", "", "s"],
  setflag: ["imap4flags", "", "l"],
  addflag: ["imap4flags", "", "l"],
  removeflag: ["imap4flags", "", "l"],
  set: ["variables", "lower upper lowerfirst upperfirst quotewildcard length quoteregex", "ss"],
  vacation: ["vacation", vacation, "s"],
  notify: ["enotify", "from importance options message", "s"],
  addheader: ["editheader", "last", "ss"],
  deleteheader: ["editheader", `index last ${match}`, "sL"],
};
const tests: Readonly<Record<string, readonly [string, string, string]>> = {
  address: ["", `${match} ${part} index last`, "ll"],
  allof: ["", "", "("],
  anyof: ["", "", "("],
  exists: ["", "", "l"],
  false: ["", "", ""],
  true: ["", "", ""],
  header: ["", `${match} index last`, "ll"],
  not: ["", "", "t"],
  size: ["", "", "gn"],
  body: ["body", `${match} raw content text`, "l"],
  envelope: ["envelope", `${match} ${part}`, "ll"],
  date: ["date", `${match} zone originalzone index last`, "ssl"],
  currentdate: ["date", `${match} zone`, "sl"],
  duplicate: ["duplicate", "", ""],
  environment: ["environment", match, "sl"],
  hasflag: ["imap4flags", match, "l"],
  mailboxexists: ["mailbox", "", "s"],
  string: ["variables", match, "ll"],
  spamtest: ["spamtest", match, "s"],
  virustest: ["virustest", match, "s"],
};
/** What follows a tag. */
const values: Readonly<Record<string, Kind>> = {
  comparator: "string",
  value: "string",
  count: "string",
  flags: "string list",
  days: "number",
  seconds: "number",
  addresses: "string list",
  subject: "string",
  from: "string",
  handle: "string",
  options: "string list",
  message: "string",
  index: "number",
  content: "string list",
  zone: "string",
};
const byTag: Readonly<Record<string, string>> = {
  copy: "copy",
  flags: "imap4flags",
  count: "relational",
  regex: "regex",
  quoteregex: "regex",
  user: "subaddress",
  detail: "subaddress",
  seconds: "vacation-seconds",
};
const extensions = new Set([
  ...[...Object.values(commands), ...Object.values(tests)].map(([extension]) => extension),
  ...Object.values(byTag),
  ..."index comparator-i;ascii-numeric imapflags mime notify spamtestplus".split(" "),
  ..."vnd.dovecot.execute vnd.dovecot.filter vnd.dovecot.pipe".split(" "),
]);
const kinds: Readonly<Record<string, Kind>> = {
  s: "string",
  l: "string list",
  L: "string list",
  n: "number",
  g: "tag",
  t: "identifier",
  "(": "left parenthesis",
  b: "block start",
};

const scanner =
  /(?<blank>[ \r\n\t]+)|(?<comment>\/\*[\s\S]*?\*\/|#[^\r\n]*\r?(?:\n|$))|(?<tag>:[a-z_]\w*)|(?<quoted_string>"(?:[^"\\]|\\[\s\S])*")|(?<number>\d+[KMG]?\b)|(?<multiline_string>text:[ \t]*(?:#[^\r\n]*)?\r?\n(?:(?!\.\r?(?:\n|$))[^\n]*\n)*\.\r?(?:\n|$))|(?<identifier>[a-z_]\w*)|(?<left_bracket>\[)|(?<right_bracket>\])|(?<block_start>\{)|(?<block_end>\})|(?<left_parenthesis>\()|(?<right_parenthesis>\))|(?<comma>,)|(?<semicolon>;)|(?<unknown_token>[^ \r\n\t]+)/giy;

function tokens(script: string): Token[] {
  const found: Token[] = [];
  let line = 1;
  for (const { 0: text, groups = {} } of script.matchAll(scanner)) {
    const [kind = ""] = Object.entries(groups).find(([, value]) => value !== undefined) ?? [];
    if (kind !== "blank" && kind !== "comment") found.push({ kind: kind.replace("_", " "), text, line });
    line += text.split("\n").length - 1;
  }
  found.push({ kind: "script end", text: "", line });
  return found;
}

interface Argument {
  readonly kind: Kind;
  readonly isOptional: boolean;
}

class Checker {
  readonly #tokens: Token[];
  readonly #required = new Set([""]);

  constructor(script: string) {
    this.#tokens = tokens(script);
  }

  check(): void {
    this.#commands();
    if (this.#is("script end")) return;
    missing(this.#take(), "script end");
  }

  get #next(): Token {
    return this.#tokens[0] ?? { kind: "script end", text: "", line: 1 };
  }
  #is(...wanted: string[]): boolean {
    return wanted.includes(this.#next.kind);
  }
  #take(): Token {
    const token = this.#next;
    this.#tokens.shift();
    return token;
  }
  #has(word: readonly [string, string, string] | undefined): word is readonly [string, string, string] {
    return word !== undefined && this.#required.has(word[0]);
  }

  #commands(): void {
    let before = "";
    while (this.#is("identifier")) {
      const token = this.#take();
      const name = token.text.toLowerCase();
      const word = commands[name];
      if (!this.#has(word)) {
        if (!this.#has(tests[name])) fail(token, `unknown command ${name}`);
        fail(
          token,
          before === "" ? `${name} may not appear as first command` : `${name} may not appear after ${before}`,
        );
        return;
      }
      const isMisplaced =
        (name === "require" && before !== "require") || (/^els/.test(name) && !/^(if|elsif)$/.test(before));
      if (before !== "" && isMisplaced) fail(token, `${name} may not appear after ${before}`);
      before = name;
      const left = this.#arguments(word, name, "semicolon");
      const end = this.#take();
      if (end.kind === "semicolon") {
        done(left, end);
        continue;
      }
      if (end.kind !== "block start" || left[0]?.kind !== "block start") missing(end, left[0]?.kind ?? "semicolon");
      this.#commands();
      if (!this.#is("block end")) missing(this.#take(), "block end");
      this.#take();
    }
  }

  /** Reads arguments. Returns what is still to come: a block, or what is missing. */
  #arguments([, tags, positions]: readonly [string, string, string], name: string, end: string): Argument[] {
    const allowed = new Set(tags.split(" ").filter((tag) => tag !== "" && this.#required.has(byTag[tag] ?? "")));
    const left: Argument[] = [...positions].map((letter) => ({
      kind: kinds[letter] ?? "string",
      isOptional: letter === "L",
    }));
    let isStart = allowed.size > 0;
    while (this.#is("number", "tag", "quoted string", "multiline string", "left bracket")) {
      const token = this.#next;
      if (token.kind === "tag" && isStart) {
        this.#take();
        const tag = token.text.slice(1).toLowerCase();
        if (!allowed.delete(tag)) fail(token, `unexpected tag ${token.text}`);
        const value = values[tag];
        if (value) this.#argument({ kind: value, isOptional: false }, name);
        continue;
      }
      isStart = false;
      const wanted = left.shift();
      if (!wanted) missing(token, end);
      else this.#argument(wanted, name);
    }
    if (this.#is("identifier", "left parenthesis")) this.#tests(left, name, end);
    return left;
  }

  #argument({ kind }: Argument, name: string): void {
    const token = this.#take();
    const isString = token.kind === "quoted string" || token.kind === "multiline string";
    if (kind === "string list" && token.kind === "left bracket") {
      if (this.#is("right bracket")) {
        this.#take();
        return;
      }
      for (;;) {
        const item = this.#take();
        if (!/string$/.test(item.kind)) missing(item, "string");
        if (name === "require") this.#require(item, `unexpected quoted string ${item.text}`);
        const after = this.#take();
        if (after.kind === "right bracket") return;
        if (after.kind !== "comma") missing(after, "comma or right bracket");
      }
    }
    if (kind === "tag") {
      if (token.kind !== "tag") missing(token, kind);
      if (!/^:(over|under)$/i.test(token.text)) fail(token, `tag ${token.text} where tag expected`);
      return;
    }
    if (kind === "number" ? token.kind !== "number" : !isString || !kind.startsWith("string")) missing(token, kind);
    if (name === "require") this.#require(token, `quoted string ${token.text} where require string expected`);
  }

  #require(token: Token, reason: string): void {
    const name = token.text.slice(1, -1);
    if (!extensions.has(name)) fail(token, reason);
    this.#required.add(name);
  }

  #tests(left: Argument[], name: string, end: string): void {
    const wanted = left.shift();
    const token = this.#next;
    if (wanted?.kind === "identifier" && token.kind === "identifier") {
      this.#test(`identifier ${token.text} where ${name === "not" ? "test" : "test command"} expected`);
      return;
    }
    if (wanted?.kind !== "left parenthesis" || token.kind !== "left parenthesis") {
      missing(token, wanted?.kind ?? end);
      return;
    }
    this.#take();
    for (;;) {
      if (!this.#is("identifier")) missing(this.#take(), "identifier");
      this.#test(`unexpected identifier ${this.#next.text}`);
      const after = this.#take();
      if (after.kind === "right parenthesis") return;
      if (after.kind !== "comma") missing(after, "comma or right parenthesis");
    }
  }

  #test(unknown: string): void {
    const token = this.#take();
    const name = token.text.toLowerCase();
    const word = tests[name];
    if (!this.#has(word)) fail(token, unknown);
    else done(this.#arguments(word, name, "block start"), this.#next);
  }
}

function done(left: readonly Argument[], token: Token): void {
  const first = left.find(({ isOptional }) => !isOptional);
  if (first) missing(token, first.kind);
}

/** What mailcow complains about in a script; nothing if it takes it. */
export function sieveError(script: string): string | undefined {
  try {
    new Checker(script).check();
    return undefined;
  } catch (error) {
    if (error instanceof SieveError) return error.message;
    throw error;
  }
}
