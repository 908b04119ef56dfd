import { otherFields, type Rows, rows } from "../generated/rows.ts";
import { checkFields } from "../refusal.ts";

/** A function for each row that mailcow returns. */
export type RowBuilders = { readonly [Name in keyof Rows]: (fields?: Partial<Rows[Name]>) => Rows[Name] };

/** The example of a row, with some fields replaced. */
function builderOf<Name extends keyof Rows>(name: Name): (fields?: Partial<Rows[Name]>) => Rows[Name] {
  const known = [...Object.keys(rows[name]), ...(otherFields[name] ?? [])];
  return (fields = {}) => {
    checkFields(`row.${name}`, "field", fields, known);
    return { ...structuredClone(rows[name]), ...fields };
  };
}

/**
 * Makes rows as mailcow returns them, for tests of code that reads rows: `row.mailbox({ name: "Bob" })`. They are the examples
 * of the contract, with the given fields in place of theirs.
 *
 * @throws {MailcowInputError} A row of this kind has no such field.
 */
export const row: RowBuilders = Object.fromEntries(
  (Object.keys(rows) as (keyof Rows)[]).map((name) => [name, builderOf(name)]),
) as RowBuilders;
