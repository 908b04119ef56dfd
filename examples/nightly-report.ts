/**
 * Writes a CSV of all mailboxes with their usage. Reads page by page, so that memory use stays constant on any server.
 *
 *   node --env-file=.env examples/nightly-report.ts > report.csv
 */
import { MailcowApiClient } from "mailcow-client";

const mcc = MailcowApiClient.fromEnv();
const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
const cell = (value: string): string => `"${value.replaceAll('"', '""')}"`;

console.log("mailbox,name,active,quota_mib,used_mib,messages,last_imap_login");
for await (const mailbox of mcc.mailboxes.iterate({ pageSize: 200 })) {
  const { username, name, active, quota, quota_used, messages, last_imap_login } = mailbox;
  const login = last_imap_login ? new Date(last_imap_login * 1000).toISOString() : "never";
  const size = quota === 0 ? "unlimited" : mebibytes(quota);
  console.log([cell(username), cell(name), active, size, mebibytes(quota_used), messages, login].join(","));
}
