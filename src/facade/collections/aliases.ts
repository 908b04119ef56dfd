import { type Add, type AddMany, Collection, type Edit, type ForEach } from "../../calls/collection.ts";
import { type Ensured, ensurer } from "../../calls/ensure.ts";
import { checkBody, refusal } from "../../calls/input.ts";
import { toAddress, toCatchAll, toDomain, toList, toNames } from "../../calls/names.ts";
import { perItem } from "../../calls/outcomes.ts";
import type { AddAlias, Alias, AliasAttributes, AliasId, NewAlias } from "../../types.ts";

/** Aliases: addresses whose mail goes elsewhere. */
export class Aliases extends Collection {
  /**
   * Lists aliases: all, or those of some domains. The addresses of alias domains are listed under the alias domain.
   *
   * @see GET /api/v1/get/alias/all, GET /api/v1/get/alias/all/{domains}
   */
  readonly list = async ({ domain }: { domain?: string | readonly string[] } = {}): Promise<Alias[]> => {
    if (domain === undefined) return this.calls.rows("/api/v1/get/alias/all");
    const domains = toList(domain).map((name) => toDomain(name));
    return this.calls.rows("/api/v1/get/alias/all/{domains}", { path: { domains: domains.join(",") } });
  };
  /**
   * Reads one alias, or `null`.
   *
   * @see GET /api/v1/get/alias/{id}
   */
  readonly get = async (id: AliasId): Promise<Alias | null> =>
    isRisky(id) ? ((await this.#byAddress()).get(id.toLowerCase()) ?? null) : this.#read(id);
  /**
   * Adds an alias, active unless `active` says otherwise (mailcow's own default is an alias that takes no mail).
   *
   * @param alias - `address`: where mail comes in; `@example.com` catches all that has no address of its own. `goto`:
   * where it goes (not checked by mailcow), or one of `goto_null`, `goto_spam`, `goto_ham`.
   * @returns The alias as mailcow stores it, with its id.
   * @throws {@link MailcowRejectedError} For example `is_alias_or_mailbox`, `domain_not_found`, `goto_invalid` or
   * `max_alias_exceeded`.
   * @example
   * const { id } = await mcc.aliases.add({ address: "sales@example.com", goto: "ann@example.com" });
   * @see POST /api/v1/add/alias, GET /api/v1/get/alias/{id}
   */
  readonly add: Add<NewAlias, Alias> = this.adder("/api/v1/add/alias", toBody, (_, results) => {
    const added = results.find(({ code }) => code === "alias_added");
    return this.#read(Number(added?.msg[2]));
  });
  /**
   * Adds many aliases, some at a time, and answers what became of each, in order. One that is refused does not stop the
   * others, unless `stopOnError` is set.
   *
   * @see POST /api/v1/add/alias, GET /api/v1/get/alias/{id}
   */
  readonly addMany: AddMany<NewAlias, Alias> = this.many(this.add);
  /**
   * Sets attributes on aliases; what is not given keeps its value.
   *
   * @throws {@link MailcowRejectedError} For example `alias_invalid` (no such alias) or `goto_invalid`.
   * @see POST /api/v1/edit/alias
   */
  readonly edit: Edit<AliasId, AliasAttributes> = async (ids, { goto, ...attr }) => {
    const path = "/api/v1/edit/alias";
    const sent = { ...attr, ...targets(goto) };
    checkBody(path, { items: toList(ids), attr: sent });
    const items = await this.#numbered(ids);
    const rows = goto === undefined && !isFlagged(attr) ? await Promise.all(items.map(this.get)) : [];
    const flagOf = new Map(items.map((id, index) => [id, flags[rows[index]?.goto as keyof typeof flags] ?? none]));
    const send = (part: AliasId[]) => {
      const [flag] = part.map((id) => flagOf.get(id));
      return this.calls.write(path, { items: part, attr: { ...sent, ...flag } });
    };
    return perItem(items, send, { groupOf: (id) => flagOf.get(id) });
  };
  /**
   * Adds an alias, or edits what differs from the one of that address, or does nothing: safe to call again. What is not
   * given is not compared.
   *
   * @see GET /api/v1/get/alias/{id}, GET /api/v1/get/alias/all, POST /api/v1/add/alias, POST /api/v1/edit/alias
   */
  readonly ensure: (alias: NewAlias) => Promise<Ensured<Alias>> = ensurer({
    find: ({ address }: NewAlias) => this.get(toCatchAll(address.trim())),
    tidy: ({ goto, ...rest }) => ({ ...rest, ...(goto && { goto: toTargets(goto) }) }),
    add: this.add,
    now: (row, desired) => ({
      ...row,
      address: desired.address,
      ...{ goto_null: 0, goto_spam: 0, goto_ham: 0 },
      ...flags[row.goto as keyof typeof flags],
      goto: isFlagged(desired) ? desired.goto : row.goto.split(","),
    }),
    edit: (row, attr: AliasAttributes) => this.edit(row.id, attr),
  });
  /**
   * Deletes aliases.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such alias.
   * @see POST /api/v1/delete/alias
   */
  readonly delete: ForEach<AliasId> = async (ids) => this.#delete(await this.#numbered(ids));
  readonly #delete = this.deleter<"/api/v1/delete/alias", AliasId>("/api/v1/delete/alias");
  readonly #read = (id: AliasId) => this.calls.row("/api/v1/get/alias/{id}", { path: { id } });
  readonly #byAddress = async () => new Map((await this.list()).map((row) => [row.address.toLowerCase(), row]));

  /** mailcow takes an address that begins with digits for the number of an alias. */
  async #numbered(ids: AliasId | readonly AliasId[]): Promise<AliasId[]> {
    const given = toList(ids);
    const rows = given.some(isRisky) ? await this.#byAddress() : new Map<string, Alias>();
    return given.map((id) => {
      if (!isRisky(id)) return id;
      const row = rows.get(id.toLowerCase());
      if (!row) throw refusal("id", `the address of an alias that there is; ${id} is none`);
      return row.id;
    });
  }
}

/** Text that begins with digits would hit the alias of that number. */
const isRisky = (id: AliasId): id is string => typeof id === "string" && /^\d.*\D/s.test(id);

function toBody({ address, goto, ...rest }: NewAlias): AddAlias {
  const addresses = toNames(address, "address");
  if (addresses.length > 1) throw refusal("address", "a single address");
  return { active: 1, ...rest, ...newAlias(addresses, goto) };
}

/** The addresses and targets of a body that adds aliases. */
export function newAlias(addresses: readonly string[], goto?: string | readonly string[]): AddAlias {
  const own = addresses.map((address) => toCatchAll(address));
  const sent = targets(goto);
  const gotos = sent.goto?.toLowerCase().split(",") ?? [];
  if (own.some((address) => gotos.includes(address.toLowerCase())))
    throw refusal("goto", "other than the address itself, which mailcow would skip in silence");
  return { address: own.join(","), ...sent };
}

const targets = (goto: string | readonly string[] | undefined): { goto?: string } =>
  goto === undefined ? {} : { goto: toTargets(goto).join(",") };

const toTargets = (goto: string | readonly string[]): string[] =>
  toNames(goto, "goto").map((target) => toAddress(target, "goto"));

const isFlagged = ({ goto_null, goto_spam, goto_ham }: Partial<NewAlias>): boolean =>
  [goto_null, goto_spam, goto_ham].some((flag) => Number(flag) === 1);

const flags = {
  "null@localhost": { goto_null: 1 },
  "spam@localhost": { goto_spam: 1 },
  "ham@localhost": { goto_ham: 1 },
} as const;
const none = {};
