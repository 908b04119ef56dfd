// Adds a customer: a domain with a DKIM key, an admin for it, and its mailboxes. Safe to run again.
//
//   node --env-file=.env examples/onboard-customer.mjs example.com ann bob
import { MailcowApiClient } from "mailcow-client";

const [domain = "example.com", ...people] = process.argv.slice(2);
const mcc = MailcowApiClient.fromEnv();

const { action } = await mcc.domains.ensure({ domain, mailboxes: 10, defquota: 1024, maxquota: 2048, quota: 20480 });
console.log(`${domain}: ${action}`);

await mcc.dkim.getOrAdd({ domain, key_size: 2048 });
const record = await mcc.dkim.dnsRecord(domain);
if (record) console.log(`publish in the DNS: ${record.name} ${record.type} ${record.value}`);

const username = domain.replaceAll(".", "-");
if (!(await mcc.domainAdmins.get(username))) {
  const { password } = await mcc.domainAdmins.add({ username, domains: domain });
  console.log(`admin: ${username} ${password}`);
}

const present = new Set((await mcc.mailboxes.list({ domain })).map((mailbox) => mailbox.local_part));
const missing = people.filter((local_part) => !present.has(local_part));
const outcomes = await mcc.mailboxes.addMany(missing.map((local_part) => ({ domain, local_part, quota: 1024 })));
for (const outcome of outcomes) {
  if (outcome.status === "added") console.log(`mailbox: ${outcome.row.username} ${outcome.row.password}`);
  else console.error(`mailbox: ${outcome.item.local_part} ${outcome.status}`);
}
