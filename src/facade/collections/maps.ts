import { ById } from "../../calls/by-id.ts";
import type { Calls } from "../../calls/calls.ts";
import type { Add, AddMany, Edit, ForEach } from "../../calls/collection.ts";
import { toAddress, toDomain, toRecipient } from "../../calls/names.ts";
import type * as types from "../../types.ts";

/** Copies of the mail that a domain, a mailbox or an alias sends or receives, to one more address. */
export class BccMaps extends ById<"bcc"> {
  /**
   * Lists the maps, active or not. Those of a domain that was deleted are hidden until it is added again.
   *
   * @see GET /api/v1/get/bcc/all
   */
  declare readonly list: () => Promise<types.BccMap[]>;
  /**
   * Reads one map, or `null`.
   *
   * @see GET /api/v1/get/bcc/{id}
   */
  declare readonly get: (id: number) => Promise<types.BccMap | null>;
  /**
   * Adds a map, active unless `active` says otherwise; one for each `local_dest` and `type`.
   *
   * @param map - `local_dest`: whose mail to copy, a domain or alias domain (with or without `@` before it), a mailbox
   * or the address of an alias. `bcc_dest`: the one address that gets the copies. `type`: `sender` for mail that is
   * sent, `rcpt` for mail that is received.
   * @throws {@link MailcowRejectedError} For example `access_denied` (`local_dest` is not of this server), `bcc_exists`
   * or `bcc_must_be_email`.
   * @example
   * await mcc.bccMaps.add({ local_dest: "ann@example.com", bcc_dest: "archive@example.net", type: "rcpt" });
   * @see POST /api/v1/add/bcc, GET /api/v1/get/bcc/all
   */
  declare readonly add: Add<types.AddBccMap, types.BccMap>;
  /**
   * Adds many, one at a time unless `concurrency` says otherwise, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/bcc, GET /api/v1/get/bcc/all
   */
  declare readonly addMany: AddMany<types.AddBccMap, types.BccMap>;
  /**
   * Sets attributes on maps; what is not given keeps its value. Whose mail is copied can't be changed: delete the map
   * and add another.
   *
   * @throws {@link MailcowRejectedError} For example `access_denied` (there is none of that id), `bcc_exists` or
   * `bcc_must_be_email`.
   * @see POST /api/v1/edit/bcc
   */
  declare readonly edit: Edit<number, types.EditBccMapAttributes>;
  /**
   * Deletes maps.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is none of that id, or its domain is gone.
   * @see POST /api/v1/delete/bcc
   */
  declare readonly delete: ForEach<number>;
  /**
   * What maps can be made for: domains, alias domains, and mailboxes, each with its addresses; inactive ones too, but
   * no catch-alls.
   *
   * @see GET /api/v1/get/bcc-destination-options
   */
  readonly destinationOptions = async (): Promise<types.BccDestinationOptions> => ({
    ...{ domains: [], mailboxes: {}, alias_domains: [] },
    ...(await this.calls.row("/api/v1/get/bcc-destination-options")),
  });

  constructor(calls: Calls) {
    const isIt = (row: types.BccMap, { local_dest, type }: types.AddBccMap) =>
      row.type === type && [local_dest, `@${local_dest}`].includes(row.local_dest);
    // mailcow takes a domain only without the `@` that it stores before it.
    const toLocalDest: typeof toRecipient = (...given) => toRecipient(...given).replace(/^@/, "");
    super(calls, "bcc", { isIt, defaults: { active: 1 }, fields: { local_dest: toLocalDest, bcc_dest: toAddress } });
  }
}

