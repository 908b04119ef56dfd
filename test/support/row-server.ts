import type { MailcowApiClient } from "../../src/index.ts";
import { clientOf, policy, success } from "./client.ts";
import { json, type LocalServer } from "./server.ts";

/** A client of a server that says success to every write, and returns the next of the rows after it; the last stays. */
export async function serverWith(
  ...rows: (object | null)[]
): Promise<{ mcc: MailcowApiClient; server: LocalServer; written: () => string[] }> {
  let writes = 0;
  const { mcc, server } = await clientOf((response, { method, path }) => {
    if (path.endsWith("passwordpolicy")) return json(response, policy);
    if (method === "GET") return json(response, rows[Math.min(writes, rows.length - 1)] ?? {});
    writes++;
    json(response, success(path.includes("/add/alias") ? "alias_added" : "done", "x", "4"));
  });
  const written = () =>
    server.seen.filter(({ method }) => method === "POST").map(({ path }) => path.replace("/api/v1/", ""));
  return { mcc, server, written };
}
