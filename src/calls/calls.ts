import type { MailcowClient } from "../client.ts";
import { MailcowAuthError, MailcowReplyError } from "../errors.ts";
import type { paths } from "../generated/mailcow.ts";
import { type Answer, dataOf, resultsOf } from "../transport/reply.ts";
import type { ActionResult } from "../types.ts";
import { checkBody } from "./input.ts";
import { toList } from "./names.ts";

type With<Method extends "get" | "post"> = {
  [Path in keyof paths]: paths[Path] extends Record<Method, { responses: object }> ? Path : never;
}[keyof paths];
type Json<Response> = Response extends { content: { "application/json": infer Data } } ? Data : never;
type Nothing = Record<string, never>;

export type GetPath = With<"get">;
export type PostPath = With<"post">;
/** What a read answers with HTTP 200. */
export type Data<Path extends GetPath> = Json<paths[Path]["get"]["responses"][200]>;
/** What a write takes. */
export type Body<Path extends PostPath> = paths[Path]["post"] extends {
  requestBody: { content: { "application/json": infer Sent } };
}
  ? Sent
  : never;
/** A row of a list. */
export type RowOf<Path extends GetPath> = Extract<Data<Path>, readonly unknown[]>[number];
/** A row that is read alone; neither mailcow's `{}` for none nor a list. */
export type OneOf<Path extends GetPath> = Exclude<Data<Path>, Nothing | readonly unknown[]>;

type Values = Readonly<Record<string, string | number | undefined>>;
interface Params {
  readonly path?: Values;
  readonly query?: Values;
}
type Send = (path: string, init: object) => Promise<Answer<unknown>>;

/** For routes that answer nothing at all where they mean none; a read without a key has no other answer either. */
export function ifNothing(error: unknown): undefined {
  const isKeyless = error instanceof MailcowAuthError && error.reason === "no-key";
  if (!isKeyless && !(error instanceof MailcowReplyError && error.empty)) throw error;
}

/** The calls that all collections are made of: reads that answer rows, and writes that throw when refused. */
export class Calls {
  readonly #get: Send;
  readonly #post: Send;

  constructor(api: MailcowClient) {
    // Which path goes with which data is said by the types of the methods below.
    this.#get = api.GET as Send;
    this.#post = api.POST as Send;
  }

  async data<Path extends GetPath>(path: Path, params: Params = {}): Promise<Data<Path>> {
    return dataOf(await this.#get(path, { params })) as Data<Path>;
  }

  /** The rows of a list: mailcow says `{}` for none. */
  async rows<Path extends GetPath>(path: Path, params: Params = {}): Promise<RowOf<Path>[]> {
    const data: unknown = await this.data(path, params);
    return Array.isArray(data) ? data : [];
  }

  /** A single row, or `null`: mailcow says `{}` for none, and seldom `[]`. */
  async row<Path extends GetPath>(path: Path, params: Params = {}): Promise<OneOf<Path> | null> {
    const data: unknown = await this.data(path, params);
    const none = typeof data !== "object" || data === null || Array.isArray(data) || Object.keys(data).length === 0;
    return none ? null : (data as OneOf<Path>);
  }

  /** Checks the body and sends it. */
  async write<Path extends PostPath>(path: Path, body: Body<Path>, params: Params = {}): Promise<ActionResult[]> {
    checkBody(path, body);
    return resultsOf(await this.#post(path, { body, params }));
  }

  /** A write whose answer is data; entries in its place may say no. */
  async ask<Path extends PostPath>(path: Path, body: Body<Path>): Promise<unknown> {
    checkBody(path, body);
    const answer = await this.#post(path, { body });
    const data = dataOf(answer);
    if (toList(data).some((entry) => typeof (entry as Partial<ActionResult> | null)?.type === "string"))
      resultsOf(answer);
    return data;
  }
}
