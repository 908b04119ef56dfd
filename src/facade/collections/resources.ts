import { type AddOptions, Collection, checkedItems } from "../../core/collection.ts";
import { absent, type Outcome, perItem } from "../../core/each.ts";
import { eachOnce, toList } from "../../core/lists.ts";
import { type CallOptions, callOptionsOf } from "../../core/options.ts";
import * as routes from "../../generated/routes/resources.ts";
import type * as types from "../../generated/types/resources.ts";
import { textOf } from "../../sentence.ts";

export type * from "../../generated/types/resources.ts";

/** Rooms and things that SOGo's calendar can book, by their address. */
export class Resources extends Collection {
  /**
   * Lists the resources, active or not.
   *
   * @see GET /api/v1/get/resource/all
   */
  async list(options?: CallOptions): Promise<types.Resource[]> {
    return this.call(routes.getResourceAll, {}, options);
  }

  /**
   * Returns one resource by its address in any case, or `null`. A mailbox is not found.
   *
   * @see GET /api/v1/get/resource/{resource}
   */
  async get(address: string, options?: CallOptions): Promise<types.Resource | null> {
    return this.call(routes.getResource, { resource: address }, options);
  }

  /** Adds a resource; with `read: false`, returns `null` and saves the request that reads it back. */
  add(resource: types.NewResource, options: AddOptions): Promise<types.Resource | null>;
  /**
   * Adds a resource, active by default. Its address is made of the letters a-z and the digits of `description`, and
   * never changes.
   *
   * @param resource - `multiple_bookings`: how many bookings may overlap. 0 (mailcow's default): any number, always
   * shown as free; -1: any number, shown as busy.
   * @returns The resource as mailcow stores it; `name` is its address.
   * @throws {MailcowRejectedError} For example `object_exists` (a resource or mailbox has the address), `is_alias`,
   * `access_denied` (no such domain) or `domain_not_found` (an alias domain).
   * @example
   * const { name } = await mcc.resources.add({ domain: "example.com", description: "Beamer", kind: "thing" });
   * @see POST /api/v1/add/resource, GET /api/v1/get/resource/{resource}
   */
  add(resource: types.NewResource, options?: CallOptions): Promise<types.Resource>;
  async add(resource: types.NewResource, options?: Partial<AddOptions>): Promise<types.Resource | null> {
    return this.adding(routes.addResource, resource, options, (_, call, results) =>
      this.get(textOf(results.find(({ code }) => code === "resource_added")?.msg[1]), call),
    );
  }

  /**
   * Sets attributes on resources. Fields you leave out keep their value. The address stays, even with a new
   * `description`.
   *
   * @returns The outcome of each, by its stored address.
   * @throws {MailcowRejectedError} `resource_invalid`: the resource does not exist.
   * @see GET /api/v1/get/resource/all, POST /api/v1/edit/resource
   */
  async edit(
    addresses: string | readonly string[],
    changes: types.ResourceChanges,
    options?: CallOptions,
  ): Promise<Outcome[]> {
    const call = callOptionsOf(options);
    const toBody = (part: readonly string[]) => ({ items: part, attr: changes });
    const body = checkedItems(routes.editResource, toList(addresses), toBody, call);
    const { items, attr } = body.toBody(body.items);
    const names = await this.#names(items, call);
    const stored = items.map((item) => names.get(item.toLowerCase()) ?? item.toLowerCase());
    return this.editing(routes.editResource, stored, attr, call);
  }

  /**
   * Deletes resources with their calendars. mailcow would also delete a mailbox, so the list of resources is read
   * first, and an address that is not in it is not sent.
   *
   * @returns The outcome of each, by its stored address.
   * @throws {MailcowRejectedError} `access_denied`: the resource does not exist.
   * @see GET /api/v1/get/resource/all, POST /api/v1/delete/resource
   */
  async delete(addresses: string | readonly string[], options?: CallOptions): Promise<Outcome[]> {
    const call = callOptionsOf(options);
    const { items } = checkedItems(routes.deleteResource, toList(addresses), (part) => part);
    const names = await this.#names(items, call);
    const stored = eachOnce(items.map((item) => names.get(item.toLowerCase()) ?? item.toLowerCase()));
    return perItem(stored, async (name) => {
      if (!names.has(name.toLowerCase())) throw absent(routes.deleteResource, name, "access_denied");
      return this.call(routes.deleteResource, [name], call);
    });
  }

  /** The stored addresses by their lower-case form. */
  async #names(items: readonly string[], call: CallOptions): Promise<Map<string, string>> {
    const rows = items.length > 0 ? await this.list(call) : [];
    return new Map(rows.map(({ name }) => [String(name).toLowerCase(), name]));
  }
}
