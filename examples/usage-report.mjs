// Writes a CSV of all mailboxes with their usage, the fullest first. Reads page by page, so that memory use stays
// constant on any server.
//
//   node --env-file=.env examples/usage-report.mjs > usage.csv
import { MailcowApiClient } from "mailcow-client";

const mcc = MailcowApiClient.fromEnv();
/** @param {number} bytes */
const mebibytes = (bytes) => (bytes / 2 ** 20).toFixed(1);
/** Quotes a cell. A cell that a spreadsheet would run as a formula begins with an apostrophe. @param {string} text */
const cell = (text) => `"${text.replace(/^\s*[=+@-]/, "'$&").replaceAll('"', '""')}"`;

console.log("mailbox,name,active,quota_mib,used_mib,percent,messages,last_imap_login");
for await (const mailbox of mcc.mailboxes.iterate({ orderBy: "percent_in_use", descending: true, pageSize: 200 })) {
  const { username, name, active, quota, quota_used, percent_in_use, messages, last_imap_login } = mailbox;
  const login = last_imap_login ? new Date(last_imap_login * 1000).toISOString() : "never";
  const size = quota === 0 ? "unlimited" : mebibytes(quota);
  const percent = quota === 0 ? "" : percent_in_use;
  console.log([cell(username), cell(name), active, size, mebibytes(quota_used), percent, messages, login].join());
}
