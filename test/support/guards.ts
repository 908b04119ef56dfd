import { readFileSync } from "node:fs";
import type { Reporter, TestCase, Vitest } from "vitest/node";

const idOf = /\[guard ([a-z0-9-]+\/[a-z0-9-]+)\]/g;

/** The ids of the guards that docs/guards.md lists. */
function listed(): string[] {
  const rows = readFileSync("docs/guards.md", "utf8").matchAll(/^\| ([a-z0-9-]+\/[a-z0-9-]+) \|/gm);
  return [...rows].map(([, id = ""]) => id);
}

/**
 * Holds docs/guards.md to a run of all tests: each guard that it lists is proved by a test that passed, whose title ends
 * with the guard's id, and each id in a title is one that it lists.
 */
export class GuardReporter implements Reporter {
  readonly #proved = new Set<string>();
  readonly #named = new Set<string>();
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestCaseResult(test: TestCase): void {
    for (const [, id = ""] of test.fullName.matchAll(idOf)) {
      this.#named.add(id);
      if (test.result().state === "passed") this.#proved.add(id);
    }
  }

  onTestRunEnd(): void {
    const { filenamePattern } = this.#vitest as { filenamePattern?: string[] };
    const { project, testNamePattern } = this.#vitest?.config ?? {};
    if (filenamePattern?.length || project?.length || testNamePattern) return;
    const guards = listed();
    const unproved = guards.filter((id) => !this.#proved.has(id));
    const unknown = [...this.#named].filter((id) => !guards.includes(id));
    if (unproved.length > 0) console.error(`guards without a test that passed: ${unproved.join(", ")}`);
    if (unknown.length > 0) console.error(`guards that docs/guards.md does not list: ${unknown.join(", ")}`);
    if (unproved.length + unknown.length > 0) process.exitCode = 1;
    else console.log(`guards: ${guards.length}, each proved`);
  }
}
