import { type Add, type AddMany, Collection, type Edit, type ForEach } from "../../calls/collection.ts";
import { type Ensured, ensurer } from "../../calls/ensure.ts";
import { checkBody, refusal } from "../../calls/input.ts";
import { fieldsOf, toAddress, toCatchAll, toDomain, toList, toMailboxName, toNames } from "../../calls/names.ts";
import { perItem } from "../../calls/outcomes.ts";
import { textOf } from "../../transport/reply.ts";
import type * as types from "../../types.ts";

/** Aliases: addresses whose mail goes elsewhere. */
export class Aliases extends Collection {
  /**
   * Lists aliases: all, or those of some domains. The addresses of alias domains are listed under the alias domain.
   *
   * @see GET /api/v1/get/alias/all, GET /api/v1/get/alias/all/{domains}
   */
  readonly list = async ({ domain }: { domain?: string | readonly string[] } = {}): Promise<types.Alias[]> => {
    if (domain === undefined) return this.calls.rows("/api/v1/get/alias/all");
    const domains = toList(domain).map((name) => toDomain(name));
    return this.calls.rows("/api/v1/get/alias/all/{domains}", { path: { domains: domains.join(",") } });
  };
  /**
   * Reads one alias, or `null`. An address that begins with digits is looked up in the list of all: mailcow would take
   * the digits for an id.
   *
   * @see GET /api/v1/get/alias/{id}, GET /api/v1/get/alias/all
   */
  readonly get = async (id: types.AliasId): Promise<types.Alias | null> =>
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
  readonly add: Add<types.NewAlias, types.Alias> = this.adder("/api/v1/add/alias", toBody, (_, results) => {
    const added = results.find(({ code }) => code === "alias_added");
    return this.#read(Number(textOf(added?.msg[2]) || Number.NaN));
  });
  /**
   * Adds many aliases, some at a time, and answers what became of each, in order. One that is refused does not stop the
   * others, unless `stopOnError` is set.
   *
   * @see POST /api/v1/add/alias, GET /api/v1/get/alias/{id}
   */
  readonly addMany: AddMany<types.NewAlias, types.Alias> = this.many(this.add);
  /**
   * Sets attributes on aliases; what is not given keeps its value. (mailcow would store nothing where an alias leads
   * nowhere and its flag is not sent again: the aliases are read first, unless new targets are given.)
   *
   * @throws {@link MailcowRejectedError} For example `alias_invalid` (no such alias) or `goto_invalid`.
   * @see POST /api/v1/edit/alias, GET /api/v1/get/alias/{id}, GET /api/v1/get/alias/all
   */
  readonly edit: Edit<types.AliasId, types.AliasAttributes> = async (ids, given) => {
    const { goto, ...attr } = fieldsOf(given);
    const path = "/api/v1/edit/alias";
    const sent = { ...attr, ...targets(goto) };
    checkBody(path, { items: toList(ids), attr: sent });
    const isTold = isFlagged(given) || goto !== undefined;
    const items = await this.#numbered(ids);
    const rows = isTold ? [] : await Promise.all(items.map(this.get));
    const flagOf = new Map(items.map((id, index) => [id, flags[rows[index]?.goto as keyof typeof flags] ?? none]));
    const send = (part: types.AliasId[]) => {
      const [flag] = part.map((id) => flagOf.get(id));
      return this.calls.write(path, { items: part, attr: { ...sent, ...flag } });
    };
    return perItem(items, send, { groupOf: (id) => flagOf.get(id) });
  };
  /**
   * Adds an alias, or edits what differs from the one of that address, or does nothing: safe to call again. What is not
   * given is not compared. `ignored` names what mailcow keeps although it says success, such as the flag of an alias to
   * nowhere that is switched off without a new `goto`.
   *
   * @throws {@link MailcowInputError} More than one of `goto`, `goto_null`, `goto_spam` and `goto_ham`.
   * @see GET /api/v1/get/alias/{id}, GET /api/v1/get/alias/all, POST /api/v1/add/alias, POST /api/v1/edit/alias
   */
  readonly ensure: (alias: types.NewAlias) => Promise<Ensured<types.Alias>> = ensurer({
    find: ({ address }: types.NewAlias) => this.get(toCatchAll(address)),
    tidy: ({ goto = "", ...rest }) => {
      isFlagged({ ...rest, goto });
      return { ...rest, ...(goto && { goto: toTargets(goto) }) };
    },
    add: this.add,
    now: (row, { address }) => ({
      ...row,
      ...{ address, goto_null: 0, goto_spam: 0, goto_ham: 0 },
      ...flags[row.goto as keyof typeof flags],
      goto: row.goto.split(","),
    }),
    edit: (row, attr: types.AliasAttributes) => this.edit(row.id, attr),
  });
  /**
   * Deletes aliases.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such alias.
   * @see POST /api/v1/delete/alias, GET /api/v1/get/alias/all
   */
  readonly delete: ForEach<types.AliasId> = async (ids) => this.#delete(await this.#numbered(ids));
  readonly #delete = this.deleter<"/api/v1/delete/alias", types.AliasId>("/api/v1/delete/alias");
  readonly #read = (id: types.AliasId) => this.calls.row("/api/v1/get/alias/{id}", { path: { id } });
  readonly #byAddress = async () => new Map((await this.list()).map((row) => [row.address.toLowerCase(), row]));

