// Deletes a customer: mailboxes, resources, domain with aliases, DKIM key, and the admin that onboard-customer.mjs
// makes. Deletes nothing unless the last argument is `--really`.
//
//   node --env-file=.env examples/offboard-customer.mjs example.com --really
import { MailcowApiClient } from "mailcow-client";

const [domain = "example.com", really] = process.argv.slice(2);
const mcc = MailcowApiClient.fromEnv();

const mailboxes = (await mcc.mailboxes.list({ domain })).map(({ username }) => username);
const resources = (await mcc.resources.list()).filter((resource) => resource.domain === domain).map(({ name }) => name);
console.log(`${domain}: ${mailboxes.length} mailboxes and ${resources.length} resources to delete`);

if (really === "--really") {
  // mailcow refuses to delete a domain that still has mailboxes or resources.
  await mcc.mailboxes.delete(mailboxes);
  await mcc.resources.delete(resources);
  await mcc.domains.delete(domain);
  // mailcow keeps the DKIM key of a deleted domain.
  await mcc.dkim.delete(domain);
  const admin = domain.replaceAll(".", "-");
  if (await mcc.domainAdmins.get(admin)) await mcc.domainAdmins.delete(admin);
  console.log(`${domain}: deleted`);
}
