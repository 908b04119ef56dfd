import { type Before, ById } from "../../calls/by-id.ts";
import type { Calls } from "../../calls/calls.ts";
import { type Add, type AddMany, Collection, type Edit, type ForEach } from "../../calls/collection.ts";
import { refusal, toText } from "../../calls/input.ts";
import { textOf } from "../../transport/reply.ts";
import type * as types from "../../types.ts";

/** Servers that outgoing mail of a domain or a mailbox is handed to. */
export class RelayHosts extends ById<"relayhost"> {
  /**
   * Lists the relayhosts, with their passwords in clear.
   *
   * @see GET /api/v1/get/relayhost/all
   */
  declare readonly list: () => Promise<types.Relayhost[]>;
  /**
   * Reads one relayhost, or `null`.
   *
   * @see GET /api/v1/get/relayhost/{id}
   */
  declare readonly get: (id: number) => Promise<types.Relayhost | null>;
  /**
   * Adds a relayhost. mailcow escapes each colon of `username` and `password`, the latter twice: set a password with
   * colons by `edit`.
   *
   * @throws {@link MailcowRejectedError} `invalid_host`: there is no `hostname`.
   * @example
   * const { id } = await mcc.relayHosts.add({ hostname: "[smtp.example.com]:587", username: "ann", password });
   * @see POST /api/v1/add/relayhost, GET /api/v1/get/relayhost/all
   */
  declare readonly add: Add<types.AddRelayhost, types.Relayhost>;
  /**
   * Adds many, one at a time unless `concurrency` says otherwise, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/relayhost, GET /api/v1/get/relayhost/all
   */
  declare readonly addMany: AddMany<types.AddRelayhost, types.Relayhost>;
  /**
   * Sets attributes on relayhosts; what is not given keeps its value.
   *
   * @throws {@link MailcowRejectedError} `relayhost_invalid`: there is none of that id.
   * @see POST /api/v1/edit/relayhost
   */
  declare readonly edit: Edit<number, types.EditRelayhostAttributes>;
  /**
   * Deletes relayhosts. mailcow also says success for one that is not there; mailboxes keep the id of one that was.
   *
   * @see POST /api/v1/delete/relayhost
   */
  declare readonly delete: ForEach<number>;

  constructor(calls: Calls) {
    super(calls, "relayhost", { isIt: (row, { hostname }) => row.hostname === hostname.trim() });
  }
}

/**
 * Servers that mail to certain destinations is handed to, in the place of those that the DNS names.
 *
 * Credentials belong to the next hop: whatever `add` and `edit` send, or leave as it is, becomes the user name and the
 * password of every transport with the same next hop.
 */
export class Transports extends ById<"transport"> {
  /**
   * Lists the transports, with their passwords in clear.
   *
   * @see GET /api/v1/get/transport/all
   */
  declare readonly list: () => Promise<types.Transport[]>;
  /**
   * Reads one transport, or `null`.
   *
   * @see GET /api/v1/get/transport/{id}
   */
  declare readonly get: (id: number) => Promise<types.Transport | null>;
  /**
   * Adds a transport, active unless `active` says otherwise. mailcow puts a backslash before each colon of `username`
   * and `password`, as it does not in `edit`, and checks no destination while there is no transport at all.
   *
   * @param transport - `destination`: a domain, `.domain` for its subdomains, an address or `*`; with `is_mx_based` a
   * regular expression for names of MX servers. `username` and `password` belong to the `nexthop`: they replace those
   * of every transport to it, and have to be given where there are some.
   * @throws {@link MailcowRejectedError} For example `transport_dest_exists`, `invalid_destination`,
   * `next_hop_interferes` (the server stands in another one without its brackets) or `invalid_nexthop_authenticated`
   * (another one has another user name for it).
   * @example
   * const { id } = await mcc.transports.add({ destination: "example.net", nexthop: "[relay.example.com]:587" });
   * @see POST /api/v1/add/transport, GET /api/v1/get/transport/all
   */
  declare readonly add: Add<types.AddTransport, types.Transport>;
  /**
   * Adds many, one at a time unless `concurrency` says otherwise, and answers what became of each, in order.
   *
   * @see POST /api/v1/add/transport, GET /api/v1/get/transport/all
   */
  declare readonly addMany: AddMany<types.AddTransport, types.Transport>;
  /**
   * Sets attributes on transports; what is not given keeps its value. An empty `username` empties the password too.
   * Credentials are those of all transports to the same next hop; a transport that moves to one needs them given.
   *
   * @param attr - `active` and `is_mx_based`: 0 for no; mailcow ignores `false`, which is refused here.
   * @throws {@link MailcowRejectedError} For example `relayhost_invalid` (there is none of that id),
   * `transport_dest_exists` or `next_hop_interferes`.
   * @see POST /api/v1/edit/transport, GET /api/v1/get/transport/all
   */
  declare readonly edit: Edit<number, types.EditTransportAttributes>;
  /**
   * Deletes transports. mailcow also says success for one that is not there.
   *
   * @see POST /api/v1/delete/transport
   */
  declare readonly delete: ForEach<number>;

