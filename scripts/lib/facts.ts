/**
 * Reduces an OpenAPI document to the facts of its interface: paths, methods, parameters, field names,
 * types, status codes. Prose (descriptions, titles, examples, operation names) is left behind.
 *
 * The walk knows which kind of object it stands in, so a field that happens to be named `description` is kept.
 */
export interface Document {
  openapi: string;
  info: { version: string; [key: string]: unknown };
  paths: Record<string, PathItem>;
  [key: string]: unknown;
}
type PathItem = Record<string, Operation>;
export type Operation = Record<string, unknown>;

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

type Json = Record<string, unknown>;
type Keep = (value: unknown) => unknown;

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An object of known keys: each kept key is reduced in its own way, every other key is dropped. */
const object =
  (keys: () => Record<string, Keep>): Keep =>
  (value) => {
    if (!isObject(value)) return value;
    const keep = keys();
    return Object.fromEntries(
      Object.keys(value)
        .filter((key) => keep[key])
        .sort()
        .map((key) => [key, keep[key]?.(value[key])]),
    );
  };

/** An object whose keys are names of the interface. */
const fields =
  (keep: Keep): Keep =>
  (value) =>
    isObject(value)
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, keep(value[key])]),
        )
      : value;

/** The same where OpenAPI allows extensions, which are dropped. */
const map =
  (keep: Keep): Keep =>
  (value) =>
    isObject(value)
      ? fields(keep)(Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith("x-"))))
      : value;

const list =
  (keep: Keep): Keep =>
  (value) =>
    Array.isArray(value) ? value.map(keep) : value;

const asIs: Keep = (value) => value;
const byText = (a: unknown, b: unknown) => JSON.stringify(a).localeCompare(JSON.stringify(b), "en");
const set: Keep = (value) => (Array.isArray(value) ? [...value].sort(byText) : value);

const fieldsOfSchema = fields((value) => schema(value));
const schema: Keep = object(() => ({
  $ref: asIs,
  type: set,
  format: asIs,
  enum: set,
  const: asIs,
  default: asIs,
  nullable: asIs,
  pattern: asIs,
  required: set,
  minimum: asIs,
  maximum: asIs,
  minLength: asIs,
  maxLength: asIs,
  minItems: asIs,
  maxItems: asIs,
  items: schema,
  prefixItems: list(schema),
  properties: fieldsOfSchema,
  additionalProperties: schema,
  patternProperties: fieldsOfSchema,
  oneOf: list(schema),
  anyOf: list(schema),
  allOf: list(schema),
  not: schema,
}));

const content = map(object(() => ({ schema })));
const parameter = object(() => ({
  $ref: asIs,
  name: asIs,
  in: asIs,
  required: asIs,
  style: asIs,
  explode: asIs,
  schema,
  content,
}));
const parameters: Keep = (value) => set(list(parameter)(value));
const requestBody = object(() => ({ $ref: asIs, required: asIs, content }));
const response = object(() => ({ $ref: asIs, content }));
const operation = object(() => ({ parameters, requestBody, responses: map(response), security: asIs }));
const pathItem = object(() => ({ parameters, ...Object.fromEntries(methods.map((method) => [method, operation])) }));

const documentKeys = (): Record<string, Keep> => ({
  openapi: asIs,
  info: object(() => ({ version: asIs })),
  paths: map(pathItem),
  components: object(() => ({
    schemas: map(schema),
    responses: map(response),
    parameters: map(parameter),
    requestBodies: map(requestBody),
    securitySchemes: map(object(() => ({ type: asIs, in: asIs, name: asIs, scheme: asIs }))),
  })),
  security: asIs,
  servers: list(object(() => ({ url: asIs }))),
  // Names of tags are prose; that there is a list of them is not: a correction replaces it.
  tags: () => [],
});

/** The facts of a document, sorted so that two versions can be compared line by line. */
export function factsOf(document: Document): Document {
  return object(documentKeys)(document) as Document;
}

/** Every operation of a document as `POST /api/v1/add/domain`, with what it says. */
export function operationsOf(document: Document): Map<string, Operation> {
  const found = new Map<string, Operation>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation = item[method];
      if (operation) found.set(`${method.toUpperCase()} ${path}`, operation);
    }
  }
  return found;
}

/** One line per fact of an operation, such as `requestBody.application/json.properties.active.type = "boolean"`. */
export function linesOf(operation: Operation, document: Document): string[] {
  const lines: string[] = [];
  const walk = (value: unknown, path: string, seen: readonly string[]): void => {
    if (isObject(value)) {
      const ref = value["$ref"];
      if (typeof ref === "string" && !seen.includes(ref)) {
        walk(resolve(document, ref), path, [...seen, ref]);
      } else if (Object.keys(value).length === 0) {
        lines.push(`${path} = {}`);
      } else {
        for (const key of Object.keys(value)) walk(value[key], path ? `${path}.${key}` : key, seen);
      }
    } else if (Array.isArray(value) && value.some(isObject)) {
      value.forEach((entry, index) => {
        const name = isObject(entry) && typeof entry["name"] === "string" ? entry["name"] : String(index);
        walk(entry, `${path}[${name}]`, seen);
      });
    } else {
      lines.push(`${path} = ${JSON.stringify(value)}`);
    }
  };
  walk(operation, "", []);
  return lines.sort();
}

function resolve(document: Document, ref: string): unknown {
  let value: unknown = document;
  for (const key of ref.replace(/^#\//, "").split("/")) {
    value = isObject(value) ? value[key.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined;
  }
  return value;
}
