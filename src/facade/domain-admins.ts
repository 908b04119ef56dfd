import type { MailcowClient } from "../client.ts";
import { resultsOf } from "../transport/reply.ts";
import type { AddDomainAdmin } from "../types.ts";
import { type Check, checkFields, checkItems, type Fields, filled, flag, texts } from "./checks.ts";
import { toDomain } from "./names.ts";
import { passwordsFor } from "./passwords.ts";
import { randomUsername } from "./random.ts";

/** A domain admin to add. */
export interface DomainAdminInput extends Partial<Omit<AddDomainAdmin, "domains">> {
  /** The domains that it may manage; none of them an alias domain. */
  domains: string | readonly string[];
}

/** The credentials of a domain admin that was added. */
export interface DomainAdminCredentials {
  /** In lower case, as mailcow stores it. */
  username: string;
  /** The one that was given, or the one that was made. */
  password: string;
  domains: string[];
}

const username: Check = (value) =>
  typeof value === "string" &&
  /^[a-z0-9_.-]*[a-z0-9][a-z0-9_.-]*$/i.test(value.trim()) &&
  !/^\s*(0|all)\s*$/i.test(value)
    ? undefined
    : "ASCII letters, digits, dots, hyphens or underscores, and neither 0 nor all";
const fields: Fields<DomainAdminInput> = {
  domains: texts,
  username,
  password: filled,
  password2: filled,
  active: flag,
};

export async function addDomainAdmin(api: MailcowClient, input: DomainAdminInput): Promise<DomainAdminCredentials> {
  checkFields<DomainAdminInput>("addDomainAdmin", input, fields, "domains");
  const domains = checkItems("addDomainAdmin", "domains", input.domains).map((name) =>
    toDomain("addDomainAdmin", "domains", name),
  );
  const name = input.username?.trim().toLowerCase() ?? randomUsername();
  const { password, password2 } = await passwordsFor(api, "addDomainAdmin", input);
  const body = { active: 1 as const, ...input, username: name, password, password2, domains };
  resultsOf(await api.POST("/api/v1/add/domain-admin", { body }));
  return { username: name, password, domains };
}
