import type { Field, Route } from "../../contract.ts";
import type { Data } from "../rules/php.ts";

/** The fields of a body that this release reads: it ignores what came later, and knows some by another name. */
export function fieldsRead(route: Route<never, unknown> | undefined, verb: string, data: Data, release: string): Data {
  const { properties = {} } = (verb === "edit" ? route?.body?.properties?.["attr"] : route?.body) ?? {};
  const read = { ...data };
  for (const [name, field] of Object.entries(properties)) {
    const isOld = field.changed !== undefined && release <= field.changed.until;
    const before = isOld ? field.changed?.name : undefined;
    if (before === undefined && !isUnknown(field, release)) continue;
    delete read[name];
    if (before !== undefined && Object.hasOwn(data, before)) read[name] = data[before];
  }
  return read;
}

const isUnknown = ({ since, until }: Field, release: string): boolean =>
  (typeof since === "string" && release < since) || (typeof until === "string" && release > until);
