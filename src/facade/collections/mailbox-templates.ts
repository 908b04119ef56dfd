import { type AddOptions, Collection } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import type { CallOptions } from "../../core/options.ts";
import * as routes from "../../generated/routes/mailbox-templates.ts";
import type { Id, Ids } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/mailbox-templates.ts";
import { protocols } from "../mailbox-rows.ts";
import { editTemplates, tagsOf } from "../templates.ts";

export type * from "../../generated/types/mailbox-templates.ts";

/** The fields to set. Fields you leave out keep their value. The quota is in MiB. */
export type MailboxTemplateChanges = Partial<types.MailboxTemplateChanges>;

/** Named sets of values for new mailboxes. */
export class MailboxTemplates extends Collection {
  /**
   * Lists the mailbox templates. `Default` always exists.
   *
   * @see GET /api/v1/get/mailbox/template/all
   */
  async list(options?: CallOptions): Promise<types.MailboxTemplate[]> {
    return this.call(routes.getMailboxTemplateAll, {}, options);
  }

  /**
   * Returns one mailbox template, or `null`. Its quota is in bytes.
   *
   * @see GET /api/v1/get/mailbox/template/{template}
   */
  async get(id: Id, options?: CallOptions): Promise<types.MailboxTemplate | null> {
    return this.call(routes.getMailboxTemplate, { template: id }, options);
  }

  /** Adds a mailbox template; with `read: false`, returns `null` and saves the request that reads it back. */
  add(template: types.NewMailboxTemplate, options: AddOptions): Promise<types.MailboxTemplate | null>;
  /**
   * Adds a mailbox template. `quota` is in MiB; 0 means unlimited. Without `acl`, its users may not change anything
   * themselves; without `protocol_access`, they may use every protocol.
   *
   * @returns The template as mailcow stores it, with its id; its quota is in bytes.
   * @throws {MailcowRejectedError} `template_exists` or `template_name_invalid`.
   * @example
   * const { id } = await mcc.mailboxTemplates.add({ template: "staff", quota: 4096, acl: ["spam_alias", "pushover"] });
   * await mcc.mailboxes.add({ domain: "example.com", local_part: "ann", template: id });
   * @see POST /api/v1/add/mailbox/template, GET /api/v1/get/mailbox/template/all
   */
  add(template: types.NewMailboxTemplate, options?: CallOptions): Promise<types.MailboxTemplate>;
  async add(template: types.NewMailboxTemplate, options?: Partial<AddOptions>): Promise<types.MailboxTemplate | null> {
    const look = ({ template: name }: Pick<types.MailboxTemplate, "template">) => [name];
    return this.addingUnnamed(routes.addMailboxTemplate, template, options, {
      list: (call: CallOptions) => this.list(call),
      sent: look,
      row: look,
      isUnique: true,
    });
  }

  /**
   * Sets attributes on mailbox templates. Fields you leave out keep their value; `tags`, `protocol_access` and `acl`
   * replace the whole list. `quota` is in MiB. The templates are read first, because mailcow would lose fields that are
   * not sent. A template with the name `Default` can't be renamed. mailcow does not check whether another template has
   * the new name.
   *
   * @throws {MailcowRejectedError} `template_id_invalid`: the template does not exist.
   * @throws {MailcowInputError} A template has a value that can't be sent again, or has lost its `protocol_access` or
   * `acl` by another client's edit, and you give no new one.
   * @see GET /api/v1/get/mailbox/template/all, POST /api/v1/edit/mailbox/template
   */
  async edit(ids: Ids, changes: MailboxTemplateChanges, options?: CallOptions): Promise<Outcome<Id>[]> {
    const kind = { list: routes.getMailboxTemplateAll, edit: routes.editMailboxTemplate, held };
    return editTemplates(this.core, kind, ids, changes, options);
  }

  /**
   * Deletes mailbox templates, one call each. mailcow also reports success for a template that does not exist, and for
   * `Default`, which stays.
   *
   * @see POST /api/v1/delete/mailbox/template
   */
  async delete(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.each(routes.deleteMailboxTemplate, ids, options);
  }
}

/** A template stores rights and protocols as flags; an edit sends them as lists. */
function held({ tags, ...flags }: types.MailboxTemplateAttributes): Readonly<Record<string, unknown>> {
  const values: Readonly<Record<string, unknown>> = flags;
  const rights = Object.keys(values).filter((name) => name.startsWith("acl_"));
  return {
    ...values,
    tags: tagsOf(tags),
    // An edit without them makes them unreadable; then the caller must give them.
    ...("imap_access" in values && { protocol_access: protocols.filter((name) => values[`${name}_access`] !== 0) }),
    ...(rights.length > 0 && { acl: rights.filter((name) => values[name]).map((name) => name.slice("acl_".length)) }),
  };
}
