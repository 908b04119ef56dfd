import { shapes } from "../../generated/requests.ts";
import type {
  AddDomainTemplate,
  AddMailboxTemplate,
  DomainTemplate,
  EditDomainTemplateAttributes,
  EditMailboxTemplateAttributes,
  MailboxTemplate,
} from "../../types.ts";
import type { Calls, PostPath } from "../calls.ts";
import { type Add, adder, deleter, newest } from "../collection.ts";
import { refusal } from "../input.ts";
import { toList } from "../names.ts";
import { type Outcome, perItem } from "../outcomes.ts";

/** Named sets of values for new domains. */
export interface DomainTemplates {
  /**
   * Lists the domain templates; there is always `Default`.
   *
   * @see GET /api/v1/get/domain/template/all
   */
  list(): Promise<DomainTemplate[]>;
  /**
   * Reads one domain template, or `null`. Its sizes are in bytes.
   *
   * @see GET /api/v1/get/domain/template/{template}
   */
  get(id: number): Promise<DomainTemplate | null>;
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
  add: Add<AddDomainTemplate, DomainTemplate>;
  /**
   * Sets attributes on domain templates; what is not given keeps its value, and `tags` replace those there. Sizes
   * are in MiB. mailcow would reset what is not sent, and so the templates are read first. `Default` keeps its name,
   * also one that was renamed to it; whether another template has the name is not checked.
   *
   * @throws {@link MailcowInputError} There is no such template; or it holds something that can't be sent again,
   * such as an empty `dkim_selector`, and that is not given anew.
   * @see GET /api/v1/get/domain/template/all, POST /api/v1/edit/domain/template
   */
  edit(ids: number | readonly number[], attr: EditDomainTemplateAttributes): Promise<Outcome<number>[]>;
  /**
   * Deletes domain templates, by a call for each. mailcow also says success for one that is not there, and for
   * `Default`, which stays.
   *
   * @see POST /api/v1/delete/domain/template
   */
  delete(ids: number | readonly number[]): Promise<Outcome<number>[]>;
}

/** What to set on a template for mailboxes. Its quota is in MiB. */
export interface MailboxTemplateAttributes extends Partial<EditMailboxTemplateAttributes> {}

/** Named sets of values for new mailboxes. */
export interface MailboxTemplates {
  /**
   * Lists the mailbox templates; there is always `Default`.
   *
   * @see GET /api/v1/get/mailbox/template/all
   */
  list(): Promise<MailboxTemplate[]>;
  /**
   * Reads one mailbox template, or `null`. Its quota is in bytes.
   *
   * @see GET /api/v1/get/mailbox/template/{template}
   */
  get(id: number): Promise<MailboxTemplate | null>;
  /**
   * Adds a mailbox template. `quota` is in MiB, 0 for unlimited. Without `acl` its users may change nothing themselves;
   * without `protocol_access` they may use every protocol.
   *
   * @returns The template as mailcow stores it, with its id; its quota is in bytes.
   * @throws {@link MailcowRejectedError} `template_exists` or `template_name_invalid`.
   * @see POST /api/v1/add/mailbox/template, GET /api/v1/get/mailbox/template/all
   */
  add: Add<AddMailboxTemplate, MailboxTemplate>;
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
  edit(ids: number | readonly number[], attr: MailboxTemplateAttributes): Promise<Outcome<number>[]>;
  /**
   * Deletes mailbox templates, by a call for each. mailcow also says success for one that is not there, and for
   * `Default`, which stays.
   *
   * @see POST /api/v1/delete/mailbox/template
   */
  delete(ids: number | readonly number[]): Promise<Outcome<number>[]>;
}

export const domainTemplates = (calls: Calls): DomainTemplates => templates(calls, "domain");
export const mailboxTemplates = (calls: Calls): MailboxTemplates => templates(calls, "mailbox");

// mailcow deletes only the first of several, and gives several that are edited the name of the first: one a call.
function templates<Row extends DomainTemplate | MailboxTemplate, Input extends { template: string }>(
  calls: Calls,
  kind: "domain" | "mailbox",
) {
  const name = `${kind}Templates`;
  const edit = `/api/v1/edit/${kind}/template` as const;
  const list = () => calls.rows(`/api/v1/get/${kind}/template/all`) as Promise<object[]> as Promise<Row[]>;
  const get = (template: number): Promise<unknown> =>
    calls.row(`/api/v1/get/${kind}/template/{template}`, { path: { template } });
  const find = async ({ template }: { template: string }) => newest(await list(), (row) => row.template === template);
  return {
    list,
    get: get as (id: number) => Promise<Row | null>,
    add: adder(calls, `${name}.add`, `/api/v1/add/${kind}/template`, (input: Input) => input, find),
    edit: async (ids: number | readonly number[], attr: object) => {
      const rows = new Map((await list()).map((row) => [String(row.id), row]));
      const unknown = toList(ids).find((id) => !rows.has(String(id)));
      if (unknown !== undefined) throw refusal(`${name}.edit`, "id", `that of a template; there is no ${unknown}`);
      const whole = (id: unknown) => merged(kind, rows.get(String(id))?.attributes ?? {}, attr) as never;
      return perItem(ids, (items) => calls.write(`${name}.edit`, edit, { items, attr: whole(items[0]) }), { size: 1 });
    },
    delete: deleter<PostPath, number>(calls, `${name}.delete`, `/api/v1/delete/${kind}/template`, undefined, 1),
  };
}

const protocols = ["imap", "pop3", "smtp", "sieve", "eas", "dav"];

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
  const shape = kind === "domain" ? "EditDomainTemplateAttributes" : "EditMailboxTemplateAttributes";
  const { template, ...fields } = shapes[shape]?.properties ?? {};
  const kept = Object.entries(whole)
    .filter(([key, value]) => key in fields && value !== null)
    .map(([key, value]) => [key, key.includes("quota") ? Number(value) / 2 ** 20 : value]);
  return Object.fromEntries([...kept, ...Object.entries(attr).filter(([, value]) => value !== undefined)]);
}
