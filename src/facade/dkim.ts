import type { MailcowClient } from "../client.ts";
import { MailcowRejectedError, MailcowReplyError } from "../errors.ts";
import { dataOf, resultsOf } from "../transport/reply.ts";
import type { AddDkim, DkimKey } from "../types.ts";
import { type Check, checkFields, checkItems, count, type Fields, refuse, selector, texts, toList } from "./checks.ts";
import { toDomain, toDomains } from "./names.ts";
import { rowOf } from "./rows.ts";

/** A DKIM key to make. */
export interface DkimInput extends Omit<AddDkim, "domains" | "key_size"> {
  /** The domain, or several. */
  domain: string | readonly string[];
  /**
   * Bits of the key; 3072 and more take the server some seconds.
   *
   * @default 2048
   */
  key_size?: AddDkim["key_size"];
}

const keySize: Check = (value) =>
  count(value) || Number(value) < 512 ? "a whole number of bits from 512, such as 2048" : undefined;
const fields: Fields<DkimInput> = { domain: texts, dkim_selector: selector, key_size: keySize };

export async function getDKIM(api: MailcowClient, domain: string): Promise<DkimKey | null> {
  const path = { domain: toDomain("getDKIM", "domain", domain) };
  return rowOf(dataOf(await api.GET("/api/v1/get/dkim/{domain}", { params: { path } })));
}

export async function addDKIM(api: MailcowClient, input: string | DkimInput): Promise<true> {
  const { domain, ...rest } = checked("addDKIM", input);
  const domains = toDomains("addDKIM", "domain", domain).join(",");
  const body = { dkim_selector: "dkim", key_size: 2048, ...rest, domains };
  resultsOf(await api.POST("/api/v1/add/dkim", { body }));
  return true;
}

export async function deleteDKIM(api: MailcowClient, domains: string | readonly string[]): Promise<true> {
  const body = checkItems("deleteDKIM", "domain", domains).map((name) => toDomain("deleteDKIM", "domain", name));
  resultsOf(await api.POST("/api/v1/delete/dkim", { body }));
  return true;
}

export async function addAndGetDKIM(api: MailcowClient, input: string | DkimInput): Promise<DkimKey> {
  const key = checked("addAndGetDKIM", input);
  const [domain, ...more] = toList(key.domain);
  if (domain === undefined || more.length > 0)
    throw refuse("addAndGetDKIM", "domain", "a single domain, whose key is answered");
  return (await getDKIM(api, domain)) ?? (await addThenGet(api, { ...key, domain }, domain));
}

async function addThenGet(api: MailcowClient, key: DkimInput, domain: string): Promise<DkimKey> {
  try {
    await addDKIM(api, key);
  } catch (error) {
    // Somebody else may have made the key between the two calls: then it is there now.
    const made = error instanceof MailcowRejectedError ? await getDKIM(api, domain) : null;
    if (made) return made;
    throw error;
  }
  const made = await getDKIM(api, domain);
  if (!made) throw new MailcowReplyError(`mailcow says that it made a DKIM key for ${domain}, but has none`);
  return made;
}

function checked(method: string, input: string | DkimInput): DkimInput {
  const key: DkimInput = typeof input === "string" ? { domain: input } : input;
  checkFields<DkimInput>(method, key, fields, "domain");
  return key;
}
