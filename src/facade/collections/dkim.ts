import type { ActionResult, Route } from "../../contract.ts";
import { checked } from "../../core/api.ts";
import { type AddOptions, Collection } from "../../core/collection.ts";
import { absent, type Outcome, perItem } from "../../core/each.ts";
import { type Ensured, ensure } from "../../core/ensure.ts";
import { eachOnce, fieldsOf, toList } from "../../core/lists.ts";
import { type CallOptions, callOptionsOf, optionsOf } from "../../core/options.ts";
import { spelled } from "../../core/prepare.ts";
import { checkReference, isThere } from "../../core/references.ts";
import { together } from "../../core/together.ts";
import { MailcowReplyError } from "../../errors.ts";
import * as routes from "../../generated/routes/dkim.ts";
import type { DomainNames } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/dkim.ts";
import { refusal } from "../../refusal.ts";

export type * from "../../generated/types/dkim.ts";

/** A key to make. */
export interface NewDkimKey extends Omit<types.NewDkimKey, "domains"> {
  /** The domain or alias domain that gets the key. */
  domain: string;
}

/** A TXT record, ready for a zone. */
export interface DkimDnsRecord {
  /** Where it belongs: `<selector>._domainkey.<domain>`. */
  readonly name: string;
  readonly type: "TXT";
  /** The whole text. */
  readonly value: string;
  /** The same text in parts of up to 255 characters, for a zone file. */
  readonly chunks: readonly string[];
}

/** What to do with an existing key. */
export interface DkimEnsureOptions extends CallOptions {
  /**
   * Whether to replace a key that has another selector or size.
   *
   * @default false
   */
  readonly replace?: boolean;
}

/** DKIM keys, one per domain. A key stays when its domain is deleted. */
export class Dkim extends Collection {
  /**
   * Returns the public part of a domain's key, or `null`.
   *
   * @see GET /api/v1/get/dkim/{domain}
   */
  async get(domain: string, options?: CallOptions): Promise<types.DkimKey | null> {
    return this.call(routes.getDkim, { domain }, options);
  }

  /** Makes a key; with `read: false`, returns `null` and saves the request that reads it back. */
  add(key: NewDkimKey, options: AddOptions): Promise<types.DkimKey | null>;
  /**
   * Makes a key for a domain; 2048 bits and the selector `dkim` by default.
   *
   * @throws {MailcowRejectedError} `access_denied`: the domain does not exist. `dkim_domain_or_sel_invalid`: the
   * selector is invalid, or the domain already has a key.
   * @example
   * await mcc.dkim.add({ domain: "example.com", key_size: 4096 });
   * @see POST /api/v1/add/dkim, GET /api/v1/get/dkim/{domain}
   */
  add(key: NewDkimKey, options?: CallOptions): Promise<types.DkimKey>;
  async add(key: NewDkimKey, options?: Partial<AddOptions>): Promise<types.DkimKey | null> {
    const { domain, ...rest } = checked(addOne(), key);
    checked(routes.getDkim, { domain });
    return this.adding(routes.addDkim, { ...rest, domains: domain }, options, (_, call) => this.get(domain, call));
  }

  /**
   * Returns the key of a domain, and makes one if there is none. Safe to call again: an existing key is returned
   * unchanged, even if it has another selector or size.
   *
   * @throws {MailcowRejectedError} `access_denied`: the domain does not exist.
   * @see GET /api/v1/get/dkim/{domain}, POST /api/v1/add/dkim
   */
  async getOrAdd(key: NewDkimKey, options?: CallOptions): Promise<types.DkimKey> {
    const kind = {
      route: addOne(),
      find: ({ domain }: NewDkimKey, call: CallOptions) => this.get(domain, call),
      add: (desired: NewDkimKey, call: CallOptions) => this.add(desired, call),
      now: () => ({}),
      edit: async () => {},
    };
    return (await ensure(kind, checked(addOne(), key), callOptionsOf(options))).row;
  }

  /**
   * Makes a key for a domain, or does nothing if it has a key with the given selector and size.
   *
   * @param options - `replace`: replaces a different key; a selector or size you leave out stays the same. Mail signed
   * with the new key is not trusted until you publish its DNS record. Without `replace`, a different key is an error.
   * @throws {MailcowInputError} The domain has a different key, and `replace` is not set or the domain no longer
   * exists.
   * @throws {MailcowRejectedError} `access_denied`: the domain does not exist.
   * @example
   * const { action, row } = await mcc.dkim.ensure({ domain: "example.com", key_size: 4096 }, { replace: true });
   * @see GET /api/v1/get/dkim/{domain}, POST /api/v1/add/dkim, POST /api/v1/delete/dkim, GET /api/v1/get/domain/{domain}
   */
  async ensure(key: NewDkimKey, options?: DkimEnsureOptions): Promise<Ensured<types.DkimKey>> {
    const { replace, ...call } = optionsOf(options, { replace: false });
    const { domain } = checked(addOne(), key);
    const given = spelled(addOne(), fieldsOf(key));
    return ensure(
      {
        route: addOne(),
        find: (_, inTime) => this.get(domain, inTime),
        add: (desired, inTime) => this.add(desired, inTime),
        now: ({ dkim_selector, length }, { key_size }) => ({
          ...{ domain, dkim_selector },
          key_size: length === toLength(Number(key_size)) ? key_size : length,
        }),
        edit: async ({ dkim_selector, length }, _, inTime) => {
          if (!replace)
            throw refusal(
              "dkim_selector and key_size",
              `those of the existing key (${dkim_selector}, ${length} bits), or sent with the option replace`,
            );
          const old = { dkim_selector, key_size: Number(length.replace(/\D/g, "")) };
          // Check before deleting the old key.
          const made = checked(addOne(), { ...old, ...given });
          await checkReference(this.core, { topic: "domains", field: "domain", id: domain }, addOne().path, inTime);
          await this.delete(domain, inTime);
          await this.add(made, { ...inTime, read: false });
        },
      },
      given,
      call,
    );
  }

