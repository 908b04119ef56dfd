import type { AddTimeLimitedAlias, EditTimeLimitedAliasAttributes, TimeLimitedAlias } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { type Add, type AddOptions, adder, deleter, editor } from "../collection.ts";
import { refusal } from "../input.ts";
import { toAddress, toDomain } from "../names.ts";
import type { Outcome } from "../outcomes.ts";

/** Throw-away addresses of mailboxes, which mailcow makes up and which expire. */
export interface TimeLimitedAliases {
  /**
   * Lists the time-limited aliases of a mailbox that have not expired, in no order that means something.
   *
   * @returns Rows whose `validity` is their end, in unix seconds; it does not count where `permanent` is 1.
   * @see GET /api/v1/get/time_limited_aliases/{mailbox}
   */
  list(mailbox: string): Promise<TimeLimitedAlias[]>;
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
  add: Add<AddTimeLimitedAlias, TimeLimitedAlias>;
  /**
   * Gives addresses a new end, or makes them permanent; expired ones come back by that. Nothing else can be changed.
   *
   * @param attr - `validity`: hours from now, below 0 to let it expire at once; an end after January 2038 fails
   * without an answer. `permanent`: goes before `validity`.
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such time-limited alias.
   * @see POST /api/v1/edit/time_limited_alias
   */
  edit(addresses: string | readonly string[], attr: EditTimeLimitedAliasAttributes): Promise<Outcome[]>;
  /**
   * Deletes addresses, expired or not.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such time-limited alias.
   * @see POST /api/v1/delete/time_limited_alias
   */
  delete(addresses: string | readonly string[]): Promise<Outcome[]>;
}

export function timeLimitedAliases(calls: Calls): TimeLimitedAliases {
  const to = (method: string) => (address: string) => toAddress(`timeLimitedAliases.${method}`, "address", address);
  const list = async (mailbox: string) =>
    calls.rows("/api/v1/get/time_limited_aliases/{mailbox}", { path: { mailbox: to("list")(mailbox) } });
  const toBody = ({ username, domain, ...rest }: AddTimeLimitedAlias) => ({
    ...rest,
    username: to("add")(username),
    domain: toDomain("timeLimitedAliases.add", "domain", domain),
  });
  async function add(input: AddTimeLimitedAlias, options: AddOptions = {}): Promise<TimeLimitedAlias> {
    const before = options.read === false ? [] : (await list(input.username)).map(({ address }) => address);
    const find = async ({ username, description = "" }: AddTimeLimitedAlias) =>
      (await list(username)).find((row) => !before.includes(row.address) && row.description === description);
    const send = adder(calls, "timeLimitedAliases.add", "/api/v1/add/time_limited_alias", toBody, find);
    return send(input, options);
  }
  // Two at once would take each other's address for their own.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn: typeof add = (input, options) => {
    const row = last.then(() => add(input, options));
    last = row.catch(() => undefined);
    return row;
  };
  return {
    list,
    add: inTurn as TimeLimitedAliases["add"],
    edit: editor(calls, "timeLimitedAliases.edit", "/api/v1/edit/time_limited_alias", to("edit"), withEffect),
    delete: deleter(calls, "timeLimitedAliases.delete", "/api/v1/delete/time_limited_alias", to("delete")),
  };
}

/** mailcow says success where it changes nothing. */
function withEffect(attr: EditTimeLimitedAliasAttributes): EditTimeLimitedAliasAttributes {
  if (Number(attr.permanent) || Number(attr.validity)) return attr;
  throw refusal("timeLimitedAliases.edit", "validity", "a number of hours other than 0, unless permanent is on");
}
