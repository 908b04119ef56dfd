import type { MailcowRequest } from "../errors.ts";

/** The parts of a result. `Received` makes its `response` when it is first looked at. */
export interface Source {
  readonly ok: boolean;
  readonly status: number;
  readonly method: string;
  readonly request: MailcowRequest;
  readonly response: Response;
}

/** The result of the typed client: the data or the error of an answer, in the form of openapi-fetch. */
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

  /** The parts of a result; nothing if another library made it. */
  static sourceOf(result: object): Source | undefined {
    return #source in result ? result.#source : undefined;
  }
}

/** A field like the others, so that a result can be spread and compared. */
const shown: PropertyDescriptor & ThisType<Result> = {
  enumerable: true,
  configurable: true,
  get() {
    return Result.sourceOf(this)?.response;
  },
};
