import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "./cli.ts";
import { files } from "./files.ts";

/** A release of mailcow that the contract covers. */
export interface Release {
  readonly release: string;
  /** The day on which it came out. */
  readonly date: string;
  /** The earlier release whose API it has. */
  readonly equals?: string;
}

/** The releases that the contract covers, the oldest first. */
export class Releases {
  readonly all: readonly Release[];
  readonly #order: ReadonlyMap<string, number>;

  constructor(all: readonly Release[]) {
    this.all = all;
    this.#order = new Map(all.map(({ release }, index) => [release, index]));
  }

  get oldest(): string {
    return this.all[0]?.release ?? "";
  }

  get newest(): string {
    return this.all.at(-1)?.release ?? "";
  }

  /** Whether the first of two releases came after the second. */
  isAfter(release: string, other: string): boolean {
    return this.#at(release) > this.#at(other);
  }

  /** The release that followed. */
  next(release: string): string {
    return this.all[this.#at(release) + 1]?.release ?? "";
  }

  /** The same release, if there is such a one. */
  known(release: string): string {
    this.#at(release);
    return release;
  }

  #at(release: string): number {
    const index = this.#order.get(release);
    if (index === undefined) {
      throw new Failure(
        `${release} is no release in ${files.versions}, which goes from ${this.oldest} to ${this.newest}`,
      );
    }
    return index;
  }
}

export async function readReleases(folder: string): Promise<Releases> {
  return new Releases(JSON.parse(await readFile(join(folder, files.versions), "utf8")));
}