/** Recipients that are replaced by others, before anything else is looked up; they need not be of this server. */
export class RecipientMaps extends ById<"recipient_map"> {
  /**
   * Lists the maps, active or not, sorted by the recipient to replace.
   *
   * @see GET /api/v1/get/recipient_map/all
   */
  declare readonly list: () => Promise<types.RecipientMap[]>;
  /**
   * Reads one map, or `null`.
   *
   * @see GET /api/v1/get/recipient_map/{id}
   */
  declare readonly get: (id: number) => Promise<types.RecipientMap | null>;
  /**
   * Adds a map, active unless `active` says otherwise. mailcow does not notice maps that lead in a circle.
   *
   * @param map - `recipient_map_old` is replaced by `recipient_map_new`; each an address or a domain, with or without
   * `@` before it, and stored in lower case.
   * @throws {@link MailcowRejectedError} For example `recipient_map_entry_exists` or `invalid_recipient_map_old`.
   * @example
   * await mcc.recipientMaps.add({ recipient_map_old: "old.example.com", recipient_map_new: "example.com" });
   * @see POST /api/v1/add/recipient_map, GET /api/v1/get/recipient_map/all
   */
  declare readonly add: Add<types.AddRecipientMap, types.RecipientMap>;
  /**
   * Adds many, one at a time unless `concurrency` says otherwise, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/recipient_map, GET /api/v1/get/recipient_map/all
   */
  declare readonly addMany: AddMany<types.AddRecipientMap, types.RecipientMap>;
  /**
   * Sets attributes on maps; what is not given keeps its value.
   *
   * @throws {@link MailcowRejectedError} For example `access_denied` (there is none of that id) or
   * `recipient_map_entry_exists`.
   * @see POST /api/v1/edit/recipient_map
   */
  declare readonly edit: Edit<number, types.EditRecipientMapAttributes>;
  /**
   * Deletes maps. mailcow also says success for one that is not there.
   *
   * @see POST /api/v1/delete/recipient_map
   */
  declare readonly delete: ForEach<number>;

  constructor(calls: Calls) {
    const isIt = (row: types.RecipientMap, body: types.AddRecipientMap) =>
      row.recipient_map_old === body.recipient_map_old;
    const fields = { recipient_map_old: toRecipient, recipient_map_new: toRecipient };
    super(calls, "recipient_map", { isIt, defaults: { active: 1 }, fields, size: 1 });
  }
}

/** What TLS has to be like when mail is handed to a destination. */
export class TlsPolicyMaps extends ById<"tls-policy-map"> {
  /**
   * Lists the maps, active or not, sorted by destination.
   *
   * @see GET /api/v1/get/tls-policy-map/all
   */
  declare readonly list: () => Promise<types.TlsPolicyMap[]>;
  /**
   * Reads one map, or `null`.
   *
   * @see GET /api/v1/get/tls-policy-map/{id}
   */
  declare readonly get: (id: number) => Promise<types.TlsPolicyMap | null>;
  /**
   * Adds a map, active unless `active` says otherwise.
   *
   * @param map - `dest`: a domain or a server, such as `example.com` or `[mx.example.com]:25`, stored in lower case and
   * as punycode. `policy`: a word of Postfix. `parameters`: `name=value`, separated by single blanks.
   * @throws {@link MailcowRejectedError} For example `tls_policy_map_entry_exists` or `tls_policy_map_dest_invalid`.
   * @example
   * await mcc.tlsPolicyMaps.add({ dest: "example.com", policy: "secure", parameters: "match=.example.com" });
   * @see POST /api/v1/add/tls-policy-map, GET /api/v1/get/tls-policy-map/all
   */
  declare readonly add: Add<types.AddTlsPolicyMap, types.TlsPolicyMap>;
  /**
   * Adds many, one at a time unless `concurrency` says otherwise, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/tls-policy-map, GET /api/v1/get/tls-policy-map/all
   */
  declare readonly addMany: AddMany<types.AddTlsPolicyMap, types.TlsPolicyMap>;
  /**
   * Sets attributes on maps; what is not given keeps its value. Empty `parameters` take away those there.
   *
   * @throws {@link MailcowRejectedError} For example `access_denied` (there is none of that id), or
   * `recipient_map_entry_exists`, which here means that the destination has a TLS policy map already.
   * @see POST /api/v1/edit/tls-policy-map
   */
  declare readonly edit: Edit<number, types.EditTlsPolicyMapAttributes>;
  /**
   * Deletes maps. mailcow also says success for one that is not there.
   *
   * @see POST /api/v1/delete/tls-policy-map
   */
  declare readonly delete: ForEach<number>;

  constructor(calls: Calls) {
    const isIt = (row: types.TlsPolicyMap, { dest }: types.AddTlsPolicyMap) => row.dest === dest;
    super(calls, "tls-policy-map", { isIt, defaults: { active: 1 }, fields: { dest: toDest }, size: 1 });
  }
}

/** A destination as `add` stores it and `edit` does not: in lower case, and its name as punycode. */
function toDest(value: string, field: string): string {
  const [, open = "", name, rest = ""] = /^(\[?)([^[\]:]*)(.*)$/s.exec(value.trim()) ?? [];
  return `${open}${toDomain(name, field)}${rest.toLowerCase()}`;
}
