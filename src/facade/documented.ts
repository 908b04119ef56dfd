/** What the documented methods of `MailcowApiClient` do. They are made of the same calls as the collections. */
import type { ActionResult, AddDomain, AddMailbox, EditDomainAttributes, EditMailbox } from "../types.ts";
import type { Calls } from "./calls.ts";
import { newAlias } from "./collections/aliases.ts";
import type { NewDkimKey } from "./collections/dkim.ts";
import { type NewDomainAdmin, newDomainAdmin } from "./collections/domain-admins.ts";
import { refusal } from "./input.ts";
import { defined, toAddress, toDomain, toList, toLocalPart, toNames } from "./names.ts";
import { inTurn } from "./outcomes.ts";
import { passwordsFor, withPasswords } from "./passwords.ts";

/** A DKIM key to make, for one domain or several. */
export interface DkimInput extends Omit<NewDkimKey, "domain"> {
  domain: string | readonly string[];
}

/** The credentials of a domain admin that was added. */
export interface DomainAdminCredentials {
  /** In lower case, as mailcow stores it. */
  username: string;
  /** The one that was given, or the one that was made. */
  password: string;
  domains: string[];
}

/** A mailbox to add: its domain is needed, everything else has a default. */
export interface MailboxInput extends Partial<AddMailbox> {
  domain: string;
}

/** A mailbox that was added. */
export interface MailboxAdded {
  /** The whole address, in lower case. */
  username: string;
  /** The one that was given, or the one that was made. */
  password: string;
  domain: string;
  name: string;
  local_part: string;
  /** MiB; 0 means unlimited. Absent where a template sets it. */
  quota?: number;
}

const domainDefaults = {
  active: 1,
  aliases: 400,
  defquota: 3072,
  mailboxes: 10,
  maxquota: 10240,
  quota: 10240,
} as const;
const mailboxDefaults = { quota: 3072, active: 1 } as const;

export async function addDomain(calls: Calls, input: string | AddDomain): Promise<true> {
  const given = isGiven<AddDomain>("addDomain", typeof input === "string" ? { domain: input } : input);
  // A template fills in what is not given; defaults of ours would overrule it.
  const defaults = given.template === undefined ? domainDefaults : {};
  const domain = toDomain("addDomain", "domain", given.domain);
  await calls.write("addDomain", "/api/v1/add/domain", { ...defaults, ...given, domain });
  return true;
}

export async function editDomain(
  calls: Calls,
  domains: string | readonly string[],
  attr: EditDomainAttributes,
): Promise<true> {
  const items = toList(domains).map((name) => toDomain("editDomain", "domains", name));
  await calls.write("editDomain", "/api/v1/edit/domain", { items, attr });
  return true;
}

export async function deleteDomain(calls: Calls, domains: string | readonly string[]): Promise<true> {
  const names = toList(domains).map((name) => toDomain("deleteDomain", "domain", name));
  await calls.write("deleteDomain", "/api/v1/delete/domain", names);
  return true;
}

export async function addDKIM(calls: Calls, input: string | DkimInput): Promise<true> {
  const { domain, ...rest } = isGiven<DkimInput>("addDKIM", typeof input === "string" ? { domain: input } : input);
  const domains = toNames("addDKIM", "domain", domain).map((name) => toDomain("addDKIM", "domain", name));
  const body = { dkim_selector: "dkim", key_size: 2048, ...rest, domains: domains.join(",") };
  await calls.write("addDKIM", "/api/v1/add/dkim", body);
  return true;
}

export async function deleteDKIM(calls: Calls, domains: string | readonly string[]): Promise<true> {
  const names = toList(domains).map((name) => toDomain("deleteDKIM", "domain", name));
  await calls.write("deleteDKIM", "/api/v1/delete/dkim", names);
  return true;
}

/** The key that `addAndGetDKIM` is about: a single one, because one is answered. */
export function singleKey(input: string | DkimInput): NewDkimKey {
  const { domain, ...rest } = isGiven<DkimInput>(
    "addAndGetDKIM",
    typeof input === "string" ? { domain: input } : input,
  );
  const [name, ...more] = toList(domain);
  if (more.length > 0) throw refusal("addAndGetDKIM", "domain", "a single domain, whose key is answered");
  return { ...rest, domain: toDomain("addAndGetDKIM", "domain", name) };
}

export async function addDomainAdmin(calls: Calls, input: NewDomainAdmin): Promise<DomainAdminCredentials> {
  const body = await newDomainAdmin(calls, "addDomainAdmin", isGiven("addDomainAdmin", input));
  await calls.write("addDomainAdmin", "/api/v1/add/domain-admin", body);
  return { username: body.username, password: body.password, domains: body.domains };
}

export async function addMailbox(calls: Calls, input: MailboxInput): Promise<MailboxAdded> {
  const { local_part: local = "mail", name = "John Doe", ...rest } = isGiven<MailboxInput>("addMailbox", input);
  const domain = toDomain("addMailbox", "domain", rest.domain);
  const local_part = toLocalPart("addMailbox", local);
  const passwords = await passwordsFor(calls, "addMailbox", rest);
  const defaults = rest.template === undefined ? mailboxDefaults : {};
  const body: AddMailbox = { ...defaults, ...rest, ...passwords, domain, local_part, name };
  await calls.write("addMailbox", "/api/v1/add/mailbox", body);
  const added = { username: `${local_part}@${domain}`, password: passwords.password, domain, name, local_part };
  return body.quota === undefined ? added : { ...added, quota: Number(body.quota) };
}

export async function deleteMailbox(calls: Calls, mailboxes: string | readonly string[]): Promise<true> {
  const addresses = toList(mailboxes).map((address) => toAddress("deleteMailbox", "mailboxes", address));
  await calls.write("deleteMailbox", "/api/v1/delete/mailbox", addresses);
  return true;
}

export async function addAlias(
  calls: Calls,
  address: string | readonly string[],
  goto: string | readonly string[],
): Promise<true> {
  const addresses = toNames("addAlias", "address", address);
  const body = { ...newAlias("addAlias", addresses, goto), active: 1 as const };
  await calls.write("addAlias", "/api/v1/add/alias", body);
  return true;
}

export async function updateMailboxes(
  calls: Calls,
  updates: EditMailbox | readonly EditMailbox[],
): Promise<ActionResult[]> {
  const method = "updateMailboxes";
  const bodies = toList(updates).map((update) => {
    const { items, attr, ...rest } = isGiven<EditMailbox>(method, update);
    const addresses = toList(items).map((address) => toAddress(method, "items", address));
    return { ...rest, items: addresses, attr: withPasswords(method)(isGiven(method, attr)) };
  });
  return inTurn(bodies.map((body) => () => calls.write(method, "/api/v1/edit/mailbox", body)));
}

function isGiven<Input extends object>(method: string, input: Input): Input {
  if (typeof input === "object" && input !== null && !Array.isArray(input)) return defined(input);
  throw refusal(method, "the input", "an object with the fields to send");
}
