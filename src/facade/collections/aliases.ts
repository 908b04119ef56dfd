import type { AddAlias, Alias, EditAliasAttributes } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { type Add, type AddMany, adder, deleter, manyOf } from "../collection.ts";
import { type Ensured, ensurer } from "../ensure.ts";
import { refusal } from "../input.ts";
import { toAddress, toCatchAll, toDomain, toList, toNames } from "../names.ts";
import { type Outcome, perItem } from "../outcomes.ts";

/** An alias, by its id or by its address. */
export type AliasId = number | string;

/** An alias to add: where mail comes in, and where it goes. */
export interface NewAlias extends Omit<AddAlias, "goto"> {
  /** One address, or several: in a list, or in one text with commas. */
  goto?: string | readonly string[];
}

/** What to set on an alias. */
export interface AliasAttributes extends Omit<EditAliasAttributes, "goto"> {
  /** The new addresses; they replace the old ones. */
  goto?: string | readonly string[];
}

/** Aliases: addresses whose mail goes elsewhere. */
export interface Aliases {
  /**
   * Lists aliases: all, or those of some domains. The addresses of alias domains are listed under the alias domain.
   *
   * @see GET /api/v1/get/alias/all, GET /api/v1/get/alias/all/{domains}
   */
  list(filter?: { domain?: string | readonly string[] }): Promise<Alias[]>;
  /**
   * Reads one alias, or `null`.
   *
   * @see GET /api/v1/get/alias/{id}
   */
  get(id: AliasId): Promise<Alias | null>;
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
  add: Add<NewAlias, Alias>;
  /**
   * Adds many aliases, some at a time, and answers what became of each, in order. One that is refused does not stop the
   * others, unless `stopOnError` is set.
   *
   * @see POST /api/v1/add/alias, GET /api/v1/get/alias/{id}
   */
  addMany: AddMany<NewAlias, Alias>;
  /**
   * Sets attributes on aliases; what is not given keeps its value.
   *
   * @throws {@link MailcowRejectedError} For example `alias_invalid` (no such alias) or `goto_invalid`.
   * @see POST /api/v1/edit/alias
   */
  edit(ids: AliasId | readonly AliasId[], attr: AliasAttributes): Promise<Outcome<AliasId>[]>;
  /**
   * Adds an alias, or edits what differs from the one of that address, or does nothing: safe to call again. What is not
   * given is not compared.
   *
   * @see GET /api/v1/get/alias/{id}, GET /api/v1/get/alias/all, POST /api/v1/add/alias, POST /api/v1/edit/alias
   */
  ensure(alias: NewAlias): Promise<Ensured<Alias>>;
  /**
   * Deletes aliases.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such alias.
   * @see POST /api/v1/delete/alias
   */
  delete(ids: AliasId | readonly AliasId[]): Promise<Outcome<AliasId>[]>;
}

