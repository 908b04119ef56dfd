import type { Meanings } from "../../src/contract.ts";
import { shapeOf } from "./answers.ts";
import { linesOfMeanings, meaningsIn, refusalsOf } from "./codes.ts";
import type { Document } from "./facts.ts";
import { inCode } from "./notation.ts";
import type { Described, Json, Topics } from "./topics.ts";
import { traitsFile } from "./traits-file.ts";
import { typeOf } from "./types.ts";
import { Writer } from "./writer.ts";

/** Code with the routes of each topic, by file below src/generated, and what several of them share. */
export function routesOf(topics: Topics, contract: Document): Map<string, string> {
  const writer = new Writer(topics);
  const files = [...topics.operations].map(
    ([topic, operations]) => [`routes/${topic}.ts`, fileOf(topic, operations, writer, contract)] as const,
  );
  return new Map([
    ...files,
    ["shapes.ts", shapesFile(writer)],
    ["tables.ts", tablesFile([...topics.operations.keys()].sort())],
    ["traits.ts", traitsFile(topics)],
  ]);
}

function fileOf(topic: string, operations: readonly Described[], writer: Writer, contract: Document): string {
  const ofTopic = operations[0] ? meaningsIn(operations[0], contract).topic : {};
  const hasOwn = Object.keys(ofTopic).length > 0;
  const routes = operations.map((each) => {
    const { own } = meaningsIn(each, contract);
    return codeOf(each, writer, topic, own, hasOwn && refusalsOf(each, writer.topics).length > 0);
  });
  const text = routes.join("");
  const imports = [
    `import type { ${text.includes("ActionResult") ? "ActionResult, " : ""}Route } from "../../contract.ts";`,
    'import { route } from "../../notation.ts";',
    ...(/\bcommon\./.test(text) ? ['import type * as common from "../types/common.ts";'] : []),
    ...(/\btypes\./.test(text) ? [`import type * as types from "../types/${topic}.ts";`] : []),
  ];
  const codes = hasOwn ? [`const codes = ${inCode(linesOfMeanings(ofTopic))};\n`] : [];
  return [`${imports.join("\n")}\n`, ...codes, ...routes].join("\n");
}

function codeOf(described: Described, writer: Writer, topic: string, own: Meanings, isOfTopic: boolean): string {
  const { route, id } = described;
  const codes = Object.keys(own).length > 0 ? linesOfMeanings(own).split("\n") : [];
  const text = [writer.route(described), ...codes.map((line) => `! ${line}`)].join("\n");
  const types = typesOfRoute(described, writer.topics, topic);
  return `/** ${route} */\nexport const ${id}: Route<${types.input}, ${types.answer}> = route(${inCode(text)}${isOfTopic ? ", codes" : ""});\n`;
}

const shapesFile = (
  writer: Writer,
): string => `/** The shapes that several routes share, in the notation of notation.ts. */
export const shapes = ${inCode(writer.shapes())};

export type Shape =${writer.named.map((name) => `\n  | "${name}"`).join("")};
`;

/** All tables in a row: a bundle has its modules in the order of the imports, and gzip finds only repetitions nearby. */
const tablesFile = (
  topics: readonly string[],
): string => `/** All tables in a row, so that gzip finds their repetitions. */
${topics.map((topic) => `export * from "./routes/${topic}.ts";\n`).join("")}export { meanings } from "./meanings.ts";
`;

/** What a route takes and what a call of it returns, as types. */
function typesOfRoute(
  { params, body, answer }: Pick<Described, "params" | "body" | "answer">,
  topics: Topics,
  topic: string,
): { input: string; answer: string } {
  const write = (schema: Json, side: "input" | "answer") => typeOf(schema, { topics, topic, side, named: true });
  const fields = params.map(
    ({ name, in: where, schema }) => `${name}${where === "query" ? "?" : ""}: ${write(schema, "input")}`,
  );
  const whole = body && write(body, "input");
  const input = fields.length > 0 ? `{ ${[...fields, ...(whole ? [`body: ${whole}`] : [])].join("; ")} }` : whole;
  const { answers, items } = shapeOf(answer, topics);
  const one = [...new Set(items.map((item) => write(nameAgain(item, topics), "answer")))].join(" | ") || "never";
  const returned = {
    rows: / \| /.test(one) ? `(${one})[]` : `${one}[]`,
    row: `${one} | null`,
    value: one,
    entries: "ActionResult[]",
  }[answers];
  return { input: input ?? "Record<never, never>", answer: returned.replace("never | ", "") };
}

/** The name of a schema that was resolved, so that its type has a name too. */
function nameAgain(item: Json, { schemas }: Topics): Json {
  const name = Object.keys(schemas).find((key) => schemas[key] === item);
  return name ? { $ref: `#/components/schemas/${name}` } : item;
}
