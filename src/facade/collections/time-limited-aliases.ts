import { type Add, type AddOptions, Collection, type Edit, type ForEach } from "../../calls/collection.ts";
import { refusal } from "../../calls/input.ts";
import { toAddress, toDomain } from "../../calls/names.ts";
import type { AddTimeLimitedAlias, EditTimeLimitedAliasAttributes, TimeLimitedAlias } from "../../types.ts";

/** Throw-away addresses of mailboxes, which mailcow makes up and which expire. */
export class TimeLimitedAliases extends Collection {
  /**
   * Lists the time-limited aliases of a mailbox that have not expired, in no order that means something.
   *
   * @returns Rows whose `validity` is their end, in unix seconds; it does not count where `permanent` is 1.
   * @see GET /api/v1/get/time_limited_aliases/{mailbox}
   */
  readonly list = async (mailbox: string): Promise<TimeLimitedAlias[]> =>
    this.calls.rows("/api/v1/get/time_limited_aliases/{mailbox}", { path: { mailbox: toAddress(mailbox, "mailbox") } });
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
  readonly add: Add<AddTimeLimitedAlias, TimeLimitedAlias> = ((input: AddTimeLimitedAlias, options?: AddOptions) => {
    // Two at once would take each other's address for their own.
    const row = this.#last.then(() => this.#add(input, options));
    this.#last = row.catch(() => undefined);
    return row;
  }) as Add<AddTimeLimitedAlias, TimeLimitedAlias>;
  /**
   * Gives addresses a new end, or makes them permanent; expired ones come back by that. Nothing else can be changed.
   *
   * @param attr - `validity`: hours from now, below 0 to let it expire at once; an end after January 2038 fails
   * without an answer. `permanent`: goes before `validity`.
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such time-limited alias.
   * @see POST /api/v1/edit/time_limited_alias
   */
  readonly edit: Edit<string, EditTimeLimitedAliasAttributes> = this.editor("/api/v1/edit/time_limited_alias", {
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

  async #add(input: AddTimeLimitedAlias, options: AddOptions = {}): Promise<TimeLimitedAlias> {
    const before = options.read === false ? [] : (await this.list(input.username)).map(({ address }) => address);
    const send = this.adder(
      "/api/v1/add/time_limited_alias",
      ({ username, domain, ...rest }: AddTimeLimitedAlias) => ({
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

/** mailcow says success where it changes nothing. */
function withEffect(attr: EditTimeLimitedAliasAttributes): EditTimeLimitedAliasAttributes {
  if (Number(attr.permanent) || Number(attr.validity)) return attr;
  throw refusal("validity", "a number of hours other than 0, unless permanent is on");
}
