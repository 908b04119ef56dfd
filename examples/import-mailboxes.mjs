// Adds the mailboxes of a CSV file (address, name, quota in MiB) and writes a CSV with their passwords.
//
//   node --env-file=.env examples/import-mailboxes.mjs people.csv > passwords.csv
import { readFile } from "node:fs/promises";
import { MailcowApiClient } from "mailcow-client";

const mcc = MailcowApiClient.fromEnv();
const [, ...lines] = (await readFile(process.argv[2] ?? "examples/people.csv", "utf8")).trim().split(/\r?\n/);
/** The fields of a line, which may be quoted. @param {string} line */
const fieldsOf = (line) =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain = ""]) =>
    (quoted?.replaceAll('""', '"') ?? plain).trim(),
  );
const items = lines.map((line) => {
  const [address = "", name = "", quota = ""] = fieldsOf(line);
  const [local_part = "", domain = ""] = address.split("@");
  // Without a number, `Number("")` would be 0, which means unlimited. NaN is refused.
  return { local_part, domain, name, quota: quota === "" ? Number.NaN : Number(quota) };
});

const outcomes = await mcc.mailboxes.addMany(items, {
  concurrency: 4,
  onProgress: ({ done, total, failed }) => console.error(`${done} of ${total}, ${failed} failed`),
});

/** Quotes a cell. A cell that a spreadsheet would run as a formula begins with an apostrophe. @param {string} text */
const cell = (text) => `"${text.replace(/^\s*[=+@-]/, "'$&").replaceAll('"', '""')}"`;

console.log("address,name,password,outcome");
for (const outcome of outcomes) {
  const { local_part, domain, name = "" } = outcome.item;
  const password = outcome.status === "added" ? outcome.row.password : "";
  const reason = "error" in outcome ? `${outcome.status}: ${outcome.error.message}` : outcome.status;
  console.log([`${local_part}@${domain}`, name, password, reason].map(cell).join());
}
