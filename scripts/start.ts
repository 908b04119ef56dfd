/**
 * `npm start [-- --write]`: generates the contract and walks through the documented methods, on an embedded mock.
 *
 * With `MAILCOW_API_BASEURL` and `MAILCOW_API_KEY` set it asks that server instead: only reads, unless `--write` allows
 * it to add a domain of its own and to delete it again.
 */
import { randomBytes } from "node:crypto";
import { MailcowApiClient, MailcowInputError, MailcowRejectedError } from "../src/index.ts";
import { Failure, run } from "./lib/cli.ts";
import { generate } from "./lib/contract.ts";
import { writeAll } from "./lib/files.ts";
import { startPrism } from "./lib/prism.ts";

await run(async (args) => {
  if (args.some((arg) => arg !== "--write")) throw new Failure("start: there is only the option --write");
  if (process.env["MAILCOW_API_BASEURL"]) return onServer(args.includes("--write"));

  const { outputs, operations } = await generate(".");
  await writeAll(".", outputs);
  console.log(`generated the contract and the types of ${operations} operations; starting a mock that serves it ...\n`);
  const prism = await startPrism();
  try {
    const refusing = new MailcowApiClient(prism.url, "any-key", { headers: { Prefer: "example=refused" } });
    await reads(new MailcowApiClient(prism.url, "any-key"));
    await writes(new MailcowApiClient(prism.url, "any-key"), refusing);
  } finally {
    await prism.stop();
  }
});

async function onServer(write: boolean): Promise<void> {
  const mcc = MailcowApiClient.fromEnv();
  console.log(`asking ${process.env["MAILCOW_API_BASEURL"]}${write ? "" : ", reading only (--write for more)"}\n`);
  await reads(mcc);
  if (write) return writes(mcc, mcc);
  await caught("getDomain('a/b')", () => mcc.getDomain("a/b"));
}

async function reads(mcc: MailcowApiClient): Promise<void> {
  const domains = await step(
    "getDomain()",
    () => mcc.getDomain(),
    (rows) => rows.map((row) => row.domain_name),
  );
  await step(
    "getMailboxes()",
    () => mcc.getMailboxes(),
    (rows) => rows.map((row) => row.username),
  );
  const domain = domains[0]?.domain_name ?? "example.com";
  await step(
    `getDKIM('${domain}')`,
    () => mcc.getDKIM(domain),
    (key) => key && `${key.dkim_txt.slice(0, 60)}...`,
  );
}

async function writes(mcc: MailcowApiClient, refusing: MailcowApiClient): Promise<void> {
  const domain = `demo-${randomBytes(4).toString("hex")}.example`;
  const hidden = ({ password, ...rest }: { password: string }) => ({
    ...rest,
    password: `(${password.length} characters)`,
  });
  await step(`addDomain({ domain: '${domain}', key_size: 0 })`, () => mcc.addDomain({ domain, key_size: 0 }));
  await step(`editDomain('${domain}', { aliases: 399 })`, () => mcc.editDomain(domain, { aliases: 399 }));
  await step(`addDKIM('${domain}')`, () => mcc.addDKIM(domain));
  await step(`deleteDKIM('${domain}')`, () => mcc.deleteDKIM(domain));
  await step(
    `addAndGetDKIM('${domain}')`,
    () => mcc.addAndGetDKIM(domain),
    (key) => `${key.dkim_txt.slice(0, 60)}...`,
  );
  await step(`addDomainAdmin({ domains: '${domain}' })`, () => mcc.addDomainAdmin({ domains: domain }), hidden);
  const { username } = await step(`addMailbox({ domain: '${domain}' })`, () => mcc.addMailbox({ domain }), hidden);
  const update = { items: [username], attr: { name: "Ann", quota: 2048 } };
  await step(`updateMailboxes(${JSON.stringify(update)})`, () => mcc.updateMailboxes(update));
  await step(`addAlias('@${domain}', '${username}')`, () => mcc.addAlias(`@${domain}`, username));
  await step(`deleteMailbox('${username}')`, () => mcc.deleteMailbox(username));
  await step(`deleteDKIM('${domain}')`, () => mcc.deleteDKIM(domain));
  await step(`deleteDomain('${domain}')`, () => mcc.deleteDomain(domain));
  const call = `addAlias('ann@${domain}', 'bob@example.com'), after the domain is gone`;
  await caught(call, () => refusing.addAlias(`ann@${domain}`, "bob@example.com"));
}

async function step<T>(
  what: string,
  call: () => Promise<T>,
  show: (answer: T) => unknown = (answer) => answer,
): Promise<T> {
  const answer = await call();
  console.log(`mcc.${what}\n  → ${JSON.stringify(show(answer))}`);
  return answer;
}

/** A refusal throws, and says why in a way that a program can read. */
async function caught(what: string, call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof MailcowRejectedError || error instanceof MailcowInputError)) throw error;
    const codes = error instanceof MailcowRejectedError ? `, codes ${JSON.stringify(error.codes)}` : "";
    console.log(`mcc.${what}\n  ✗ ${error.name} (kind "${error.kind}"${codes}): ${error.message}`);
    return;
  }
  throw new Failure(`start: ${what} should have been refused`);
}
