import type { Body, Calls, GetPath, OneOf, PostPath, RowOf } from "./calls.ts";
import { type Add, type AddMany, Collection, type Edit, type ForEach, newest } from "./collection.ts";
import { checkBody, refusal } from "./input.ts";

/** The word of routes of which there are five: `get/…/all`, `get/…/{id}`, `add/…`, `edit/…` and `delete/…`. */
type Word = GetPath extends infer Path ? (Path extends `/api/v1/get/${infer Name}/{id}` ? Name : never) : never;
type All<Name extends string> = Extract<GetPath, `/api/v1/get/${Name}/all`>;
type One<Name extends string> = Extract<GetPath, `/api/v1/get/${Name}/{id}`>;
type Write<Verb extends string, Name extends string> = Extract<PostPath, `/api/v1/${Verb}/${Name}`>;
type Input<Name extends string> = Body<Write<"add", Name>>;
type Attributes<Name extends string> = Body<Write<"edit", Name>> extends { attr: infer Attr } ? Attr : never;

/** A look at the rows before a write. */
export type Before<Row, Sent> = (sent: Sent, ids: readonly number[], list: () => Promise<Row[]>) => Promise<void>;

/** What is irregular about such a collection. */
interface Rules<Name extends string> {
  /** Whether a row looks like what was added; mailcow does not answer the id of it. */
  isIt: (row: RowOf<All<Name>>, input: Input<Name>) => boolean;
  /** What `add` sends because mailcow's own default would be wrong. */
  defaults?: Partial<Input<Name>>;
  /** How fields are written as mailcow stores them, where mailcow itself would not, or not in an edit. */
  fields?: Readonly<Record<string, (value: string, field: string, verb: "add" | "edit") => string>>;
  /** Refuses a write that would do harm to other rows, which `list` reads; `ids` are those that are edited. */
  before?: Before<RowOf<All<Name>>, Partial<Input<Name>>>;
  /** How many items go into one call. */
  size?: number | undefined;
}

/** A collection whose rows have numbers, and whose five routes differ only in a word. */
export abstract class ById<Name extends Word, Attr extends Attributes<Name> = Attributes<Name>> extends Collection {
  readonly list: () => Promise<RowOf<All<Name>>[]>;
  readonly get: (id: number) => Promise<Omit<OneOf<One<Name>>, 0> | null>;
  readonly add: Add<Input<Name>, RowOf<All<Name>>>;
  readonly addMany: AddMany<Input<Name>, RowOf<All<Name>>>;
  readonly edit: Edit<number, Attr>;
  readonly delete: ForEach<number>;

  constructor(calls: Calls, word: Name, { isIt, defaults = {}, fields = {}, before, size }: Rules<Name>) {
    super(calls);
    const written = (verb: "add" | "edit", sent: object) =>
      Object.fromEntries(
        Object.entries(sent).map(([field, value]) => [
          field,
          typeof value === "string" ? (fields[field]?.(value, field, verb) ?? value) : value,
        ]),
      );
    this.list = () => calls.rows(`/api/v1/get/${word}/all` as All<Name>);
    this.get = async (id) => {
      if (!/^\d+$/.test(String(id))) throw refusal("id", "a whole number");
      const row = await calls.row(`/api/v1/get/${word}/{id}` as One<Name>, { path: { id } });
      // Some rows that are read alone have a member `0`, always null, that says nothing.
      if (row) Reflect.deleteProperty(row, "0");
      return row;
    };
    this.add = this.adder(
      `/api/v1/add/${word}` as Write<"add", Name>,
      async (input) => {
        const body = written("add", { ...defaults, ...(input as object) }) as Input<Name>;
        if (before) checkBody(`/api/v1/add/${word}`, body);
        await before?.(body, [], this.list);
        return body;
      },
      async (body) => newest((await this.list()) as Numbered<RowOf<All<Name>>>[], (row) => isIt(row, body)),
    );
    // One at a time: which of two like rows is the newest could not be told.
    this.addMany = this.many(this.add, 1);
    const attr = (given: object) => written("edit", Object(given));
    const look = async (sent: unknown, ids: readonly number[]) =>
      before?.(sent as Partial<Input<Name>>, ids, this.list);
    const rules = { attr, size, before: look };
    this.edit = this.editor(`/api/v1/edit/${word}` as Write<"edit", Name>, rules) as typeof this.edit;
    this.delete = this.deleter(`/api/v1/delete/${word}` as Write<"delete", Name>, { size });
  }
}

type Numbered<Row> = Row & { readonly id: number };
