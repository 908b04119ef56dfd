import type { Meanings } from "../../src/contract.ts";
import { filled } from "../../src/sentence.ts";
import { Failure } from "./cli.ts";
import type { Document } from "./facts.ts";
import { inCode } from "./notation.ts";
import { alternatives, type Described, isEntry, type Json, type Topics } from "./topics.ts";

/** A way in which an operation can say no: what its message begins with, or the whole of it. */
export interface Refusal {
  readonly says: string;
  /** It comes as a warning, and most warnings are no refusals. */
  readonly isWarning: boolean;
}

/** All ways in which an operation can say no. */
export function refusalsOf({ answer }: Described, { schemas }: Topics): Refusal[] {
  const answers = answer ? alternatives(answer, schemas) : [];
  const entries = answers.flatMap((choice) => [choice, ...alternatives((choice["items"] ?? {}) as Json, schemas)]);
  return entries.filter(isEntry).flatMap((entry) => {
    const { type, msg } = entry["properties"] as { type: Json; msg: Json };
    const isWarning = type["const"] === "warning";
    if (type["const"] === "success" || type["const"] === "info") return [];
    return alternatives(msg, schemas)
      .flatMap((choice) => alternatives((choice["prefixItems"] as Json[] | undefined)?.[0] ?? choice, schemas))
      .flatMap(beginnings)
      .map((says) => ({ says, isWarning }));
  });
}

/** What the texts of a schema begin with. */
function beginnings({ const: only, enum: words, pattern }: Json): string[] {
  const whole = (words ?? (only === undefined ? [] : [only])) as string[];
  const choices = typeof pattern === "string" ? pattern.replace(/^\^\(?/, "").split("|") : [];
  const literal = /^(?:\\[^sSdDwWbB]|[^\\.[\](){}*+?^$|])*/;
  return [...whole, ...choices.map((choice) => (literal.exec(choice)?.[0] ?? "").replaceAll("\\", ""))];
}

/** Whether a key of `x-mailcow-codes` is about a message; one that ends in `*` is about all that begin so. */
export function isAbout(key: string, says: string): boolean {
  const start = key.slice(0, -1);
  return key.endsWith("*") ? says.startsWith(start) || start.startsWith(says) : key === says;
}

/** What refusals mean everywhere. */
export const meaningsOf = (contract: Document): Meanings => (contract["x-mailcow-codes"] ?? {}) as Meanings;

/** What refusals mean in a topic, and in an operation, where they mean something else there. */
export function meaningsIn({ operation }: Described, contract: Document): { topic: Meanings; own: Meanings } {
  const tags = contract["tags"] as { name: string; "x-mailcow-codes"?: Meanings }[];
  const [tag] = operation["tags"] as string[];
  const topic = tags.find(({ name }) => name === tag)?.["x-mailcow-codes"] ?? {};
  return { topic, own: (operation["x-mailcow-codes"] ?? {}) as Meanings };
}

/** What the library needs of the codes at once: their type, and which warnings are refusals. */
export function codesOf(contract: Document, topics: Topics): string {
  const operations = [...topics.operations.values()].flat();
  const tables = operations.flatMap((each) => Object.values(meaningsIn(each, contract)));
  const keys = new Set([meaningsOf(contract), ...tables].flatMap((table) => Object.keys(table)));
  const warnings = operations.flatMap((each) => refusalsOf(each, topics)).filter(({ isWarning }) => isWarning);
  const notDone = Object.keys(meaningsOf(contract)).filter((key) => warnings.some(({ says }) => isAbout(key, says)));
  const codes = [...keys].filter((key) => !key.endsWith("*")).sort();
  return `/** A code with which mailcow refuses; a sentence where mailcow has no code. */
export type MailcowCode =${codes.map((code) => `\n  | ${JSON.stringify(code)}`).join("")};

/** What a warning begins with by which mailcow says that it did not do it. */
export const notDone: readonly string[] = ${JSON.stringify(notDone.map((key) => key.replace(/\*$/, "")).sort())};
`;
}

/** What refusals mean everywhere, as a table of the library. */
export function meaningsFile(contract: Document): string {
  return `/** What refusals mean, where their route does not say otherwise, in the notation of notation.ts. */
export const meanings = ${inCode(linesOfMeanings(meaningsOf(contract)))};
`;
}

/** A table of meanings, a line each. What is not whole, or would leave a placeholder in a message, is not generated. */
export function linesOfMeanings(meanings: Meanings): string {
  const lines = Object.entries(meanings).map(([code, { cause, cure, category }]) => {
    if (!(category && cause && cure)) throw new Failure(`generate: ${code} needs a category, a cause and a cure`);
    if (/[[\]{}|]/.test(filled(`${cause} ${cure}`, [])))
      throw new Failure(`generate: ${code} has a placeholder outside of [with {1}|without]`);
    return `${category} ${code} = ${cause}; ${cure}`;
  });
  return lines.join("\n");
}
