import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { Document } from "../facts.ts";

/** Where a value differs from its schema. */
export interface Difference {
  readonly pointer: string;
  readonly expected: string;
  readonly found: unknown;
}

type Json = Record<string, unknown>;

/** Validates values against schemas of a contract in which every object is closed. */
export class Validator {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true, validateFormats: false });
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(contract: Document) {
    this.#ajv.addSchema(closed(contract) as Json, "contract");
  }

  /** What is wrong with the value, by the schema at this place of the contract; nothing if all is well. */
  differences(value: unknown, place: readonly string[]): Difference[] {
    const validate = this.#validator(place);
    return validate(value) ? [] : mostTelling(validate.errors ?? []).map(asDifference);
  }

  accepts(value: unknown, place: readonly string[]): boolean {
    return this.#validator(place)(value);
  }

  #validator(place: readonly string[]): ValidateFunction {
    const pointer = place.map((key) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
    let validate = this.#compiled.get(pointer);
    if (!validate) {
      validate = this.#ajv.compile({ $ref: `contract#/${pointer}` });
      this.#compiled.set(pointer, validate);
    }
    return validate;
  }
}

/** Closes every object: a field that its schema does not name is refused, unless the schema says that it is a map. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== "object" || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, closed(member)]));
  const isOpen = isSchemaWithFields(copy) && !("additionalProperties" in copy);
  return isOpen ? { ...copy, additionalProperties: false } : copy;
}

const isSchemaWithFields = (value: Json): boolean =>
  (value["type"] === "object" || (Array.isArray(value["type"]) && value["type"].includes("object"))) &&
  typeof value["properties"] === "object";

/** Of the errors of all alternatives of a union, those that go deepest: the alternative that nearly fits. */
function mostTelling(errors: readonly ErrorObject[]): ErrorObject[] {
  const own = errors.filter(({ keyword }) => keyword !== "oneOf" && keyword !== "anyOf");
  const candidates = own.length > 0 ? own : errors;
  const depth = ({ instancePath }: ErrorObject) => instancePath.split("/").length;
  const deepest = Math.max(...candidates.map(depth));
  return candidates.filter((error) => depth(error) === deepest).slice(0, 3);
}

function asDifference({ instancePath, keyword, params, message, data }: ErrorObject): Difference {
  const detail = keyword === "enum" || keyword === "const" ? ` ${JSON.stringify(Object.values(params)[0])}` : "";
  const field = params["additionalProperty"] ? ` (${params["additionalProperty"]})` : "";
  return { pointer: instancePath || "/", expected: `${message}${detail}${field}`, found: data };
}
