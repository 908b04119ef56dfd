import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of the contract's files in a folder of its own, in which scripts can be run without touching the project. */
export async function copyOfProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "mailcow-client-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const part of ["openapi", "src/generated"]) await cp(part, join(folder, part), { recursive: true });
  return folder;
}

/** Runs one of the project's scripts in that folder. */
export function script(folder: string, name: string, ...args: string[]): Promise<Outcome> {
  return new Promise((done) => {
    const tsx = resolve("node_modules/tsx/dist/cli.mjs");
    execFile(
      process.execPath,
      [tsx, resolve(`scripts/${name}.ts`), ...args],
      { cwd: folder },
      (error, stdout, stderr) => {
        done({ code: error ? Number(error.code) : 0, stdout, stderr });
      },
    );
  });
}
