import type { Document } from "./facts.ts";
import type { Releases } from "./releases.ts";
import { examplesOf } from "./testing-examples.ts";
import type { Described, Topics } from "./topics.ts";

/** Code with what `mailcow-client/testing` must know as data: all routes by topic, and the releases. */
export function testingFile(topics: Topics, contract: Document, releases: Releases): string {
  const byName = [...topics.operations].sort(([a], [b]) => (a < b ? -1 : 1));
  const idsOf = (operations: readonly Described[]) => operations.map(({ id }) => id).sort();
  return `import type { Route } from "../contract.ts";
${byName.map(([topic, all]) => `import { ${idsOf(all).join(", ")} } from "./routes/${topic}.ts";\n`).join("")}
/** The routes of each topic. */
export const routes: Readonly<Record<string, readonly Route<never, unknown>[]>> = {
${byName.map(([topic, all]) => `  "${topic}": [${idsOf(all).join(", ")}],\n`).join("")}};

/** The releases of mailcow that the contract covers, the oldest first. */
export const releases: readonly string[] = ${JSON.stringify(releases.all.map(({ release }) => release))};

/** What a stand-in answers where the state is not in mailcow's own database: the examples, and since when they are right. */
export const examples: Readonly<Record<string, { readonly value: unknown; readonly since?: string }>> = {
${examplesOf(contract, releases)
  .map(([name, example]) => `  ${JSON.stringify(name)}: ${JSON.stringify(example)},\n`)
  .join("")}};
`;
}
