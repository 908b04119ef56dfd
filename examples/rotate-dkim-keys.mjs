// Gives every domain a new DKIM key and prints the lines for the DNS. mailcow keeps one key per domain and signs with
// the new one immediately, so publish the lines without delay. Domains that have the selector are left alone, so that
// you can run it again.
//
//   node --env-file=.env examples/rotate-dkim-keys.mjs 2026b
import { MailcowApiClient } from "mailcow-client";

const selector = process.argv[2] ?? `dkim${new Date().getUTCFullYear()}`;
const mcc = MailcowApiClient.fromEnv();

for (const { domain_name } of await mcc.domains.list()) {
  const old = await mcc.dkim.get(domain_name);
  if (old?.dkim_selector === selector) {
    console.log(`; ${domain_name} has ${selector}`);
    continue;
  }
  if (old) await mcc.dkim.delete(domain_name);
  await mcc.dkim.add({ domain: domain_name, dkim_selector: selector });
  const record = await mcc.dkim.dnsRecord(domain_name);
  // A text in the DNS holds up to 255 characters; a longer one is written in pieces.
  console.log(`${record?.name}. TXT ${record?.chunks.map((chunk) => `"${chunk}"`).join(" ")}`);
}
