/**
 * Whether this is an object with its own fields. A Map, a Date and the like are not: they would be read as an object
 * without fields, which as a filter means everything.
 */
export function isOfFields(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  if (Object.keys(value).length > 0) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Does not compare with `Object.prototype`, because the object may come from another realm.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** No input of mailcow is nested deeper. Without a limit, copying an object that refers to itself would not end. */
const deepest = 32;

/** Copies plain data, so that later changes to the original have no effect; other values stay as they are. */
export function copied<Data>(data: Data, depth = 0): Data {
  if (depth > deepest) return data;
  if (Array.isArray(data)) return data.map((entry) => copied(entry, depth + 1)) as Data;
  if (!isOfFields(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([name, member]) => [name, copied(member, depth + 1)])) as Data;
}
