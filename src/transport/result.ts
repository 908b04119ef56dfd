import type { MailcowRequest } from "../errors.ts";

/** What a result is made of; `Received` makes its `response` only when it is looked at. */
export interface Source {
  readonly ok: boolean;
  readonly status: number;
  readonly method: string;
  readonly request: MailcowRequest;
  readonly response: Response;
}

/** What a call of the typed client returns: the data or the error of an answer, as openapi-fetch has it. */
export class Result {
  declare data?: unknown;
  declare error?: unknown;
  declare readonly response: Response;
  readonly #source: Source;

  constructor(source: Source, content: unknown) {
    this.#source = source;
    this[source.ok ? "data" : "error"] = content;
    Object.defineProperty(this, "response", shown);
  }

  /** Of what a result was made; nothing if it is none of ours. */
  static sourceOf(result: object): Source | undefined {
    return #source in result ? result.#source : undefined;
  }
}

/** A field like the others, for who spreads or compares a result. */
const shown: PropertyDescriptor & ThisType<Result> = {
  enumerable: true,
  configurable: true,
  get() {
    return Result.sourceOf(this)?.response;
  },
};
