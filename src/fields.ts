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

/** The names of fields that are symbols, in words. No field of mailcow's is, so they would be ignored. */
export function symbolsIn(given: object): readonly string[] {
  const symbols = Object.getOwnPropertySymbols(given);
  // Nearly always.
  if (symbols.length === 0) return none;
  return symbols.filter((symbol) => Object.prototype.propertyIsEnumerable.call(given, symbol)).map(String);
}

const none: readonly string[] = [];
