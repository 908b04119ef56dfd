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
   * Lists the domain templates; there is always `Default`.
   *
   * @see GET /api/v1/get/domain/template/all
   */
  async list(options?: CallOptions): Promise<types.DomainTemplate[]> {
    return this.call(routes.getDomainTemplateAll, {}, options);
  }

  /**
   * Reads one domain template, or `null`. Its sizes are in bytes.
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
   * const { id } = await mcc.domainTemplates.add({ template: "small", max_quota_for_domain: 5120 });
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
   * Sets attributes on domain templates; what is not given keeps its value, while `tags` replace those there. Sizes are
   * in MiB. mailcow would reset what is not sent, and so the templates are read first. `Default` keeps its name, and so
   * does one that was renamed to it; whether another template has the name is not checked.
   *
   * @throws {MailcowRejectedError} `template_id_invalid`: there is no such template.
   * @throws {MailcowInputError} A template holds something that can't be sent again, such as an empty `dkim_selector`, and
   * that is not given anew.
   * @see GET /api/v1/get/domain/template/all, POST /api/v1/edit/domain/template
   */
  async edit(ids: Ids, changes: types.DomainTemplateChanges, options?: CallOptions): Promise<Outcome<Id>[]> {
    const held = (attributes: types.DomainTemplateAttributes) => ({ ...attributes, tags: tagsOf(attributes.tags) });
    const kind = { list: routes.getDomainTemplateAll, edit: routes.editDomainTemplate, held };
    return editTemplates(this.core, kind, ids, changes, options);
  }

  /**
   * Deletes domain templates, by a call for each. mailcow also says success for one that was not there, and for
   * `Default`, which stays.
   *
   * @see POST /api/v1/delete/domain/template
   */
  async delete(ids: Ids, options?: CallOptions): Promise<Outcome<Id>[]> {
    return this.each(routes.deleteDomainTemplate, ids, options);
  }
}
