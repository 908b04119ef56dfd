import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from "ajv/dist/2020.js";
import type { Document } from "../facts.ts";

/** Where a value differs from its schema. */
export interface Difference {
  readonly pointer: string;
  readonly expected: string;
  readonly found: unknown;
}

type Json = Record<string, unknown>;

/** Most schemas are asked once or twice: what makes their code fast, or checks that they are schemas, does not pay. */
const plain: Options = {
  strict: false,
  validateFormats: false,
  meta: false,
  validateSchema: false,
  code: { optimize: false },
};

/** Validates values against schemas of a contract in which every object is closed. */
export class Validator {
  readonly #contract: Json;
  readonly #telling: (place: readonly string[]) => ValidateFunction;
  readonly #deciding: (place: readonly string[]) => ValidateFunction;

  constructor(contract: Document) {
    this.#contract = closed(contract) as Json;
    this.#telling = this.#compiler({ allErrors: true, verbose: true });
    this.#deciding = this.#compiler({});
  }

  /** What is wrong with the value, by the schema at this place of the contract; nothing if all is well. */
  differences(value: unknown, place: readonly string[]): Difference[] {
    if (this.accepts(value, place)) return [];
    const validate = this.#telling(place);
    return validate(value) ? [] : mostTelling(validate.errors ?? []).map(asDifference);
  }

  /** Whether the value is right, which takes a fraction of what it takes to say why not. */
  accepts(value: unknown, place: readonly string[]): boolean {
    return this.#deciding(place)(value);
  }

  /** Compiles each schema when it is first asked for. */
  #compiler(options: Options): (place: readonly string[]) => ValidateFunction {
    const compiled = new Map<string, ValidateFunction>();
    let ajv: Ajv2020 | undefined;
    return (place) => {
      const name = place.join("\n");
      const known = compiled.get(name);
      if (known) return known;
      ajv ??= new Ajv2020({ ...plain, ...options }).addSchema(this.#contract, "contract");
      const pointer = place.map((key) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/");
      const validate = ajv.compile({ $ref: `contract#/${pointer}` });
      compiled.set(name, validate);
      return validate;
    };
  }
}

/**
 * Closes every object: a field that its schema does not name is refused, unless the schema says that it is a map. The
 * examples beside a schema, which are most of a contract, are left out.
 */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== "object" || value === null) return value;
  const copy: Json = {};
  for (const [key, member] of Object.entries(value))
    if (key !== "examples" || !("schema" in value)) copy[key] = closed(member);
  if (isSchemaWithFields(copy) && !("additionalProperties" in copy)) copy["additionalProperties"] = false;
  return copy;
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
