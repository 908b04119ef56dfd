import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";
import { type Command, execute } from "../../scripts/lib/cli.ts";

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What `node --import` takes to run TypeScript, in any folder; a process less than the command of the same name. */
export const tsx: string = pathToFileURL(resolve("node_modules/tsx/dist/loader.mjs")).href;

/** A copy of the contract's files in a folder of its own, in which scripts can be run without touching the project. */
export async function copyOfProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "mailcow-client-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const part of ["openapi", "src/generated", "docs/errors.md", "docs/versions.md"])
    await cp(part, join(folder, part), { recursive: true });
  return folder;
}

/** Runs a command in that folder, as its script does, but in this process. */
export async function outcomeOf(command: Command, folder: string, ...args: string[]): Promise<Outcome> {
  const said: string[] = [];
  const complained: string[] = [];
  const lines = {
    say: (line: string) => said.push(`${line}\n`),
    complain: (line: string) => complained.push(`${line}\n`),
  };
  const code = await execute(command, args, { folder, ...lines });
  return { code, stdout: said.join(""), stderr: complained.join("") };
}

/** Runs one of the project's scripts in that folder, in a process of its own. */
export function script(folder: string, name: string, ...args: string[]): Promise<Outcome> {
  const command = ["--import", tsx, resolve(`scripts/${name}.ts`), ...args];
  return new Promise((done) => {
    execFile(process.execPath, command, { cwd: folder }, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}
