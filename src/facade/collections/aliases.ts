import { Addable, type AddOptions, checkedItems } from "../../core/collection.ts";
import { absent, type Outcome, perItem } from "../../core/each.ts";
import { type Ensured, type EnsureOptions, ensure } from "../../core/ensure.ts";
import { isOn, toList } from "../../core/lists.ts";
import { stored } from "../../core/names.ts";
import { type CallOptions, callOptionsOf, filterOf, isNone } from "../../core/options.ts";
import { spelled } from "../../core/prepare.ts";
import { together } from "../../core/together.ts";
import * as routes from "../../generated/routes/aliases.ts";
import type * as types from "../../generated/types/aliases.ts";
import { refusal } from "../../refusal.ts";
import { textOf } from "../../sentence.ts";

export type * from "../../generated/types/aliases.ts";

/** Which aliases to list. */
export interface AliasFilter {
  /** Only aliases of these domains. Addresses of an alias domain belong to the alias domain, not its target. */
  readonly domain?: string | readonly string[];
}

/** Aliases: addresses whose mail goes elsewhere. */
export class Aliases extends Addable<types.NewAlias, types.Alias> {
  /**
   * Lists all aliases, or the aliases of some domains.
   *
   * @example
   * const aliases = await mcc.aliases.list({ domain: ["example.com", "example.org"] });
   * @see GET /api/v1/get/alias/all, GET /api/v1/get/alias/all/{domains}
   */
  async list(filter?: AliasFilter, options?: CallOptions): Promise<types.Alias[]> {
    const { domain: domains } = filterOf(filter, "domain");
    if (domains === undefined) return this.call(routes.getAliasAll, {}, options);
    return isNone({ domains }) ? [] : this.call(routes.getAliasAllByDomains, { domains }, options);
  }

  /**
   * Returns one alias, by its id or its address, or `null`. An address that begins with a number is looked up in the
   * list of all aliases, because mailcow would read the number as an id.
   *
   * @see GET /api/v1/get/alias/{id}, GET /api/v1/get/alias/all
   */
  async get(id: types.AliasId, options?: CallOptions): Promise<types.Alias | null> {
    return isRisky(id)
      ? ((await this.#byAddress(options)).get(toKey(id)) ?? null)
      : this.call(routes.getAlias, { id }, options);
  }

  /** Adds an alias; with `read: false`, returns `null` and saves the request that reads it back. */
  add(alias: types.NewAlias, options: AddOptions): Promise<types.Alias | null>;
  /**
   * Adds an alias, active by default (mailcow's own default is inactive).
   *
   * @param alias - `address`: where mail comes in; `@example.com` catches mail to addresses that do not exist. `goto`:
   * where mail goes, or one of `goto_null`, `goto_spam`, `goto_ham`. mailcow does not check whether the targets exist.
   * They are sent in lower case, so that mailcow removes a mailbox from the alias when it deletes the mailbox.
   * @returns The alias as mailcow stores it, with its id.
   * @throws {MailcowRejectedError} For example `is_alias_or_mailbox`, `domain_not_found`, `goto_invalid` or
   * `max_alias_exceeded`.
   * @example
   * const { id } = await mcc.aliases.add({ address: "sales@example.com", goto: "ann@example.com" });
   * @see POST /api/v1/add/alias, GET /api/v1/get/alias/{id}
   */
  add(alias: types.NewAlias, options?: CallOptions): Promise<types.Alias>;
  async add(alias: types.NewAlias, options?: Partial<AddOptions>): Promise<types.Alias | null> {
    const given = spelled(routes.addAlias, Object(alias) as types.NewAlias);
    const addresses = toList(given.address ?? "");
    if (addresses.length > 1) throw refusal("address", "a single address", routes.addAlias.path);
    checkTargets(given);
    return this.adding(routes.addAlias, alias, options, (_, call, results) => {
      const added = results.find(({ code }) => code === "alias_added");
      return this.call(routes.getAlias, { id: Number(textOf(added?.msg[2]) || Number.NaN) }, call);
    });
  }

  /**
   * Sets attributes on aliases, one call each. Fields you leave out keep their value. (An alias with a flag such as
   * `goto_null` stores an edit only if the flag is sent again, so aliases are read first unless you give new targets.)
   *
   * @throws {MailcowRejectedError} For example `alias_invalid` (no such alias) or `goto_invalid`.
   * @see POST /api/v1/edit/alias, GET /api/v1/get/alias/{id}, GET /api/v1/get/alias/all
   */
  async edit(
    ids: types.AliasId | readonly types.AliasId[],
    changes: types.AliasChanges,
    options?: CallOptions,
  ): Promise<Outcome<types.AliasId>[]> {
    const call = callOptionsOf(options);
    const body = checkedItems(routes.editAlias, toList(ids), (part) => ({ items: part, attr: changes }), call);
    const { items, attr } = body.toBody(body.items);
    const isTold = flagsOn(attr) > 0 || attr.goto !== undefined;
    checkTargets(attr);
    const keys = await this.#keys(toList(items), call);
    const read = async ([id, key]: [types.AliasId, types.AliasId]) => [id, (await this.get(key, call))?.goto] as const;
    const targets = new Map(isTold ? [] : await together([...keys], read));
    return perItem(body.items, async (id) => {
      const key = keys.get(id);
      if (key === undefined) throw absent(routes.editAlias, id, "alias_invalid");
      const flag = flags[targets.get(id) as keyof typeof flags];
      return this.call(routes.editAlias, { items: [key], attr: { ...attr, ...flag } }, call);
    });
  }

  /**
   * Adds an alias, edits what differs, or does nothing: safe to call again. Fields you leave out are not compared.
   * Fields that mailcow keeps although it reports success are listed in `ignored`, such as a flag that is switched off
   * without a new `goto`. An empty `goto` together with a flag counts as left out.
   *
   * @throws {MailcowInputError} More than one of `goto`, `goto_null`, `goto_spam` and `goto_ham`.
   * @see GET /api/v1/get/alias/{id}, GET /api/v1/get/alias/all, POST /api/v1/add/alias, POST /api/v1/edit/alias
   */
  async ensure(alias: types.NewAlias, options?: EnsureOptions): Promise<Ensured<types.Alias>> {
    return ensure(
      {
        route: routes.addAlias,
        find: ({ address }, call) => this.get(String(address), call),
        tidy: (desired) => {
          checkTargets(desired);
          return desired;
        },
        add: (desired, call) => this.add(desired, call),
        now: (row, { address }) => ({
          ...row,
          ...{ address, goto_null: 0, goto_spam: 0, goto_ham: 0 },
          ...flags[row.goto as keyof typeof flags],
          goto: String(row.goto).split(","),
        }),
        edit: (row, changes: types.AliasChanges, call) => this.edit(row.id, changes, call),
      },
      withoutEmptyTarget(alias),
      options,
    );
  }

  /**
   * Deletes aliases.
   *
   * @throws {MailcowRejectedError} `access_denied`: the alias does not exist.
   * @see POST /api/v1/delete/alias, GET /api/v1/get/alias/all
   */
  async delete(
    ids: types.AliasId | readonly types.AliasId[],
    options?: CallOptions,
  ): Promise<Outcome<types.AliasId>[]> {
    const call = callOptionsOf(options);
    const { items } = checkedItems(routes.deleteAlias, toList(ids), (part) => part);
    if (!items.some(isRisky)) return this.each(routes.deleteAlias, items, call);
    const keys = await this.#keys(items, call);
    return perItem(items, async (id) => {
      const key = keys.get(id);
      if (key === undefined) throw absent(routes.deleteAlias, id, "access_denied");
      return this.call(routes.deleteAlias, [key], call);
    });
  }

  async #byAddress(options?: CallOptions): Promise<Map<string, types.Alias>> {
    return new Map((await this.list({}, options)).map((row) => [String(row.address).toLowerCase(), row]));
  }

  /** The id or address by which mailcow finds each alias. Aliases that do not exist may be missing. */
  async #keys(ids: readonly types.AliasId[], call: CallOptions): Promise<Map<types.AliasId, types.AliasId>> {
    const rows = ids.some(isRisky) ? await this.#byAddress(call) : new Map<string, types.Alias>();
    return new Map(
      ids.flatMap((id) => {
        const key = isRisky(id) ? rows.get(toKey(id))?.id : id;
        return key === undefined ? [] : [[id, key] as const];
      }),
    );
  }
}

