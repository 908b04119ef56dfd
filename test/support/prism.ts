import type { TestProject } from "vitest/node";
import { startPrism } from "../../scripts/lib/prism.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The address of a Prism that serves the contract. */
    prism: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const prism = await startPrism();
  project.provide("prism", prism.url);
  return prism.stop;
}
