import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The files of the chain, in the order in which they come about. */
export const files = {
  cache: at("openapi/cache/openapi.yaml"),
  facts: at("openapi/upstream.json"),
  corrections: at("openapi/corrections"),
  pins: at("openapi/pins.json"),
  contract: at("openapi/mailcow.json"),
  types: at("src/generated/mailcow.ts"),
  recordings: at("test/recordings"),
  junk: at("openapi/junk-requests.yaml"),
} as const;

export const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Writes beside the file and renames, so that the file is either the old one or the new one, never half of it. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  await writeFile(draft, text);
  await rename(draft, path);
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
