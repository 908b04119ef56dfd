import type { TestProject } from "vitest/node";
import { startPrism } from "../../scripts/lib/prism.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The address of a Prism that serves the contract; empty where a single file runs that can do without. */
    prism: string;
  }
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { filenamePattern = [] } = project.vitest as { filenamePattern?: string[] };
  const [first, ...others] = filenamePattern;
  const doesWithout = first?.includes("test/") && !first.includes("contract") && others.length === 0;
  if (doesWithout) {
    project.provide("prism", "");
    return undefined;
  }
  const prism = await startPrism();
  project.provide("prism", prism.url);
  return prism.stop;
}
