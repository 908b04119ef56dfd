import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import * as library from "../../src/index.ts";
import * as testing from "../../src/testing/index.ts";

/** A piece of code in a page or in a doc comment. */
export interface Block {
  /** Where it begins, such as `README.md:23`. */
  readonly place: string;
  readonly language: string;
  /** Why it is not run, as its fence says: "```ts no-run: needs a second server". */
  readonly notRun?: string;
  /** The same for a block that is not type-checked either. */
  readonly notChecked?: string;
  readonly code: string;
  /** What it prints, if a block "```text output" follows it. */
  readonly output?: string;
}

const filesBelow = (folder: string, extension: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(extension))
    .map((name) => `${folder}/${name}`);

/** All pages of the project. */
export const pages: readonly string[] = [
  ...readdirSync(".").filter((name) => name.endsWith(".md")),
  ...["docs", "openapi", "examples"].flatMap((folder) => filesBelow(folder, ".md")),
].sort();

const fence =
  /^```(?<language>\w+)(?: (?<mark>[^\n]*))?\n(?<code>.*?)^```$(?:\n+```text output\n(?<output>.*?)^```$)?/gms;

/** The blocks of a page, without those that only show output. */
function blocksOfPage(page: string): Block[] {
  const text = readFileSync(page, "utf8");
  return [...text.matchAll(fence)].map(({ index, groups = {} }) => {
    const { language = "", mark = "", code = "", output } = groups;
    const [, kind, reason] = /^(no-run|no-check): (.+)/.exec(mark) ?? [];
    return {
      place: `${page}:${lineAt(text, index)}`,
      language,
      code,
      ...(kind && reason && { notRun: reason }),
      ...(kind === "no-check" && reason && { notChecked: reason }),
      ...(output !== undefined && { output }),
    };
  });
}

const example = /@example\n(?<code>(?: *\*(?: (?!@).*)?\n)+)/g;

/** The examples in the doc comments of a file. */
function blocksOfSource(file: string): Block[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(example)].map(({ index, groups = {} }) => ({
    place: `${file}:${lineAt(text, index)}`,
    language: "ts",
    code: (groups["code"] ?? "").replace(/^ *\* ?/gm, ""),
  }));
}

const lineAt = (text: string, index: number): number => text.slice(0, index).split("\n").length;

/** Every block of code of the pages, and of the doc comments that are written by hand. */
const blocks: readonly Block[] = [
  ...pages.flatMap(blocksOfPage),
  ...filesBelow("src", ".ts")
    .filter((file) => !file.startsWith("src/generated/"))
    .flatMap(blocksOfSource),
];

/** Those that are TypeScript or JavaScript. */
export const programs: readonly Block[] = blocks.filter(({ language }) => ["ts", "js"].includes(language));

/** What blocks may use without saying where it comes from, besides what the library exports. */
const given = `
  declare const mcc: import("mailcow-client").MailcowApiClient;
  declare const signal: AbortSignal;
  declare const apiKey: string;
  declare const password: string;
`;

/** A block as a program of its own: one without imports is given those that it needs of the library. */
export function programOf({ code, place }: Block): string {
  const isPage = !place.startsWith("src/");
  if (isPage && /^import |require\(/m.test(code)) return code;
  const used = (module: object) => Object.keys(module).filter((name) => new RegExp(`\\b${name}\\b`).test(code));
  const fromTesting = place.startsWith("src/testing/") ? used(testing) : [];
  return `import { ${used(library)} } from "mailcow-client"; import { ${fromTesting} } from "mailcow-client/testing"; ${code}`;
}

/** What the compiler says against each block, if it says anything. One program for all: the library is read once. */
export function complaints(checked: readonly Block[]): string[] {
  const { config } = ts.readConfigFile("tsconfig.tools.json", ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ".");
  const sources = new Map(checked.map((block, index) => [fileOf(block, index), block]));
  const texts = new Map([...sources].map(([name, block]) => [name, programOf(block)]));
  texts.set(`${folder}/given.d.ts`, given);
  const settings = {
    ...options,
    allowJs: true,
    checkJs: true,
    noUnusedLocals: false,
    noPropertyAccessFromIndexSignature: false,
  };
  const host = ts.createCompilerHost(settings);
  const { fileExists, readFile } = host;
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.readFile = (name) => texts.get(name) ?? readFile(name);
  const program = ts.createProgram([...texts.keys()], settings, host);
  return [...sources].flatMap(([name, { place }]) => {
    const file = program.getSourceFile(name);
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found.map(({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
  });
}

const folder = `${process.cwd()}/test/docs`;
const fileOf = ({ language, code }: Block, index: number): string =>
  `${folder}/${index}.${language === "ts" ? "mts" : code.includes("require(") ? "cjs" : "mjs"}`;
