import type { AddTlsPolicyMap, EditTlsPolicyMapAttributes, TlsPolicyMap } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { type Add, type AddMany, byId } from "../collection.ts";
import { toDomain } from "../names.ts";
import type { Outcome } from "../outcomes.ts";

/** What TLS has to be like when mail is handed to a destination. */
export interface TlsPolicyMaps {
  /**
   * Lists the maps, active or not, sorted by destination.
   *
   * @see GET /api/v1/get/tls-policy-map/all
   */
  list(): Promise<TlsPolicyMap[]>;
  /**
   * Reads one map, or `null`.
   *
   * @see GET /api/v1/get/tls-policy-map/{id}
   */
  get(id: number): Promise<TlsPolicyMap | null>;
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
  add: Add<AddTlsPolicyMap, TlsPolicyMap>;
  /**
   * Adds many, one at a time unless `concurrency` says otherwise, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/tls-policy-map, GET /api/v1/get/tls-policy-map/all
   */
  addMany: AddMany<AddTlsPolicyMap, TlsPolicyMap>;
  /**
   * Sets attributes on maps; what is not given keeps its value. Empty `parameters` take away those there.
   *
   * @throws {@link MailcowRejectedError} For example `access_denied` (there is none of that id), or
   * `recipient_map_entry_exists`, which here means that the destination has a TLS policy map already.
   * @see POST /api/v1/edit/tls-policy-map
   */
  edit(ids: number | readonly number[], attr: EditTlsPolicyMapAttributes): Promise<Outcome<number>[]>;
  /**
   * Deletes maps. mailcow also says success for one that is not there.
   *
   * @see POST /api/v1/delete/tls-policy-map
   */
  delete(ids: number | readonly number[]): Promise<Outcome<number>[]>;
}

export function tlsPolicyMaps(calls: Calls): TlsPolicyMaps {
  const isIt = (row: TlsPolicyMap, { dest }: AddTlsPolicyMap) => row.dest === dest;
  const rules = { fields: { dest: toDest }, single: true };
  return byId(calls, "tlsPolicyMaps", "tls-policy-map", isIt, { active: 1 }, rules);
}

/** A destination as `add` stores it and `edit` does not: in lower case, and its name as punycode. */
function toDest(method: string, field: string, value: string): string {
  const [, open = "", name, rest = ""] = /^(\[?)([^[\]:]*)(.*)$/s.exec(value.trim()) ?? [];
  return `${open}${toDomain(method, field, name)}${rest.toLowerCase()}`;
}
