import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The files of the chain in the order in which they come about, seen from the folder of the project. */
export const files = {
  cache: "openapi/cache/openapi.yaml",
  facts: "openapi/upstream.json",
  corrections: "openapi/corrections",
  pins: "openapi/pins.json",
  versions: "openapi/versions.json",
  contract: "openapi/mailcow.json",
  generated: "src/generated",
  types: "src/generated/mailcow.ts",
  paths: "src/generated/paths.ts",
  codes: "src/generated/codes.ts",
  versionsPage: "docs/versions.md",
  meanings: "src/generated/meanings.ts",
  errors: "docs/errors.md",
  readme: "README.md",
  runtimes: "docs/runtimes.md",
  recordings: "test/recordings",
  junk: "openapi/junk-requests.yaml",
} as const;

export const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Writes beside the file and renames, so that the file is either the old one or the new one, never half of it. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  await writeFile(draft, text);
  await rename(draft, path);
}

/** Writes several files below a folder, each as a whole. */
export async function writeAll(folder: string, texts: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of texts) await writeAtomically(join(folder, path), text);
}

/** The text of a file, or nothing where there is none yet. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
