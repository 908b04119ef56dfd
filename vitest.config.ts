import { defineConfig } from "vitest/config";
import { GuardReporter } from "./test/support/guards.ts";

const src = (file: string): string => new URL(`src/${file}`, import.meta.url).pathname;

export default defineConfig({
  // Examples import the package by its name; it is not built yet.
  resolve: { alias: { "mailcow-client/testing": src("testing/index.ts"), "mailcow-client": src("index.ts") } },
  test: {
    reporters: ["default", new GuardReporter()],
    globalSetup: "test/support/prism.ts",
    // Some scripts and the examples start as processes of their own, which takes its time on a busy machine.
    testTimeout: 60_000,
    // Only with --coverage.
    coverage: { include: ["src/**"], exclude: ["src/generated/**"], thresholds: { lines: 97, branches: 93 } },
    // Files share what they import. To load it anew for each takes longer than most of their tests.
    pool: "threads",
    isolate: false,
    maxWorkers: "100%",
    experimental: { fsModuleCache: true },
    projects: [
      { extends: true, test: { name: "tests", include: ["test/**/*.test.ts"] } },
      {
        test: {
          name: "types",
          include: [],
          typecheck: { enabled: true, only: true, include: ["test/**/*.test-d.ts"], tsconfig: "tsconfig.tools.json" },
        },
      },
    ],
  },
});
