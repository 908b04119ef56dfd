import type { MailcowClient } from "../client.ts";
import { dataOf, resultsOf } from "../transport/reply.ts";
import type { AddDomain, Domain, EditDomainAttributes } from "../types.ts";
import {
  checkFields,
  checkItems,
  count,
  type Fields,
  filled,
  flag,
  id,
  mebibytes,
  oneOf,
  selector,
  tags,
  text,
} from "./checks.ts";
import { toDomain } from "./names.ts";
import { rowOf, rowsOf } from "./rows.ts";

const defaults = { active: 1, aliases: 400, defquota: 3072, mailboxes: 10, maxquota: 10240, quota: 10240 } as const;

const editable: Fields<EditDomainAttributes> = {
  description: text(255),
  aliases: count,
  mailboxes: count,
  defquota: mebibytes,
  maxquota: mebibytes,
  quota: mebibytes,
  active: flag,
  gal: flag,
  backupmx: flag,
  relay_all_recipients: flag,
  relay_unknown_only: flag,
  relayhost: id,
  tags: tags({ distinct: true }),
};

const { relayhost: _, ...shared } = editable;
const addable: Fields<AddDomain> = {
  domain: filled,
  ...shared,
  template: id,
  rl_value: count,
  rl_frame: oneOf("s", "m", "h", "d"),
  key_size: count,
  dkim_selector: selector,
  restart_sogo: flag,
};

export async function getDomain(api: MailcowClient, domain: string): Promise<Domain[]> {
  if (domain === "all") return rowsOf(dataOf(await api.GET("/api/v1/get/domain/all")));
  const path = { domain: toDomain("getDomain", "domain", domain) };
  const row = rowOf(dataOf(await api.GET("/api/v1/get/domain/{domain}", { params: { path } })));
  return row ? [row] : [];
}

export async function addDomain(api: MailcowClient, input: string | AddDomain): Promise<true> {
  const given: AddDomain = typeof input === "string" ? { domain: input } : input;
  checkFields<AddDomain>("addDomain", given, addable, "domain");
  const body = {
    // A template fills in what is not given; defaults of ours would overrule it.
    ...(given.template === undefined ? defaults : {}),
    ...given,
    domain: toDomain("addDomain", "domain", given.domain),
  };
  resultsOf(await api.POST("/api/v1/add/domain", { body }));
  return true;
}

export async function editDomain(
  api: MailcowClient,
  domains: string | readonly string[],
  attributes: EditDomainAttributes,
): Promise<true> {
  const items = checkItems("editDomain", "domains", domains).map((name) => toDomain("editDomain", "domains", name));
  checkFields<EditDomainAttributes>("editDomain", attributes, editable);
  resultsOf(await api.POST("/api/v1/edit/domain", { body: { items, attr: { ...attributes } } }));
  return true;
}

export async function deleteDomain(api: MailcowClient, domains: string | readonly string[]): Promise<true> {
  const body = checkItems("deleteDomain", "domain", domains).map((name) => toDomain("deleteDomain", "domain", name));
  resultsOf(await api.POST("/api/v1/delete/domain", { body }));
  return true;
}
