import { resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { startPrism } from "../../scripts/lib/prism.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The address of a Prism that serves the contract; empty where only files run that can do without. */
    prism: string;
  }
}

/** The files that ask Prism themselves; others ask it through `mockFetch`, which has an answer of its own. */
const asking = ["test/contract/every-operation.test.ts", "test/examples.test.ts"].map((file) => resolve(file));

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { filenamePattern: filters = [] } = project.vitest as { filenamePattern?: string[] };
  if (filters.length > 0 && !filters.some((filter) => asking.some((file) => file.includes(filter)))) {
    project.provide("prism", "");
    return undefined;
  }
  const prism = await startPrism();
  project.provide("prism", prism.url);
  return prism.stop;
}
