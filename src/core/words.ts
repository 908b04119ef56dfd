import type { Field } from "../contract.ts";
import { kinds } from "./names.ts";

/** What a field allows, in words. */
export function inWords(field: Field): string {
  if (field.means) {
    const means = inSentence(field.means);
    const size = bounds(field.minimum, field.maximum);
    // After an aside, such as "or its digits", the sentence continues with a comma.
    return size && means.includes(",") ? `${means},${size}` : `${means}${size}`;
  }
  const { unit } = field;
  if (field.anyOf) {
    const choices = field.anyOf.map((choice) => inWords(unit ? { unit, ...choice } : choice));
    const within = bounds(field.minimum, field.maximum);
    return `${[...new Set(choices)].join(", or ")}${within && `,${within}`}`;
  }
  if (field.enum) return field.enum.map((word) => JSON.stringify(word)).join(", ");
  if (field.list !== undefined)
    return `at least one name: ${kinds[field.name ?? "text"].expected}; several as a list, or in one text`;
  if (field.type === "array") return `a list${entries(field)}, each ${inWords(field.items ?? {})}`;
  if (field.pattern === "^[0-9]+$") return "its digits";
  if (field.type === "string") {
    if (field.name && field.name !== "text") return kinds[field.name].expected;
    return field.pattern
      ? `a text like ${field.pattern}`
      : `a text${bounds(field.minLength, field.maxLength, " characters")}`;
  }
  if (field.type === "boolean") return "true or false";
  if (field.type === "integer") {
    const size = bounds(field.minimum, field.maximum);
    return unit ? `a whole number of ${unit}${size.replace(" of", ",")}` : `a whole number${size}`;
  }
  if (field.type === "object") return `an object with ${Object.keys(field.properties ?? {}).join(", ")}`;
  return field.type ? `a ${[field.type].flat().join(" or ")}` : "JSON";
}

/** A description as part of a sentence: without its capital letter and full stop. */
const inSentence = (text: string): string =>
  text.replace(/^[A-Z](?=[a-z]* )/, (letter) => letter.toLowerCase()).replace(/\.$/, "");

function entries({ minItems, maxItems, uniqueItems, items }: Field): string {
  const size =
    minItems === 1 && maxItems === undefined ? " of at least 1 entry" : bounds(minItems, maxItems, " entries");
  const spelling = items?.name === "tag" ? " in any case, with or without accents" : "";
  return uniqueItems ? `${size}, none twice${spelling}` : size;
}

function bounds(least = 0, most?: number, unit = ""): string {
  if (most !== undefined) return ` of ${least ? `${least} to` : "up to"} ${most}${unit}`;
  return least > 1 ? ` of at least ${least}${unit}` : least === 1 && unit ? " that is not empty" : "";
}