  constructor(calls: Calls) {
    const isIt = (row: types.Transport, { destination }: types.AddTransport) => row.destination === destination;
    const fields = { destination: toDestination };
    super(calls, "transport", { isIt, defaults: { active: 1 }, fields, before: keepCredentials, size: 1 });
  }
}

/** Credentials belong to a next hop: what comes there without any would take those of all others away. */
const keepCredentials: Before<types.Transport, Partial<types.AddTransport>> = async (sent, ids, list) => {
  if (!sent.nexthop || sent.username !== undefined) return;
  const rows = await list();
  const own = rows.find(({ id }) => ids.includes(id))?.username ?? "";
  const hop = toHop(sent.nexthop);
  if (rows.some((row) => !ids.includes(row.id) && toHop(row.nexthop) === hop && row.username !== own))
    throw refusal("username", "given, with the password, as other transports to this next hop have them");
};

const toHop = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/^\[([^\]]*)\]$/, "$1");

/** mailcow would make several transports out of a text with separators, even where they stand in a pattern. */
function toDestination(value: string, field: string, verb: "add" | "edit"): string {
  if (verb === "edit" || !/[\s,;]/.test(value.trim())) return value.trim();
  throw refusal(field, "a single one, without blanks, commas and semicolons");
}

/** Hosts that forward mail to this server: their mail is not held against them. Known by address or network. */
export class ForwardingHosts extends Collection {
  /**
   * Lists the forwarding hosts.
   *
   * @see GET /api/v1/get/fwdhost/all
   */
  readonly list = async (): Promise<types.ForwardingHost[]> =>
    // What is a plain number comes as one.
    (await this.calls.rows("/api/v1/get/fwdhost/all")).map((row) => ({ ...row, host: String(row.host) }));
  /**
   * Reads one forwarding host by its address or network, or `null`. (A network is looked up in the list, since mailcow
   * can't read it alone.)
   *
   * @see GET /api/v1/get/fwdhost/{host}, GET /api/v1/get/fwdhost/all
   */
  readonly get = async (host: string): Promise<types.ForwardingHost | null> =>
    toText("host", host, aHost).includes("/")
      ? ((await this.list()).find((row) => row.host === host) ?? null)
      : this.calls.row("/api/v1/get/fwdhost/{host}", { path: { host } });
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
  readonly add: Add<types.AddFwdhost, types.ForwardingHost[]> = this.adder(
    "/api/v1/add/fwdhost",
    (input) => ({ ...input, hostname: toText("hostname", input.hostname, aHost).trim() }),
    async (_, [result]) => {
      const added = textOf(result?.msg[1]).split(", ");
      return (await this.list()).filter(({ host }) => added.includes(host));
    },
  );
  /**
   * Says of hosts whether their spam is kept. `keep_spam` has to be given, as a flag and not as the word that is read:
   * mailcow takes everything else for no.
   *
   * @throws {@link MailcowRejectedError} `access_denied`: there is no such host; the name that it came from is none.
   * @see POST /api/v1/edit/fwdhost
   */
  readonly edit: Edit<string, types.EditFwdhostAttributes> = this.editor("/api/v1/edit/fwdhost");
  /**
   * Deletes hosts by address or network. mailcow also says success for what is not there, names included: a name's
   * hosts are found in the list by their `source`.
   *
   * @see POST /api/v1/delete/fwdhost
   */
  readonly delete: ForEach<string> = this.deleter("/api/v1/delete/fwdhost");
}

const aHost = "the name, address or network of a host";
