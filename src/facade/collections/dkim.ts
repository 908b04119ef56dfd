import { type Add, Collection, type ForEach } from "../../calls/collection.ts";
import { type Ensured, ensurer } from "../../calls/ensure.ts";
import { checkBody, refusal } from "../../calls/input.ts";
import { fieldsOf, toDomain, toList } from "../../calls/names.ts";
import { MailcowReplyError } from "../../errors.ts";
import type { ActionResult, AddDkim, AddDkimImport, DkimDnsRecord, DkimKey, NewDkimKey } from "../../types.ts";

/** DKIM keys, by domain; a key outlives its domain. */
export class Dkim extends Collection {
  /**
   * Reads the public side of a domain's key, or `null`.
   *
   * @see GET /api/v1/get/dkim/{domain}
   */
  readonly get = async (domain: string): Promise<DkimKey | null> =>
    this.calls.row("/api/v1/get/dkim/{domain}", { path: { domain: toDomain(domain) } });
  /**
   * Makes a key for a domain.
   *
   * @throws {@link MailcowRejectedError} `access_denied` (no such domain), or `dkim_domain_or_sel_invalid`, which is
   * also what mailcow says where there is a key already.
   * @example
   * await mcc.dkim.add({ domain: "example.com", key_size: 4096 });
   * @see POST /api/v1/add/dkim, GET /api/v1/get/dkim/{domain}
   */
  readonly add: Add<NewDkimKey, DkimKey> = this.adder("/api/v1/add/dkim", toBody, ({ domains }) => this.get(domains));
  /**
   * Answers the key of a domain; where there is none yet, makes it. Safe to call again: a key that is there is answered
   * as it is, whatever selector and size were asked for.
   *
   * @see GET /api/v1/get/dkim/{domain}, POST /api/v1/add/dkim
   */
  readonly getOrAdd = async (key: NewDkimKey): Promise<DkimKey> => {
    const find = ({ domain }: NewDkimKey) => this.get(domain);
    return (await ensurer({ find, add: this.add, now: () => ({}), edit: () => find(key) })(key)).row;
  };
  /**
   * Makes a key for a domain, or does nothing where there is one of the selector and size that are given.
   *
   * @param options - `replace`: where the key is another, deletes it and makes a new one, by which no mail is trusted
   * until the DNS has it; what is not given stays as it was. Otherwise that is refused.
   * @throws {@link MailcowInputError} There is another key.
   * @see GET /api/v1/get/dkim/{domain}, POST /api/v1/add/dkim, POST /api/v1/delete/dkim
   */
  readonly ensure = async (
    key: NewDkimKey,
    { replace = false }: { replace?: boolean } = {},
  ): Promise<Ensured<DkimKey>> =>
    ensurer({
      find: ({ domain }: NewDkimKey) => this.get(domain),
      add: this.add,
      now: ({ dkim_selector, length }, { domain, key_size }) => ({
        ...{ domain, dkim_selector },
        key_size: length === toLength(Number(key_size)) ? key_size : length,
      }),
      edit: async ({ dkim_selector, length }) => {
        const there = `that of the key that is there (${dkim_selector}, ${length} bits), or replace set`;
        if (!replace) throw refusal("dkim_selector and key_size", there);
        const made = { dkim_selector, key_size: Number(length.replace(/\D/g, "")), ...fieldsOf(key) };
        // Before the old key is gone.
        checkBody("/api/v1/add/dkim", toBody(made));
        await this.delete(key.domain);
        await this.add(made, { read: false });
      },
    })(key);
  /**
   * Deletes keys. mailcow also says success where there was none.
   *
   * @throws {@link MailcowRejectedError} `dkim_domain_or_sel_invalid`: that is no name of a domain.
   * @see POST /api/v1/delete/dkim
   */
  readonly delete: ForEach<string> = this.deleter("/api/v1/delete/dkim", { item: toDomain });
  /**
   * Copies a domain's key to other domains, in the place of theirs. mailcow does not check whether those exist.
   *
   * @throws {@link MailcowRejectedError} `dkim_domain_or_sel_invalid`: there is no key to copy.
   * @see POST /api/v1/add/dkim_duplicate
   */
  readonly duplicate = async (from: string, to: string | readonly string[]): Promise<ActionResult[]> => {
    const to_domain = toList(to).map((domain) => toDomain(domain));
    return this.calls.write("/api/v1/add/dkim_duplicate", { from_domain: toDomain(from), to_domain });
  };
  /**
   * Brings a key along: `private_key_file` is the text of a PEM file.
   *
   * @throws {@link MailcowRejectedError} `private_key_error`, or `dkim_domain_or_sel_exists` unless
   * `overwrite_existing` is set.
   * @see POST /api/v1/add/dkim_import, GET /api/v1/get/dkim/{domain}
   */
  readonly import: Add<AddDkimImport, DkimKey> = this.adder(
    "/api/v1/add/dkim_import",
    (input: AddDkimImport) => ({ ...input, domain: toDomain(input.domain) }),
    ({ domain }) => this.get(domain),
  );
  /**
   * The TXT record of a domain's key, ready for a zone; `null` where there is no key.
   *
   * @example
   * const record = await mcc.dkim.dnsRecord("example.com");
   * if (record) console.log(record.name, "TXT", record.chunks.map((chunk) => `"${chunk}"`).join(" "));
   * @see GET /api/v1/get/dkim/{domain}
   */
  readonly dnsRecord = async (domain: string): Promise<DkimDnsRecord | null> => {
    const key = await this.get(domain);
    if (!key) return null;
    // A server may be set to answer the text in quoted parts already.
    const value = key.dkim_txt.replace(/" "/g, "").replace(/^"|"$/g, "");
    const chunks = value.match(/.{1,255}/g) ?? [];
    if (chunks.length === 0) throw new MailcowReplyError(`mailcow answers a key of ${domain} without a text`);
    return { name: `${key.dkim_selector}._domainkey.${toDomain(domain)}`, type: "TXT", value, chunks };
  };
}

/** What a key is like unless it is said. */
export const dkimDefaults = { dkim_selector: "dkim", key_size: 2048 } as const;

const toBody = ({ domain, ...rest }: NewDkimKey): AddDkim => ({ ...dkimDefaults, ...rest, domains: toDomain(domain) });

/** How mailcow names a size: by the length of the text that the key makes. */
const toLength = (bits: number): string =>
  bits > 4096 ? ">= 8192" : String([4096, 3072, 2048].find((size) => bits >= size) ?? 1024);
