import type { Traits } from "../../src/contract.ts";
import { shapeOf } from "./answers.ts";
import { alternatives, type Described, type Json, type Topics } from "./topics.ts";

/** The routes of each method as a text, and what the transport has to know of those that are not like the others. */
export function traitsFile(topics: Topics): string {
  const lineOf = ({ path, params, operation, answer, body }: Described): string => {
    const { answers, items } = shapeOf(answer, topics);
    const query = params.filter((param) => param.in === "query").map(({ name }) => name);
    const marks: Record<Exclude<keyof Traits, "query">, unknown> = {
      bare: answers !== "rows" && items.some(({ type }) => type !== "object" && type !== "array"),
      text: operation["x-mailcow-text"],
      glued: operation["x-mailcow-glued"],
      secretItems: body && itemsOf(body, topics).some((item) => item["x-mailcow-secret"]),
      writes: operation["x-mailcow-writes"],
    };
    const words = Object.entries(marks).flatMap(([mark, isSo]) => (isSo ? [mark] : []));
    return [[path.replace("/api/v1/", ""), ...query].join("?"), ...words].join(" ");
  };
  const all = [...topics.operations.values()].flat();
  const linesOf = (method: string): string[] =>
    all
      .filter((described) => described.method === method)
      .map(lineOf)
      .sort();
  return `/** The routes to read, each with its query parameters and its traits. */
export const reads = \`
${linesOf("GET").join("\n")}
\`;

/** Of the other routes, those that have any. */
export const writes = \`
${linesOf("POST")
  .filter((line) => /[ ?]/.test(line))
  .join("\n")}
\`;
`;
}

/** What may stand for an item in a body. */
function itemsOf(body: Json, { schemas }: Topics): Json[] {
  const inside = ({ properties, items }: Json) => ((properties as Json)?.["items"] ?? items ?? {}) as Json;
  const choices = alternatives(body, schemas).flatMap((choice) => alternatives(inside(choice), schemas));
  return [...choices, ...choices.flatMap((choice) => alternatives(inside(choice), schemas))];
}
