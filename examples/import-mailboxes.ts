/**
 * Adds the mailboxes of a CSV file (`address,name,quota_mib`) and writes a CSV with the generated passwords.
 *
 *   node --env-file=.env examples/import-mailboxes.ts people.csv > passwords.csv
 */
import { readFile } from "node:fs/promises";
import { MailcowApiClient } from "mailcow-client";

const mcc = MailcowApiClient.fromEnv();
const [, ...lines] = (await readFile(process.argv[2] ?? "examples/people.csv", "utf8")).trim().split("\n");
const items = lines.map((line) => {
  const [address = "", name = "", quota = ""] = line.split(",").map((field) => field.trim());
  const [local_part = "", domain = ""] = address.split("@");
  // An empty quota must not become 0, which means unlimited.
  return { local_part, domain, name, quota: quota === "" ? Number.NaN : Number(quota) };
});

const outcomes = await mcc.mailboxes.addMany(items, {
  concurrency: 4,
  onProgress: ({ done, total, failed }) => console.error(`${done} of ${total}, ${failed} failed`),
});

console.log("address,password,outcome");
for (const outcome of outcomes) {
  const { item } = outcome;
  const password = outcome.status === "added" ? outcome.row.password : "";
  const reason = "error" in outcome ? ` ${outcome.error.message}` : "";
  console.log(`${item.local_part}@${item.domain},${password},"${outcome.status}${reason}"`);
}
