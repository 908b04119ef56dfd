import type { Calls, PostPath } from "../../calls/calls.ts";
import { type Add, Collection, type Edit, type ForEach, newest } from "../../calls/collection.ts";
import { refusal } from "../../calls/input.ts";
import { fieldsOf, toList, toMebibytes } from "../../calls/names.ts";
import { perItem } from "../../calls/outcomes.ts";
import { shapes } from "../../generated/requests.ts";
import type * as types from "../../types.ts";
import { protocols } from "../mailbox-collection.ts";

/**
 * Templates of either kind. mailcow deletes only the first of several, and gives several that are edited the name of
 * the first: one a call.
 */
abstract class Templates<Row extends types.DomainTemplate | types.MailboxTemplate> extends Collection {
  readonly list: () => Promise<Row[]>;
  readonly get: (id: number) => Promise<Row | null>;
  readonly add: Add<never, Row>;
  readonly edit: Edit<number, never>;
  readonly delete: ForEach<number>;

  protected constructor(calls: Calls, kind: "domain" | "mailbox") {
    super(calls);
    const edit = `/api/v1/edit/${kind}/template` as const;
    this.list = () => calls.rows(`/api/v1/get/${kind}/template/all`) as Promise<object[]> as Promise<Row[]>;
    this.get = (template) =>
      calls.row(`/api/v1/get/${kind}/template/{template}`, { path: { template } }) as Promise<unknown> as Promise<Row>;
    this.add = this.adder(
      `/api/v1/add/${kind}/template`,
      (input: { template: string }) => input,
      async ({ template }) => newest(await this.list(), (row) => row.template === template),
    );
    this.edit = async (ids, attr) => {
      const rows = new Map((await this.list()).map((row) => [String(row.id), row]));
      const unknown = toList(ids).find((id) => !rows.has(String(id)));
      if (unknown !== undefined) throw refusal("id", `that of a template; there is no ${unknown}`);
      const whole = (id: unknown) => merged(kind, rows.get(String(id))?.attributes ?? {}, attr) as never;
      return perItem(ids, (items) => calls.write(edit, { items, attr: whole(items[0]) }), { size: 1 });
    };
    this.delete = this.deleter<PostPath, number>(`/api/v1/delete/${kind}/template`, { size: 1 });
  }
}

/** Named sets of values for new domains. */
export class DomainTemplates extends Templates<types.DomainTemplate> {
  /**
   * Lists the domain templates; there is always `Default`.
   *
   * @see GET /api/v1/get/domain/template/all
   */
  declare readonly list: () => Promise<types.DomainTemplate[]>;
  /**
   * Reads one domain template, or `null`. Its sizes are in bytes.
   *
   * @see GET /api/v1/get/domain/template/{template}
   */
  declare readonly get: (id: number) => Promise<types.DomainTemplate | null>;
  /**
   * Adds a domain template. Sizes are in MiB. A limit or size of 0 becomes mailcow's default.
   *
   * @returns The template as mailcow stores it, with its id; its sizes are in bytes.
   * @throws {@link MailcowRejectedError} `template_exists` or `template_name_invalid`.
   * @example
   * const { id } = await mcc.domainTemplates.add({ template: "small", max_quota_for_domain: 5120 });
   * await mcc.domains.add({ domain: "example.com", template: id });
   * @see POST /api/v1/add/domain/template, GET /api/v1/get/domain/template/all
   */
  declare readonly add: Add<types.AddDomainTemplate, types.DomainTemplate>;
  /**
   * Sets attributes on domain templates; what is not given keeps its value, and `tags` replace those there. Sizes
   * are in MiB. mailcow would reset what is not sent, and so the templates are read first. `Default` keeps its name,
   * also one that was renamed to it; whether another template has the name is not checked.
   *
   * @throws {@link MailcowInputError} There is no such template; or it holds something that can't be sent again,
   * such as an empty `dkim_selector`, and that is not given anew.
   * @see GET /api/v1/get/domain/template/all, POST /api/v1/edit/domain/template
   */
  declare readonly edit: Edit<number, types.EditDomainTemplateAttributes>;
  /**
   * Deletes domain templates, by a call for each. mailcow also says success for one that is not there, and for
   * `Default`, which stays.
   *
   * @see POST /api/v1/delete/domain/template
   */
  declare readonly delete: ForEach<number>;

