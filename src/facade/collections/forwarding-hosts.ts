import type { AddFwdhost, EditFwdhostAttributes, ForwardingHost } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { type Add, adder, deleter, editor } from "../collection.ts";
import type { Outcome } from "../outcomes.ts";

/** Hosts that forward mail to this server: their mail is not held against them. Known by address or network. */
export interface ForwardingHosts {
  /**
   * Lists the forwarding hosts.
   *
   * @see GET /api/v1/get/fwdhost/all
   */
  list(): Promise<ForwardingHost[]>;
  /**
   * Reads one forwarding host by its address or network, or `null`. (A network is looked up in the list, since mailcow
   * can't read it alone.)
   *
   * @see GET /api/v1/get/fwdhost/{host}, GET /api/v1/get/fwdhost/all
   */
  get(host: string): Promise<ForwardingHost | null>;
  /**
   * Adds an address, a network, or all the hosts that a name stands for in the DNS (SPF, else MX, else its addresses).
   * Those that are there already are overwritten. mailcow takes for an address, unchecked, what has only the characters
   * of one: `cafe`, `12345`.
   *
   * @param host - `filter_spam`: whether to filter their spam; without it, spam is kept.
   * @returns The hosts as mailcow stores them; a name can give several.
   * @throws {@link MailcowRejectedError} `invalid_host`: the name stands for no host.
   * @example
   * const hosts = await mcc.forwardingHosts.add({ hostname: "example.com", filter_spam: 1 });
   * @see POST /api/v1/add/fwdhost, GET /api/v1/get/fwdhost/all
   */
  add: Add<AddFwdhost, ForwardingHost[]>;
  /**
   * Says of hosts whether their spam is kept. `keep_spam` has to be given, as a flag and not as the word that is read:
   * mailcow takes everything else for no.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such host; the name that it came from is none.
   * @see POST /api/v1/edit/fwdhost
   */
  edit(hosts: string | readonly string[], attr: EditFwdhostAttributes): Promise<Outcome[]>;
  /**
   * Deletes hosts by address or network. mailcow also says success for what is not there, names included: a name's
   * hosts are found in the list by their `source`.
   *
   * @see POST /api/v1/delete/fwdhost
   */
  delete(hosts: string | readonly string[]): Promise<Outcome[]>;
}

export function forwardingHosts(calls: Calls): ForwardingHosts {
  const list = async (): Promise<ForwardingHost[]> =>
    // What is a plain number comes as one.
    (await calls.rows("/api/v1/get/fwdhost/all")).map((row) => ({ ...row, host: String(row.host) }));
  return {
    list,
    get: async (host) => {
      if (!host.includes("/")) return calls.row("/api/v1/get/fwdhost/{host}", { path: { host } });
      return (await list()).find((row) => row.host === host) ?? null;
    },
    add: adder(
      calls,
      "forwardingHosts.add",
      "/api/v1/add/fwdhost",
      (input) => ({ ...input, hostname: input.hostname.trim() }),
      async (_, [result]) => {
        const added = String(result?.msg[1]).split(", ");
        return (await list()).filter(({ host }) => added.includes(host));
      },
    ),
    edit: editor(calls, "forwardingHosts.edit", "/api/v1/edit/fwdhost"),
    delete: deleter(calls, "forwardingHosts.delete", "/api/v1/delete/fwdhost"),
  };
}
