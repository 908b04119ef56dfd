import type { MailcowApiClient } from "../../src/index.ts";
import { clientOf, policy, success } from "./client.ts";
import { json, type LocalServer } from "./server.ts";

/** A look-up by a number of what something else refers to. */
export const isLookUp = (path: string): boolean => /\/get\/(relayhost|(domain|mailbox)\/template)\/\d+$/.test(path);

/**
 * A client of a server that says success to every write and returns one row (or list) to every read: before the first
 * write the first, after it the second and so on; the last one stays. `null` is none. What is referred to is there.
 */
export async function serverOfRows(
  ...rows: (object | null)[]
): Promise<{ mcc: MailcowApiClient; server: LocalServer }> {
  let writes = 0;
  return clientOf((response, { method, path }) => {
    if (path.endsWith("passwordpolicy")) return json(response, policy);
    if (isLookUp(path)) return json(response, { id: 1 });
    if (method === "GET") return json(response, rows[Math.min(writes, rows.length - 1)] ?? {});
    writes++;
    json(response, success(path.includes("/add/alias") ? "alias_added" : "done", "x", "4"));
  });
}

/** The routes that a server was asked to write on, in order, such as `edit/domain`. */
export const written = ({ seen }: LocalServer): string[] =>
  seen.filter(({ method }) => method === "POST").map(({ path }) => path.replace("/api/v1/", ""));