  constructor(calls: Calls) {
    super(calls, "domain");
  }
}

/** Named sets of values for new mailboxes. */
export class MailboxTemplates extends Templates<types.MailboxTemplate> {
  /**
   * Lists the mailbox templates; there is always `Default`.
   *
   * @see GET /api/v1/get/mailbox/template/all
   */
  declare readonly list: () => Promise<types.MailboxTemplate[]>;
  /**
   * Reads one mailbox template, or `null`. Its quota is in bytes.
   *
   * @see GET /api/v1/get/mailbox/template/{template}
   */
  declare readonly get: (id: number) => Promise<types.MailboxTemplate | null>;
  /**
   * Adds a mailbox template. `quota` is in MiB, 0 for unlimited. Without `acl` its users may change nothing themselves;
   * without `protocol_access` they may use every protocol.
   *
   * @returns The template as mailcow stores it, with its id; its quota is in bytes.
   * @throws {@link MailcowRejectedError} `template_exists` or `template_name_invalid`.
   * @see POST /api/v1/add/mailbox/template, GET /api/v1/get/mailbox/template/all
   */
  declare readonly add: Add<types.AddMailboxTemplate, types.MailboxTemplate>;
  /**
   * Sets attributes on mailbox templates; what is not given keeps its value, while `tags`, `protocol_access` and `acl`
   * replace the whole list. `quota` is in MiB. mailcow would lose what is not sent, and so the templates are read
   * first. `Default` keeps its name, also one that was renamed to it; whether another template has the name is not
   * checked.
   *
   * @throws {@link MailcowInputError} There is no such template; or it holds something that can't be sent again, or has
   * lost its `protocol_access` or `acl` by another client's edit, and that is not given anew.
   * @see GET /api/v1/get/mailbox/template/all, POST /api/v1/edit/mailbox/template
   */
  declare readonly edit: Edit<number, types.MailboxTemplateAttributes>;
  /**
   * Deletes mailbox templates, by a call for each. mailcow also says success for one that is not there, and for
   * `Default`, which stays.
   *
   * @see POST /api/v1/delete/mailbox/template
   */
  declare readonly delete: ForEach<number>;

  constructor(calls: Calls) {
    super(calls, "mailbox");
  }
}

/** A template as its edit takes it: what it holds, sizes in MiB, protocols and rights as lists, and the changes. */
function merged(kind: "domain" | "mailbox", held: Record<string, unknown>, attr: object): object {
  const { tags } = held;
  const rights = Object.keys(held).filter((key) => key.startsWith("acl_"));
  const whole = {
    ...held,
    tags: typeof tags === "string" ? [tags] : Object.values(tags ?? []),
    // An edit without them has put them out of reach; then they have to be given.
    protocol_access: "imap_access" in held ? protocols.filter((name) => held[`${name}_access`] !== 0) : undefined,
    acl: rights.length > 0 ? rights.filter((key) => held[key]).map((key) => key.slice(4)) : undefined,
  };
  const shape = kind === "domain" ? "DomainTemplateChanges" : "MailboxTemplateChanges";
  const { template, ...fields } = shapes[shape]?.properties ?? {};
  const kept = Object.entries(whole)
    .filter(([key, value]) => key in fields && value !== null)
    .map(([key, value]) => [key, key.includes("quota") ? toMebibytes(Number(value)) : value]);
  return Object.fromEntries([...kept, ...Object.entries(fieldsOf(attr))]);
}
