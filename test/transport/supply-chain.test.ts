import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Locked {
  dev?: boolean;
  optional?: boolean;
  peer?: boolean;
  resolved?: string;
  integrity?: string;
  hasInstallScript?: boolean;
}

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Locked> };
const runtime = Object.entries(packages).filter(([path, { dev }]) => path !== "" && !dev);

test("an installation brings two packages with it", () => {
  expect(runtime.map(([path]) => path)).toEqual([
    "node_modules/openapi-fetch",
    "node_modules/openapi-typescript-helpers",
  ]);
});

test("none of them runs anything when it is installed", () => {
  for (const [path, { hasInstallScript }] of runtime) expect(hasInstallScript, path).toBeUndefined();
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
  expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
});

test("each package, of development as well, is the very one that the lockfile names", () => {
  for (const [path, { resolved, integrity }] of Object.entries(packages)) {
    if (path === "") continue;
    // The hash decides, whatever registry npm is set to.
    expect(resolved, path).toBeUndefined();
    expect(integrity, path).toMatch(/^sha512-/);
  }
});
