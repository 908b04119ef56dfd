import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** Outside the project: it is a gigabyte, and the same for all of its copies. */
const cache = join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "mailcow-client", "runtimes");

interface Program {
  readonly package: string;
  readonly version: string;
  readonly program: string;
}

/** Where a program of an npm package is, once it is there; nothing where it can't be had. */
export async function obtain({ package: name, version, program }: Program): Promise<string | undefined> {
  const folder = await install([`${name}@${version}`], `${name.replace(/^@/, "").replace("/", "-")}-${version}`);
  const path = folder && join(folder, name, program);
  return path && existsSync(path) ? path : undefined;
}

/** Installs packages into a folder of the cache, and returns its node_modules. */
export async function install(packages: readonly string[], folder: string): Promise<string | undefined> {
  const prefix = join(cache, folder);
  const modules = join(prefix, "node_modules");
  if (existsSync(join(modules, ".package-lock.json"))) return modules;
  await mkdir(prefix, { recursive: true });
  const options = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--prefix", prefix];
  try {
    await promisify(execFile)("npm", ["install", ...options, ...packages]);
    return modules;
  } catch {
    return undefined;
  }
}