/** An address that begins with a number, such as `24hours@` or `+7@`, would hit the alias with that id. */
const isRisky = (id: types.AliasId): id is string => typeof id === "string" && /^\s*[+-]?\.?\d.*@/s.test(id);

const toKey = (address: string): string => (stored("catch-all", address) ?? address).toLowerCase();

type Targets = Pick<types.NewAlias, "goto" | "goto_null" | "goto_spam" | "goto_ham"> & { address?: unknown };

/** How many of the flags that replace a target are on. */
const flagsOn = ({ goto_null, goto_spam, goto_ham }: Targets): number =>
  [goto_null, goto_spam, goto_ham].filter(isOn).length;

/** Drops an empty target if a flag is on: the flag decides where mail goes. */
function withoutEmptyTarget(alias: types.NewAlias): types.NewAlias {
  const { goto, ...rest } = Object(alias) as types.NewAlias;
  return goto === "" && flagsOn(rest) > 0 ? rest : alias;
}

/** Refuses what mailcow would silently drop: a second flag, targets together with a flag, and an alias of itself. */
export function checkTargets(alias: Targets): void {
  const { goto, address } = alias;
  const on = flagsOn(alias);
  if (on > 1 || (on > 0 && goto))
    throw refusal("goto", "a target, or one of goto_null, goto_spam and goto_ham", routes.addAlias.path);
  const keys = (names: unknown) => toList(names).map((name) => toKey(String(name)));
  const own = address === undefined ? [] : keys(address);
  if (goto !== undefined && keys(goto).some((target) => own.includes(target)))
    throw refusal("goto", "other than the address itself, which mailcow silently skips", routes.addAlias.path);
}

const flags = {
  "null@localhost": { goto_null: 1 },
  "spam@localhost": { goto_spam: 1 },
  "ham@localhost": { goto_ham: 1 },
} as const;
