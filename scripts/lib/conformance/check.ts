import type { Document, Operation } from "../facts.ts";
import type { Junk } from "./junk.ts";
import { type Exchange, routeOf } from "./recordings.ts";
import { type Difference, Validator } from "./validator.ts";

interface Violation extends Difference {
  readonly recording: string;
  readonly route: string;
}

export interface Report {
  readonly exchanges: number;
  readonly skipped: number;
  readonly empty: number;
  readonly routes: ReadonlySet<string>;
  readonly violations: readonly Violation[];
}

type Content = Record<string, unknown>;
interface Described extends Operation {
  requestBody?: { content: Content };
  responses: Record<string, { $ref?: string; content?: Content }>;
}

/** Holds a contract to exchanges with a real server. */
export class Conformance {
  readonly #contract: Document;
  readonly #validator: Validator;
  readonly #whole: Validator;

  /** `whole` is the contract of all releases, where `contract` is that of one. */
  constructor(contract: Document, whole: Document = contract) {
    this.#contract = contract;
    this.#validator = new Validator(contract);
    this.#whole = whole === contract ? this.#validator : new Validator(whole);
  }

  check(exchanges: readonly Exchange[], junk: Junk): Report {
    const meant = exchanges.filter(({ offContract }) => !offContract);
    const known = meant.filter((exchange) => this.#operation(exchange));
    return {
      exchanges: meant.length,
      skipped: exchanges.length - meant.length,
      empty: meant.filter(isEmpty).length,
      routes: new Set(known.map(routeOf)),
      violations: meant.flatMap((exchange) =>
        [...this.#ofResponse(exchange), ...this.#ofRequest(exchange, junk)].map((difference) => ({
          recording: `${exchange.file}: ${exchange.name}`,
          route: routeOf(exchange),
          ...difference,
        })),
      ),
    };
  }

  /** The place of the schema of this answer in the contract, or what is undeclared about it. */
  answerPlace(exchange: Exchange): string[] | Difference {
    const { method } = exchange.request;
    const template = this.#templateOf(exchange);
    const { status, contentType = "" } = exchange.response;
    const operation = this.#operation(exchange);
    if (!operation) return { pointer: "/", expected: "a route of the contract", found: routeOf(exchange) };
    const response = operation.responses[status];
    if (!response) return { pointer: "/", expected: `status ${Object.keys(operation.responses)}`, found: status };
    const place = response.$ref
      ? response.$ref.slice(2).split("/")
      : ["paths", template, method.toLowerCase(), "responses", String(status)];
    const content = this.#at<Content>([...place, "content"]) ?? {};
    const type = contentType.split(";")[0]?.trim() ?? "";
    if (!(type in content)) {
      return { pointer: "/", expected: `content type ${Object.keys(content)}`, found: contentType };
    }
    if (!this.#at([...place, "content", type, "schema"])) {
      return { pointer: "/", expected: "a schema of the answer", found: undefined };
    }
    return [...place, "content", type, "schema"];
  }

  accepts(value: unknown, place: readonly string[]): boolean {
    return this.#validator.accepts(value, place);
  }

  #ofResponse(exchange: Exchange): Difference[] {
    if (isEmpty(exchange)) return this.#operation(exchange) ? [] : [this.answerPlace(exchange) as Difference];
    const place = this.answerPlace(exchange);
    if (!Array.isArray(place)) return [place];
    const { body, text } = exchange.response;
    return this.#validator.differences(text ?? body, place);
  }

  /** A write that mailcow accepted was a valid one, unless it is known as junk; then the contract must refuse it. */
  #ofRequest(exchange: Exchange, junk: Junk): Difference[] {
    const { method, template, body, rawBody } = exchange.request;
    if (!wasAccepted(exchange) || rawBody !== undefined) return [];
    const schema = this.#operation(exchange)?.requestBody?.content["application/json"];
    if (!schema) return [];
    const place = ["paths", template, method.toLowerCase(), "requestBody", "content", "application/json", "schema"];
    // What only newer releases know, an older one ignores, and success is answered.
    const differences = this.#whole.accepts(body, place) ? [] : this.#validator.differences(body, place);
    if (!junk.has(exchange))
      return differences.map((difference) => ({ ...difference, pointer: `request ${difference.pointer}` }));
    if (differences.length > 0) return [];
    return [{ pointer: "request /", expected: "to be refused: it is listed as junk", found: body }];
  }

  #operation(exchange: Exchange): Described | undefined {
    return this.#at<Described>(["paths", this.#templateOf(exchange), exchange.request.method.toLowerCase()]);
  }

  /**
   * The path of the contract that mailcow took the call for: as OpenAPI has it, one without a parameter goes before one
   * with it, so that an admin called `all` is the list of all admins.
   */
  #templateOf({ request }: Exchange): string {
    const parts = (request.path.split("?")[0] ?? "").split("/");
    const words = (template: string) => template.split("/").filter((part) => !part.startsWith("{")).length;
    const fits = (template: string) => {
      const places = template.split("/");
      const isShort = places.length === parts.length + 1 && places.at(-1)?.startsWith("{");
      return (
        (isShort || places.length === parts.length) &&
        parts.every((part, at) => places[at]?.startsWith("{") || places[at] === part)
      );
    };
    const method = request.method.toLowerCase();
    if (!this.#contract.paths[request.template]?.[method]) return request.template;
    return Object.keys(this.#contract.paths)
      .filter((template) => this.#contract.paths[template]?.[method] && fits(template))
      .reduce((best, template) => (words(template) > words(best) ? template : best), request.template);
  }

  #at<T>(place: readonly string[]): T | undefined {
    let value: unknown = this.#contract;
    for (const key of place) value = (value as Record<string, unknown> | undefined)?.[key];
    return value as T | undefined;
  }
}

/** HTTP 200 without a body: an error that PHP swallowed, or a read without a key. The transport makes it an error. */
export const isEmpty = ({ response }: Exchange): boolean => response.status === 200 && response.text?.trim() === "";

function wasAccepted({ request, response }: Exchange): boolean {
  if (request.method !== "POST" || request.body === undefined || response.status !== 200) return false;
  if (response.text !== undefined) return false;
  const entries = Array.isArray(response.body) ? response.body : [response.body];
  return !entries.some((entry) => entry?.type === "danger" || entry?.type === "error");
}
