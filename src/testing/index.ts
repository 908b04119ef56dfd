import { Mailcow, type MailcowSetup } from "./mailcow.ts";
import type { MailcowSeeds } from "./seed.ts";

export type { Listening } from "./listen.ts";
export type { Mailcow, MailcowSetup } from "./mailcow.ts";
export type { MailcowCall, MailcowFailureRule, MailcowRoute, MailcowSnapshot } from "./options.ts";
export { row } from "./rows.ts";
export type { DomainSeed, MailboxSeed, MailcowSeeds } from "./seed.ts";
export type { MailcowAnswers, StoredSeeds } from "./stored.ts";

/**
 * Makes a mailcow in memory, for tests. It is empty, unless you give it domains, mailboxes and so on.
 *
 * @example
 * const mailcow = createMailcow({ domains: [{ domain: "example.com", mailboxes: ["ann"] }] });
 * const mcc = new MailcowApiClient("https://mail.example.com", mailcow.apiKey, { fetch: mailcow.fetch });
 * @throws {MailcowInputError} An option is unknown, or mailcow would refuse one of the given rows.
 */
export const createMailcow = (options: MailcowSetup & MailcowSeeds = {}): Mailcow => new Mailcow(options);
