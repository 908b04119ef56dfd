/**
 * Whether this is an object with fields of its own. A Map, a Date and whatever else holds nothing in fields is none: it
 * would be read as an object without any, and a filter of that kind as everything.
 */
export function isOfFields(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  if (Object.keys(value).length > 0) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Not by `Object.prototype`: it may come from another realm.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** No input of mailcow's is nested deeper; what refers to itself would be copied without end. */
const deepest = 32;

/** A copy of plain data, whatever is done to the original later; what is neither list nor object of fields stays. */
export function copied<Data>(data: Data, depth = 0): Data {
  if (depth > deepest) return data;
  if (Array.isArray(data)) return data.map((entry) => copied(entry, depth + 1)) as Data;
  if (!isOfFields(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([name, member]) => [name, copied(member, depth + 1)])) as Data;
}
