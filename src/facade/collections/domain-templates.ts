import { type AddOptions, Collection } from "../../core/collection.ts";
import type { Outcome } from "../../core/each.ts";
import type { CallOptions } from "../../core/options.ts";
import * as routes from "../../generated/routes/domain-templates.ts";
import type { Id, Ids } from "../../generated/types/common.ts";
import type * as types from "../../generated/types/domain-templates.ts";
import { editTemplates, tagsOf } from "../templates.ts";

export type * from "../../generated/types/domain-templates.ts";

/** Named sets of values for new domains. */
export class DomainTemplates extends Collection {
  /**
   * Lists the domain templates. `Default` always exists.
   *
   * @see GET /api/v1/get/domain/template/all
   */
  async list(options?: CallOptions): Promise<types.DomainTemplate[]> {
    return this.call(routes.getDomainTemplateAll, {}, options);
  }

  /**
   * Returns one domain template, or `null`. Its sizes are in bytes.
   *
   * @see GET /api/v1/get/domain/template/{template}
   */
  async get(id: Id, options?: CallOptions): Promise<types.DomainTemplate | null> {
    return this.call(routes.getDomainTemplate, { template: id }, options);
  }

  /** Adds a domain template; with `read: false`, returns `null` and saves the request that reads it back. */
  add(template: types.NewDomainTemplate, options: AddOptions): Promise<types.DomainTemplate | null>;
  /**
   * Adds a domain template. Sizes are in MiB. A limit or size of 0 becomes mailcow's default.
   *
   * @returns The template as mailcow stores it, with its id; its sizes are in bytes.
   * @throws {MailcowRejectedError} `template_exists` or `template_name_invalid`.
   * @example
   * const quotas = { def_quota_for_mbox: 512, max_quota_for_mbox: 1024, max_quota_for_domain: 5120 };
   * const { id } = await mcc.domainTemplates.add({ template: "small", ...quotas });
   * await mcc.domains.add({ domain: "example.com", template: id });
   * @see POST /api/v1/add/domain/template, GET /api/v1/get/domain/template/all
   */
  add(template: types.NewDomainTemplate, options?: CallOptions): Promise<types.DomainTemplate>;
  async add(template: types.NewDomainTemplate, options?: Partial<AddOptions>): Promise<types.DomainTemplate | null> {
    const look = ({ template: name }: Pick<types.DomainTemplate, "template">) => [name];
    return this.addingUnnamed(routes.addDomainTemplate, template, options, {
      list: (call: CallOptions) => this.list(call),
      sent: look,
      row: look,
      isUnique: true,
    });
  }

  /**
   * Sets attributes on domain templates. Fields you leave out keep their value; `tags` replaces the old tags. Sizes are
   * in MiB. The templates are read first, because mailcow would reset fields that are not sent. A template with the
   * name `Default` can't be renamed. mailcow does not check whether another template has the new name.
   *
   * @throws {MailcowRejectedError} `template_id_invalid`: the template does not exist.
   * @throws {MailcowInputError} A template has a value that can't be sent again, such as an empty `dkim_selector`, and
   * you give no new one.
   * @see GET /api/v1/get/domain/template/all, POST /api/v1/edit/domain/template
   */
  async edit(ids: Ids, changes: types.DomainTemplateChanges, options?: CallOptions): Promise<Outcome<Id>[]> {
    const held = (attributes: types.DomainTemplateAttributes) => ({ ...attributes, tags: tagsOf(attributes.tags) });
    const kind = { list: routes.getDomainTemplateAll, edit: routes.editDomainTemplate, held };
    return editTemplates(this.core, kind, ids, changes, options);
  }

  /**
   * Deletes domain templates, one call each. mailcow also reports success for a template that does not exist, and for
   * `Default`, which stays.
   *
   * @see POST /api/v1/delete/domain/template
   */
  async delete(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.each(routes.deleteDomainTemplate, ids, options);
  }
}