  /**
   * Deletes keys. mailcow also reports success if there was none.
   *
   * @throws {MailcowRejectedError} `dkim_domain_or_sel_invalid`: not a domain name.
   * @see POST /api/v1/delete/dkim
   */
  async delete(domains: DomainNames, options?: CallOptions): Promise<Outcome[]> {
    return this.each(routes.deleteDkim, domains, options);
  }

  /**
   * Copies the key of a domain to other domains and replaces theirs, with one call per domain. Looks up each domain
   * first: mailcow itself would store a key for a domain that does not exist.
   *
   * @returns The outcome for each domain in `to`.
   * @throws {MailcowRejectedError} `dkim_domain_or_sel_invalid` (there is no key to copy), or `domain_not_found` (a
   * domain in `to` is not a domain or alias domain of this server).
   * @see POST /api/v1/add/dkim_duplicate, GET /api/v1/get/domain/{domain}
   */
  async duplicate(from: string, to: DomainNames, options?: CallOptions): Promise<Outcome[]> {
    const call = callOptionsOf(options);
    const route = routes.addDkimDuplicate;
    const { to_domain, ...source } = checked(route, { from_domain: from, to_domain: [from, ...toList(to)] });
    const domains = eachOnce(toList(to_domain).slice(1));
    const look = async (domain: string) => [domain, await isThere(this.core, "domains", domain, call)] as const;
    const there = new Map(await together(domains, look));
    return perItem(domains, async (domain) => {
      if (!there.get(domain)) throw absent(route, domain, "domain_not_found");
      return this.call(route, { ...source, to_domain: domain }, call);
    });
  }

  /** Imports a key; with `read: false`, returns `null` and saves the request that reads it back. */
  import(key: types.DkimKeyImport, options: AddOptions): Promise<types.DkimKey | null>;
  /**
   * Imports a private key for a domain or alias domain. Checks first that it exists; mailcow does not.
   *
   * @param key - `private_key_file`: the text of a PEM file.
   * @throws {MailcowInputError} The domain does not exist.
   * @throws {MailcowRejectedError} `dkim_domain_or_sel_exists` unless `overwrite_existing` is set; or
   * `private_key_error`, which an earlier error of mailcow's OpenSSL (such as `error:12000079`) can also cause for a
   * good key: call again.
   * @example
   * import { readFile } from "node:fs/promises";
   *
   * await mcc.dkim.import({ domain: "example.com", private_key_file: await readFile("dkim.pem", "utf8") });
   * @see POST /api/v1/add/dkim_import, GET /api/v1/get/dkim/{domain}, GET /api/v1/get/domain/{domain}
   */
  import(key: types.DkimKeyImport, options?: CallOptions): Promise<types.DkimKey>;
  async import(key: types.DkimKeyImport, options?: Partial<AddOptions>): Promise<types.DkimKey | null> {
    return this.adding(
      routes.addDkimImport,
      key,
      options,
      (sent, call) => this.get(sent.domain, call),
      ({ domain }) => checked(routes.getDkim, { domain }),
    );
  }

  /**
   * Returns the TXT record of a domain's key, ready for a zone; `null` if it has none.
   *
   * @example
   * const record = await mcc.dkim.dnsRecord("example.com");
   * if (record) console.log(record.name, "TXT", record.chunks.map((chunk) => `"${chunk}"`).join(" "));
   * @see GET /api/v1/get/dkim/{domain}
   */
  async dnsRecord(domain: string, options?: CallOptions): Promise<DkimDnsRecord | null> {
    const input = checked(routes.getDkim, { domain });
    const key = await this.call(routes.getDkim, input, options);
    if (!key) return null;
    // Some servers are configured to send the text in quoted parts.
    const value = key.dkim_txt?.replace(/" "/g, "").replace(/^"|"$/g, "");
    const chunks = value?.match(/.{1,255}/g);
    if (!chunks)
      throw new MailcowReplyError(`get/dkim/{domain}: mailcow returns a key of ${input.domain} without a text`);
    return { name: `${key.dkim_selector}._domainkey.${input.domain}`, type: "TXT", value, chunks };
  }
}

let one: Route<NewDkimKey, ActionResult[]> | undefined;

/** The route that adds, but for a single domain, which can be read back. */
function addOne(): Route<NewDkimKey, ActionResult[]> {
  const { method, path, answers, body } = routes.addDkim;
  const { domains: _, ...others } = body?.properties ?? {};
  const properties = { ...routes.getDkim.params, ...others };
  one ??= { method, path, answers, body: { ...body, required: ["domain", "key_size"], properties } };
  return one;
}

/** mailcow's name for a key size; it derives the name from the length of the key's text. */
const toLength = (bits: number): string =>
  bits > 4096 ? ">= 8192" : String([4096, 3072, 2048].find((size) => bits >= size) ?? 1024);
