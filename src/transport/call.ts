import type { MailcowRequest } from "../errors.ts";
import type { Deadline } from "./deadline.ts";
import type { Outgoing } from "./outgoing.ts";
import { redactorOf } from "./redactors.ts";
import type { Redactor } from "./secrets.ts";
import type { Wire } from "./wires/wire.ts";

/** What the calls of a client share. */
export interface Sender {
  readonly baseUrl: string;
  readonly wire: Wire;
  readonly maxReplyBytes: number;
  /** Hides the key in a path, but no other secret: a short one may be part of a path by chance. */
  readonly inPaths: Redactor;
}

/** What the attempts of a call share. What only errors and hooks need is computed on demand. */
export class Call {
  readonly sent: Outgoing;
  readonly sender: Sender;
  readonly timeoutMs: number;
  readonly deadline: Deadline;
  #request: MailcowRequest | undefined;
  #redactor: Redactor | undefined;

  constructor(sent: Outgoing, sender: Sender, timeoutMs: number, deadline: Deadline) {
    this.sent = sent;
    this.sender = sender;
    this.timeoutMs = timeoutMs;
    this.deadline = deadline;
  }

  /** The call as errors and hooks name it. */
  get request(): MailcowRequest {
    const { method, path } = this.sent;
    this.#request ??= { method, path: this.sender.inPaths.text(path) };
    return this.#request;
  }

  get redactor(): Redactor {
    this.#redactor ??= redactorOf(this.sent);
    return this.#redactor;
  }
}
