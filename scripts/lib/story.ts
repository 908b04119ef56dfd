import { isMailcowError, MailcowApiClient } from "../../src/index.ts";
import { createMailcow } from "../../src/testing/index.ts";
import { Failure } from "./cli.ts";
import { terminalSvg } from "./terminal.ts";

type Say = (line: string) => void;

const rest = (text: string) => `${text.slice(0, 31)}…`;
const hidden = <Row extends { password: string }>({ password, ...row }: Row) => ({
  ...row,
  password: `(${password.length} characters)`,
});

/** What can be told of a server without changing it. */
export async function reads(mcc: MailcowApiClient, say: Say): Promise<void> {
  const { step, refused } = told(say);
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
    `getDKIM("${domain}")`,
    () => mcc.getDKIM(domain),
    (key) => key && rest(key.dkim_txt),
  );
  await refused('getDomain("a/b")', () => mcc.getDomain("a/b"));
}

/** One story with all documented methods: a domain of its own is added, filled, emptied, and deleted again. */
export async function story(mcc: MailcowApiClient, domain: string, say: Say): Promise<void> {
  const { step, refused } = told(say);
  const names = (rows: readonly { domain_name: string }[]) => rows.map((row) => row.domain_name);
  await step("getDomain()", () => mcc.getDomain(), names);
  await step(`addDomain({ domain: "${domain}", key_size: 0 })`, () => mcc.addDomain({ domain, key_size: 0 }));
  await step(`editDomain("${domain}", { aliases: 399 })`, () => mcc.editDomain(domain, { aliases: 399 }));
  await step(
    `getDomain("${domain}")`,
    () => mcc.getDomain(domain),
    (rows) => rows.map((row) => ({ domain_name: row.domain_name, aliases: row.max_num_aliases_for_domain })),
  );

  await step(`addDKIM("${domain}")`, () => mcc.addDKIM(domain));
  await step(
    `getDKIM("${domain}")`,
    () => mcc.getDKIM(domain),
    (key) => key && rest(key.dkim_txt),
  );
  await step(`deleteDKIM("${domain}")`, () => mcc.deleteDKIM(domain));
  await step(
    `addAndGetDKIM({ domain: "${domain}", dkim_selector: "mail" })`,
    () => mcc.addAndGetDKIM({ domain, dkim_selector: "mail" }),
    (key) => ({ dkim_selector: key.dkim_selector, dkim_txt: rest(key.dkim_txt) }),
  );

  const username = `admin-${domain.replaceAll(".", "-")}`;
  await step(
    `addDomainAdmin({ username: "${username}", domains: "${domain}" })`,
    () => mcc.addDomainAdmin({ username, domains: domain }),
    hidden,
  );
  const ann = `ann@${domain}`;
  const mailbox = { domain, local_part: "ann" };
  const shown = `addMailbox({ domain: "${domain}", local_part: "ann" })`;
  await step(shown, () => mcc.addMailbox(mailbox), hidden);
  await refused(shown, () => mcc.addMailbox(mailbox));
  await step(
    `updateMailboxes({ items: "${ann}", attr: { name: "Ann", quota: 2048 } })`,
    () => mcc.updateMailboxes({ items: ann, attr: { name: "Ann", quota: 2048 } }),
    (entries) => entries.map(({ type, code }) => ({ type, code })),
  );
  await step(
    `getMailboxes("${ann}")`,
    () => mcc.getMailboxes(ann),
    (rows) => rows.map((row) => ({ username: row.username, name: row.name, quota: row.quota })),
  );
  await step(`addAlias("@${domain}", "${ann}")`, () => mcc.addAlias(`@${domain}`, ann));

  await step(`deleteMailbox("${ann}")`, () => mcc.deleteMailbox(ann));
  await step(`deleteDKIM("${domain}")`, () => mcc.deleteDKIM(domain));
  await mcc.domainAdmins.delete(username);
  await step(`deleteDomain("${domain}")`, () => mcc.deleteDomain(domain));
  await refused(`addAlias("sales@${domain}", "ann@example.com")`, () =>
    mcc.addAlias(`sales@${domain}`, "ann@example.com"),
  );
  await step("getDomain()", () => mcc.getDomain(), names);
}

function told(say: Say) {
  return {
    async step<T>(what: string, call: () => Promise<T>, show: (answer: T) => unknown = (it) => it): Promise<T> {
      const answer = await call();
      say(`mcc.${what}`);
      say(`  → ${JSON.stringify(show(answer))}`);
      return answer;
    },
    /** A refusal throws, and says what was refused, why, and what to do. */
    async refused(what: string, call: () => Promise<unknown>): Promise<void> {
      try {
        await call();
      } catch (error) {
        if (!isMailcowError(error) || !["rejected", "input"].includes(error.kind)) throw error;
        say(`mcc.${what}`);
        say(`  ✗ ${error.name}: ${error.message}`);
        return;
      }
      throw new Failure(`start: ${what} should have been refused`);
    },
  };
}

/** A client of a mailcow in memory that has one domain. */
export function inMemory(): MailcowApiClient {
  const mailcow = createMailcow({ domains: ["example.com"] });
  return new MailcowApiClient("https://mail.example.com", mailcow.apiKey, { fetch: mailcow.fetch });
}

/** What `npm start` prints, as a picture. */
export async function recording(): Promise<string> {
  const lines = ["$ npm start"];
  await story(inMemory(), "demo.example", (line) => lines.push(line));
  return terminalSvg("npm start on a mailcow in memory", lines);
}
