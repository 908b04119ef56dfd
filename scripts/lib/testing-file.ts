import type { Releases } from "./releases.ts";
import type { Topics } from "./topics.ts";

/** Code with what `mailcow-client/testing` must know as data: all routes by topic, and the releases. */
export function testingFile(topics: Topics, releases: Releases): string {
  const names = [...topics.operations.keys()].sort();
  const variable = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return `import type { Route } from "../contract.ts";
${names.map((name) => `import * as ${variable(name)} from "./routes/${name}.ts";\n`).join("")}
/** The routes of each topic. */
export const routes: Readonly<Record<string, readonly Route<never, unknown>[]>> = {
${names.map((name) => `  "${name}": Object.values(${variable(name)}),\n`).join("")}};

/** The releases of mailcow that the contract covers, the oldest first. */
export const releases: readonly string[] = ${JSON.stringify(releases.all.map(({ release }) => release))};
`;
}
