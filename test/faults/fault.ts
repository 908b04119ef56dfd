import type { Socket } from "node:net";
import type { MailcowTransportOptions } from "../../src/index.ts";
import type { Misdeed } from "./misbehaving-server.ts";

/** How a call has to end: with an error of this kind, or with an answer. */
export interface Ending {
  readonly kind?: "network" | "timeout" | "auth" | "http" | "reply" | "rejected" | "input";
  readonly answer?: unknown;
  /** How often the call is sent, or is tried to be; once by default. */
  readonly attempts?: number;
  /** How many requests the server gets to see; as many as there are attempts by default. */
  readonly seen?: number;
  readonly reason?: string;
  readonly status?: number;
  readonly message?: RegExp;
  /** The name of an error that is not of this library. */
  readonly foreign?: string;
}

export interface Fault {
  readonly name: string;
  readonly does?: Misdeed;
  readonly onConnection?: (socket: Socket) => void;
  /** The call meets the fault on a connection that was used before; `idle` waits until the server has closed that one. */
  readonly after?: "warm-up" | "idle";
  /** Ten calls, which all end like this; `attempts` are those of all of them. */
  readonly ten?: "at once" | "in turn";
  /** The address of the client, where it is not the server's own. */
  readonly baseUrl?: (port: number) => string;
  readonly options?: MailcowTransportOptions;
  readonly read: Ending;
  readonly write: Ending;
  /** What is different where calls go over `fetch`. */
  readonly overFetch?: { readonly read?: Ending; readonly write?: Ending };
}

/** How a fault ends that is the same for a read and a write. */
export const both = (ending: Ending): Pick<Fault, "read" | "write"> => ({ read: ending, write: ending });

/** A read is sent three times, a write once. */
export const repeated = (ending: Ending): Pick<Fault, "read" | "write"> => ({
  read: { ...ending, attempts: 3 },
  write: ending,
});
