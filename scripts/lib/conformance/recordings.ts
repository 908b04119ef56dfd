import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** One exchange with a real mailcow server. */
export interface Exchange {
  /** The file that holds it, without its ending. */
  readonly file: string;
  /** Why the call was made. */
  readonly name: string;
  /** A probe of a method or route that no client should call. */
  readonly offContract?: boolean;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly template: string;
    readonly key: "rw" | "ro" | "wrong" | "none";
    readonly body?: unknown;
    readonly rawBody?: string;
  };
  readonly response: {
    readonly status: number;
    readonly contentType?: string;
    readonly body?: unknown;
    /** What came instead of JSON; mostly nothing at all. */
    readonly text?: string;
  };
}

export async function readRecordings(folder: string): Promise<Exchange[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  const lists = await Promise.all(
    files.map(async (name) => {
      const exchanges: Omit<Exchange, "file">[] = JSON.parse(await readFile(join(folder, name), "utf8"));
      return exchanges.map((exchange) => ({ file: name.replace(/\.json$/, ""), ...exchange }));
    }),
  );
  return lists.flat();
}

export const routeOf = ({ request }: Exchange): string => `${request.method} ${request.template}`;