export function aliases(calls: Calls): Aliases {
  const read = (id: AliasId) => calls.row("/api/v1/get/alias/{id}", { path: { id } });
  const list: Aliases["list"] = ({ domain } = {}) => {
    if (domain === undefined) return calls.rows("/api/v1/get/alias/all");
    const names = toList(domain).map((name) => toDomain("aliases.list", "domain", name));
    return calls.rows("/api/v1/get/alias/all/{domains}", { path: { domains: names.join(",") } });
  };
  const byAddress = async (): Promise<Map<string, Alias>> =>
    new Map((await list()).map((row) => [row.address.toLowerCase(), row]));
  const get = async (id: AliasId): Promise<Alias | null> =>
    isRisky(id) ? ((await byAddress()).get(id.toLowerCase()) ?? null) : read(id);
  /** The numbers of those addresses that mailcow would take for another alias's number. */
  const numbered = async (method: string, ids: AliasId | readonly AliasId[]): Promise<AliasId[]> => {
    const given = toList(ids);
    const rows = given.some(isRisky) ? await byAddress() : new Map<string, Alias>();
    return given.map((id) => {
      if (!isRisky(id)) return id;
      const row = rows.get(id.toLowerCase());
      if (!row) throw refusal(method, "id", `the address of an alias that there is; ${id} is none`);
      return row.id;
    });
  };
  const remove = deleter<"/api/v1/delete/alias", AliasId>(calls, "aliases.delete", "/api/v1/delete/alias");
  const add = adder(calls, "aliases.add", "/api/v1/add/alias", toBody, (_, results) => {
    const added = results.find(({ code }) => code === "alias_added");
    return read(Number(added?.msg[2]));
  });
  const edit: Aliases["edit"] = async (ids, { goto, ...attr }) => {
    const items = await numbered("aliases.edit", ids);
    const sent = { ...attr, ...targets("aliases.edit", goto) };
    // An alias to nowhere, to spam or to ham has to be told so again with every edit, or mailcow stores nothing.
    const rows = goto === undefined && !isFlagged(attr) ? await Promise.all(items.map(get)) : [];
    const flagOf = new Map(items.map((id, index) => [id, flags[rows[index]?.goto as keyof typeof flags] ?? none]));
    const send = (part: AliasId[]) => {
      const [flag] = part.map((id) => flagOf.get(id));
      return calls.write("aliases.edit", "/api/v1/edit/alias", { items: part, attr: { ...sent, ...flag } });
    };
    return perItem(items, send, { groupOf: (id) => flagOf.get(id) });
  };
  return {
    list,
    get,
    add,
    addMany: manyOf(add),
    edit,
    ensure: ensurer("aliases.ensure", {
      find: ({ address }) => get(toCatchAll("aliases.ensure", "address", address.trim())),
      tidy: ({ goto, ...rest }) => ({ ...rest, ...(goto && { goto: toTargets("aliases.ensure", goto) }) }),
      add,
      now: (row, desired) => ({
        ...row,
        address: desired.address,
        ...{ goto_null: 0, goto_spam: 0, goto_ham: 0 },
        ...flags[row.goto as keyof typeof flags],
        // Beside a flag, mailcow does not heed it.
        goto: isFlagged(desired) ? desired.goto : row.goto.split(","),
      }),
      edit: (row, attr: AliasAttributes) => edit(row.id, attr),
    }),
    delete: async (ids) => remove(await numbered("aliases.delete", ids)),
  };
}

/** Text that begins with digits would hit the alias of that number. */
const isRisky = (id: AliasId): id is string => typeof id === "string" && /^\d.*\D/s.test(id);

function toBody({ address, goto, ...rest }: NewAlias): AddAlias {
  const addresses = toNames("aliases.add", "address", address);
  if (addresses.length > 1) throw refusal("aliases.add", "address", "a single address");
  // Without `active`, mailcow adds an alias that takes no mail.
  return { active: 1, ...rest, ...newAlias("aliases.add", addresses, goto) };
}

/** Addresses and targets as mailcow takes them; an alias of itself it would skip in silence. */
export function newAlias(
  method: string,
  addresses: readonly string[],
  goto: string | readonly string[] | undefined,
): AddAlias {
  const own = addresses.map((address) => toCatchAll(method, "address", address));
  const sent = targets(method, goto);
  const gotos = sent.goto?.toLowerCase().split(",") ?? [];
  if (own.some((address) => gotos.includes(address.toLowerCase()))) {
    throw refusal(method, "goto", "other than the address itself, which mailcow would skip in silence");
  }
  return { address: own.join(","), ...sent };
}

function targets(method: string, goto: string | readonly string[] | undefined): { goto?: string } {
  return goto === undefined ? {} : { goto: toTargets(method, goto).join(",") };
}

const toTargets = (method: string, goto: string | readonly string[]): string[] =>
  toNames(method, "goto", goto).map((target) => toAddress(method, "goto", target));

const isFlagged = ({ goto_null, goto_spam, goto_ham }: Partial<NewAlias>): boolean =>
  [goto_null, goto_spam, goto_ham].some((flag) => Number(flag) === 1);

const flags = {
  "null@localhost": { goto_null: 1 },
  "spam@localhost": { goto_spam: 1 },
  "ham@localhost": { goto_ham: 1 },
} as const;
const none = {};
