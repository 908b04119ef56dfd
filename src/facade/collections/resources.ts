import { type Add, Collection, type Edit, type ForEach } from "../../calls/collection.ts";
import { refusal } from "../../calls/input.ts";
import { toAddress, toDomain, toList } from "../../calls/names.ts";
import { textOf } from "../../transport/reply.ts";
import type { AddResource, EditResourceAttributes, Resource } from "../../types.ts";

/** Rooms and things that SOGo's calendar can book, by their address. */
export class Resources extends Collection {
  /**
   * Lists the resources, active or not.
   *
   * @see GET /api/v1/get/resource/all
   */
  readonly list = (): Promise<Resource[]> => this.calls.rows("/api/v1/get/resource/all");
  /**
   * Reads one resource, or `null`. The address of a mailbox is none.
   *
   * @see GET /api/v1/get/resource/{resource}
   */
  readonly get = async (address: string): Promise<Resource | null> =>
    this.calls.row("/api/v1/get/resource/{resource}", { path: { resource: toAddress(address) } });
  /**
   * Adds a resource, active unless `active` says otherwise. The letters a-z and digits of `description` make its
   * address, which never changes.
   *
   * @param resource - `multiple_bookings`: how many bookings may overlap; 0 (mailcow's default) for any number and
   * always shown as free, -1 for any number and shown as busy.
   * @returns The resource as mailcow stores it; `name` is its address.
   * @throws {@link MailcowRejectedError} For example `object_exists` (a resource or mailbox of that address),
   * `is_alias`, `access_denied` (no such domain) or `domain_not_found` (an alias domain).
   * @example
   * const { name } = await mcc.resources.add({ domain: "example.com", description: "Beamer", kind: "thing" });
   * @see POST /api/v1/add/resource, GET /api/v1/get/resource/{resource}
   */
  readonly add: Add<AddResource, Resource> = this.adder(
    "/api/v1/add/resource",
    (input: AddResource) => ({ active: 1 as const, ...input, domain: toDomain(input.domain) }),
    (_, results) => this.get(textOf(results.find(({ code }) => code === "resource_added")?.msg[1])),
  );
  /**
   * Sets attributes on resources; what is not given keeps its value. The address stays, also with a new `description`.
   *
   * @throws {@link MailcowRejectedError} `resource_invalid`: there is no such resource.
   * @see POST /api/v1/edit/resource
   */
  readonly edit: Edit<string, EditResourceAttributes> = this.editor("/api/v1/edit/resource", { item: toAddress });
  /**
   * Deletes resources with their calendars. mailcow would delete a mailbox just as well, and so the list of
   * resources is read first, and nothing is deleted where an address is none of them.
   *
   * @throws {@link MailcowInputError} One of the addresses is not that of a resource.
   * @see GET /api/v1/get/resource/all, POST /api/v1/delete/resource
   */
  readonly delete: ForEach<string> = async (addresses) => {
    const asked = toList(addresses).map((address) => toAddress(address));
    const known = (await this.list()).map(({ name }) => name.toLowerCase());
    const other = asked.find((address) => !known.includes(address.toLowerCase()));
    if (other !== undefined) throw refusal("address", `that of a resource; ${other} is none`);
    return this.#delete(asked);
  };
  readonly #delete = this.deleter<"/api/v1/delete/resource", string>("/api/v1/delete/resource");
}
