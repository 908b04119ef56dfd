import type { AddResource, EditResourceAttributes, Resource } from "../../types.ts";
import type { Calls } from "../calls.ts";
import { type Add, adder, deleter, editor } from "../collection.ts";
import { refusal } from "../input.ts";
import { toAddress, toDomain, toList } from "../names.ts";
import type { Outcome } from "../outcomes.ts";

/** Rooms and things that SOGo's calendar can book, by their address. */
export interface Resources {
  /**
   * Lists the resources, active or not.
   *
   * @see GET /api/v1/get/resource/all
   */
  list(): Promise<Resource[]>;
  /**
   * Reads one resource, or `null`. The address of a mailbox is none.
   *
   * @see GET /api/v1/get/resource/{resource}
   */
  get(address: string): Promise<Resource | null>;
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
  add: Add<AddResource, Resource>;
  /**
   * Sets attributes on resources; what is not given keeps its value. The address stays, also with a new `description`.
   *
   * @throws {@link MailcowRejectedError} `resource_invalid`: there is no such resource.
   * @see POST /api/v1/edit/resource
   */
  edit(addresses: string | readonly string[], attr: EditResourceAttributes): Promise<Outcome[]>;
  /**
   * Deletes resources with their calendars. mailcow would delete a mailbox just as well, and so the list of
   * resources is read first, and nothing is deleted where an address is none of them.
   *
   * @throws {@link MailcowInputError} One of the addresses is not that of a resource.
   * @see GET /api/v1/get/resource/all, POST /api/v1/delete/resource
   */
  delete(addresses: string | readonly string[]): Promise<Outcome[]>;
}

export function resources(calls: Calls): Resources {
  const to = (method: string) => (address: string) => toAddress(`resources.${method}`, "address", address);
  const list = () => calls.rows("/api/v1/get/resource/all");
  const get: Resources["get"] = async (address) =>
    calls.row("/api/v1/get/resource/{resource}", { path: { resource: to("get")(address) } });
  const remove = deleter<"/api/v1/delete/resource", string>(calls, "resources.delete", "/api/v1/delete/resource");
  return {
    list,
    get,
    add: adder(
      calls,
      "resources.add",
      "/api/v1/add/resource",
      (input: AddResource) => ({
        active: 1 as const,
        ...input,
        domain: toDomain("resources.add", "domain", input.domain),
      }),
      (_, results) => get(String(results.find(({ code }) => code === "resource_added")?.msg[1])),
    ),
    edit: editor(calls, "resources.edit", "/api/v1/edit/resource", to("edit")),
    delete: async (addresses) => {
      const asked = toList(addresses).map(to("delete"));
      const known = (await list()).map(({ name }) => name.toLowerCase());
      const other = asked.find((address) => !known.includes(address.toLowerCase()));
      if (other !== undefined) throw refusal("resources.delete", "address", `that of a resource; ${other} is none`);
      return remove(asked);
    },
  };
}
