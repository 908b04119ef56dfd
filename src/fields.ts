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