  /** mailcow takes an address that begins with digits for the number of an alias. */
  async #numbered(ids: types.AliasId | readonly types.AliasId[]): Promise<types.AliasId[]> {
    const given = toList(ids);
    const rows = given.some(isRisky) ? await this.#byAddress() : new Map<string, types.Alias>();
    return given.map((id) => {
      if (!isRisky(id)) return id;
      const row = rows.get(id.toLowerCase());
      if (!row) throw refusal("id", `the address of an alias that there is; ${id} is none`);
      return row.id;
    });
  }
}

/** Text that begins with digits would hit the alias of that number. */
const isRisky = (id: types.AliasId): id is string => typeof id === "string" && /^\d.*\D/s.test(id);

function toBody({ address, goto, ...rest }: types.NewAlias): types.AddAlias {
  const addresses = toNames(address, "address");
  if (addresses.length > 1) throw refusal("address", "a single address");
  isFlagged({ ...rest, ...(goto && { goto }) });
  return { active: 1, ...rest, ...newAlias(addresses, goto) };
}

/** The addresses and targets of a body that adds aliases. */
export function newAlias(addresses: readonly string[], goto?: string | readonly string[]): types.AddAlias {
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

/** Whether a flag stands in the place of targets: the one thing that is given, or mailcow drops the rest in silence. */
function isFlagged({ goto, goto_null, goto_spam, goto_ham }: Partial<types.NewAlias>): boolean {
  const on = [goto_null, goto_spam, goto_ham].filter((flag) => Number(flag) === 1).length;
  if (on > 1 || (on > 0 && goto)) throw refusal("goto", "a target, or one of goto_null, goto_spam and goto_ham");
  return on === 1;
}

const flags = {
  "null@localhost": { goto_null: 1 },
  "spam@localhost": { goto_spam: 1 },
  "ham@localhost": { goto_ham: 1 },
} as const;
const none = {};

/** Throw-away addresses of mailboxes, which mailcow makes up and which expire. */
export class TimeLimitedAliases extends Collection {
  /**
   * Lists the time-limited aliases of a mailbox that have not expired, in no order that means something.
   *
   * @returns Rows whose `validity` is their end, in unix seconds; it does not count where `permanent` is 1.
   * @see GET /api/v1/get/time_limited_aliases/{mailbox}
   */
  readonly list = async (mailbox: string): Promise<types.TimeLimitedAlias[]> =>
    this.calls.rows("/api/v1/get/time_limited_aliases/{mailbox}", { path: { mailbox: toMailboxName(mailbox) } });
  /**
   * Makes up an address for a mailbox. mailcow's answer does not name it, and so the list is read before and after;
   * several calls wait for each other.
   *
   * @param alias - `domain`: the mailbox's, or one of its alias domains. `validity`: hours until it expires, 8760
   * unless given; an end after January 2038 fails without an answer.
   * @returns The address as mailcow stores it; its `validity` is its end, in unix seconds.
   * @throws {@link MailcowRejectedError} `access_denied` (no such mailbox), `domain_invalid` (not a domain of the
   * mailbox) or `validity_missing` (out of bounds).
   * @example
   * const { address } = await mcc.timeLimitedAliases.add({
   *   username: "ann@example.com",
   *   domain: "example.com",
   *   validity: 24,
   * });
   * @see GET /api/v1/get/time_limited_aliases/{mailbox}, POST /api/v1/add/time_limited_alias
   */
  readonly add: Add<types.AddTimeLimitedAlias, types.TimeLimitedAlias> = ((...given: Given) => {
    // Two at once would take each other's address for their own.
    const row = this.#last.then(() => this.#add(...given));
    this.#last = row.catch(() => undefined);
    return row;
  }) as Add<types.AddTimeLimitedAlias, types.TimeLimitedAlias>;
  /**
   * Gives addresses a new end, or makes them permanent; expired ones come back by that. Nothing else can be changed.
   *
   * @param attr - `validity`: hours from now, below 0 to let it expire at once; an end after January 2038 fails
   * without an answer. `permanent`: goes before `validity`.
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such time-limited alias.
   * @see POST /api/v1/edit/time_limited_alias
   */
  readonly edit: Edit<string, types.EditTimeLimitedAliasAttributes> = this.editor("/api/v1/edit/time_limited_alias", {
    item: toAddress,
    attr: withEffect,
  });
  /**
   * Deletes addresses, expired or not.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such time-limited alias.
   * @see POST /api/v1/delete/time_limited_alias
   */
  readonly delete: ForEach<string> = this.deleter("/api/v1/delete/time_limited_alias", { item: toAddress });
  #last: Promise<unknown> = Promise.resolve();

  async #add(...[input, options]: Given): Promise<types.TimeLimitedAlias> {
    const { username: owner } = fieldsOf(input);
    const before = options?.read === false ? [] : (await this.list(owner)).map(({ address }) => address);
    const send = this.adder(
      "/api/v1/add/time_limited_alias",
      ({ username, domain, ...rest }: types.AddTimeLimitedAlias) => ({
        ...rest,
        username: toAddress(username, "username"),
        domain: toDomain(domain),
      }),
      async ({ username, description = "" }) =>
        (await this.list(username)).find((row) => !before.includes(row.address) && row.description === description),
    );
    return send(input, options);
  }
}

type Given = [input: types.AddTimeLimitedAlias, options?: { read?: boolean }];

/** mailcow says success where it changes nothing. */
function withEffect(attr: types.EditTimeLimitedAliasAttributes): types.EditTimeLimitedAliasAttributes {
  if (Number(attr.permanent) || Number(attr.validity)) return attr;
  throw refusal("validity", "a number of hours other than 0, unless permanent is on");
}
