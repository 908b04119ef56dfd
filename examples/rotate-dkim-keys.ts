/**
 * Gives every domain a new DKIM key and prints the records for the DNS. mailcow keeps one key per domain and signs mail
 * with the new one immediately, so publish the printed records without delay.
 *
 *   node --env-file=.env examples/rotate-dkim-keys.ts 2026b
 */
import { MailcowApiClient } from "mailcow-client";

const selector = process.argv[2] ?? `dkim${new Date().getUTCFullYear()}`;
const mcc = MailcowApiClient.fromEnv();

for (const { domain_name } of await mcc.domains.list()) {
  const old = await mcc.dkim.get(domain_name);
  if (old?.dkim_selector === selector) {
    console.log(`${domain_name}: already has ${selector}`);
    continue;
  }
  if (old) await mcc.dkim.delete(domain_name);
  await mcc.dkim.add({ domain: domain_name, dkim_selector: selector });
  const record = await mcc.dkim.dnsRecord(domain_name);
  console.log(`${record?.name} TXT ${record?.chunks.map((chunk) => `"${chunk}"`).join(" ")}`);
}
