import { MailcowRejectedError, MailcowReplyError } from "../../errors.ts";
import type { ActionResult, AddDkim, AddDkimImport, DkimKey } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { type Add, adder, deleter } from "../collection.ts";
import { type Ensured, ensurer } from "../ensure.ts";
import { refusal } from "../input.ts";
import { toDomain, toList } from "../names.ts";
import type { Outcome } from "../outcomes.ts";

/** A DKIM key to make. */
export interface NewDkimKey extends Pick<AddDkim, "dkim_selector"> {
  domain: string;
  /**
   * Bits of the key; 3072 and more take the server some seconds.
   *
   * @default 2048
   */
  key_size?: AddDkim["key_size"];
}

/** A TXT record for the DNS. */
export interface DkimDnsRecord {
  /** Where it stands, such as `dkim._domainkey.example.com`. */
  readonly name: string;
  readonly type: "TXT";
  /** The whole text. */
  readonly value: string;
  /** The text in parts of up to 255 characters, for zone files and services that want it so. */
  readonly chunks: readonly string[];
}

/** DKIM keys, by domain; a key outlives its domain. */
export interface Dkim {
  /**
   * Reads the public side of a domain's key, or `null`.
   *
   * @see GET /api/v1/get/dkim/{domain}
   */
  get(domain: string): Promise<DkimKey | null>;
  /**
   * Makes a key for a domain.
   *
   * @throws {@link MailcowRejectedError} `access_denied` (no such domain), or `dkim_domain_or_sel_invalid`, which is
   * also what mailcow says where there is a key already.
   * @example
   * await mcc.dkim.add({ domain: "example.com", key_size: 4096 });
   * @see POST /api/v1/add/dkim, GET /api/v1/get/dkim/{domain}
   */
  add: Add<NewDkimKey, DkimKey>;
  /**
   * Answers the key of a domain; where there is none yet, makes it. Safe to call again: a key that is there is answered
   * as it is, whatever selector and size were asked for.
   *
   * @see GET /api/v1/get/dkim/{domain}, POST /api/v1/add/dkim
   */
  getOrAdd(key: NewDkimKey): Promise<DkimKey>;
  /**
   * Makes a key for a domain, or does nothing where there is one of the selector and size that are given.
   *
   * @param options - `replace`: where the key is another, deletes it and makes a new one, by which no mail is trusted
   * until the DNS has it. Otherwise that is refused.
   * @throws {@link MailcowInputError} There is another key.
   * @see GET /api/v1/get/dkim/{domain}, POST /api/v1/add/dkim, POST /api/v1/delete/dkim
   */
  ensure(key: NewDkimKey, options?: { replace?: boolean }): Promise<Ensured<DkimKey>>;
  /**
   * Deletes keys. mailcow also says success where there was none.
   *
   * @throws {@link MailcowRejectedError} `dkim_domain_or_sel_invalid`: that is no name of a domain.
   * @see POST /api/v1/delete/dkim
   */
  delete(domains: string | readonly string[]): Promise<Outcome[]>;
  /**
   * Copies a domain's key to other domains, in the place of theirs. mailcow does not check whether those exist.
   *
   * @throws {@link MailcowRejectedError} `dkim_domain_or_sel_invalid`: there is no key to copy.
   * @see POST /api/v1/add/dkim_duplicate
   */
  duplicate(from: string, to: string | readonly string[]): Promise<ActionResult[]>;
  /**
   * Brings a key along: `private_key_file` is the text of a PEM file.
   *
   * @throws {@link MailcowRejectedError} `private_key_error`, or `dkim_domain_or_sel_exists` unless
   * `overwrite_existing` is set.
   * @see POST /api/v1/add/dkim_import, GET /api/v1/get/dkim/{domain}
   */
  import: Add<AddDkimImport, DkimKey>;
  /**
   * The TXT record of a domain's key, ready for a zone; `null` where there is no key.
   *
   * @example
   * const record = await mcc.dkim.dnsRecord("example.com");
   * if (record) console.log(record.name, "TXT", record.chunks.map((chunk) => `"${chunk}"`).join(" "));
   * @see GET /api/v1/get/dkim/{domain}
   */
  dnsRecord(domain: string): Promise<DkimDnsRecord | null>;
}

export function dkim(calls: Calls): Dkim {
  const name = (method: string) => (domain: string) => toDomain(`dkim.${method}`, "domain", domain);
  const get: Dkim["get"] = async (domain) =>
    calls.row("/api/v1/get/dkim/{domain}", { path: { domain: name("get")(domain) } });
  const add = adder(
    calls,
    "dkim.add",
    "/api/v1/add/dkim",
    ({ domain, ...rest }: NewDkimKey) => ({
      dkim_selector: "dkim",
      key_size: 2048,
      ...rest,
      domains: name("add")(domain),
    }),
    ({ domains }) => get(domains),
  );
  const remove = deleter(calls, "dkim.delete", "/api/v1/delete/dkim", name("delete"));
  return {
    get,
    add,
    getOrAdd: async (key) => (await get(key.domain)) ?? (await addedMeanwhile(key, add, get)),
    ensure: async (key, { replace = false } = {}) =>
      ensurer("dkim.ensure", {
        find: ({ domain }: NewDkimKey) => get(domain),
        add,
        now: ({ dkim_selector, length }, { key_size }) => ({
          dkim_selector,
          key_size: length === toLength(Number(key_size)) ? key_size : length,
        }),
        edit: async ({ dkim_selector, length }) => {
          const there = `that of the key that is there (${dkim_selector}, ${length} bits), or replace set`;
          if (!replace) throw refusal("dkim.ensure", "dkim_selector and key_size", there);
          await remove(key.domain);
          await add(key, { read: false });
        },
      })(key),
    delete: remove,
    duplicate: (from, to) => {
      const [from_domain, ...to_domain] = [from, ...toList(to)].map(name("duplicate"));
      const body = { from_domain: from_domain ?? "", to_domain };
      return calls.write("dkim.duplicate", "/api/v1/add/dkim_duplicate", body);
    },
    import: adder(
      calls,
      "dkim.import",
      "/api/v1/add/dkim_import",
      (input: AddDkimImport) => ({ ...input, domain: name("import")(input.domain) }),
      ({ domain }) => get(domain),
    ),
    dnsRecord: async (domain) => {
      const key = await get(domain);
      return key && recordOf(name("dnsRecord")(domain), key);
    },
  };
}

/** Somebody else may make the key between two calls: then it is there when ours is refused. */
async function addedMeanwhile(key: NewDkimKey, add: Dkim["add"], get: Dkim["get"]): Promise<DkimKey> {
  try {
    return await add(key);
  } catch (error) {
    const made = error instanceof MailcowRejectedError ? await get(key.domain) : null;
    if (made) return made;
    throw error;
  }
}

/** How mailcow names a size: by the length of the text that the key makes. */
const toLength = (bits: number): string =>
  bits > 4096 ? ">= 8192" : String([4096, 3072, 2048].find((size) => bits >= size) ?? 1024);

function recordOf(domain: string, { dkim_selector, dkim_txt }: DkimKey): DkimDnsRecord {
  // A server may be set to answer the text in quoted parts already.
  const value = dkim_txt.replace(/" "/g, "").replace(/^"|"$/g, "");
  const chunks = value.match(/.{1,255}/g) ?? [];
  if (chunks.length === 0)
    throw new MailcowReplyError(`dkim.dnsRecord: mailcow answers a key of ${domain} without a text`);
  return { name: `${dkim_selector}._domainkey.${domain}`, type: "TXT", value, chunks };
}
