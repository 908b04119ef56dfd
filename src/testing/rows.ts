import { MailcowInputError } from "../errors.ts";
import type { Domain } from "../generated/types/domains.ts";
import type { Mailbox } from "../generated/types/mailboxes.ts";
import { Mailcow } from "./mailcow.ts";
import type { MailcowSeeds } from "./seed.ts";

/** A row as a mailcow in memory returns it, with some fields replaced. */
function rowOf<Row extends object>(seeds: MailcowSeeds, path: string, fields: Partial<Row>): Row {
  const row = new Mailcow(seeds).look(path) as Row;
  for (const name of Object.keys(fields))
    if (name !== "tags" && !Object.hasOwn(row, name))
      throw new MailcowInputError(`a row of ${path} has no field "${name}"`, { field: name });
  return { ...row, ...fields };
}

/** Makes rows as mailcow returns them, for tests of code that reads rows. Given fields replace those of the row. */
export const row: {
  domain(fields?: Partial<Domain>): Domain;
  mailbox(fields?: Partial<Mailbox>): Mailbox;
} = {
  domain: (fields = {}) => rowOf({ domains: ["example.com"] }, "get/domain/example.com", fields),
  mailbox: (fields = {}) =>
    rowOf({ domains: ["example.com"], mailboxes: ["ann@example.com"] }, "get/mailbox/ann@example.com", fields),
};
