import { refusal } from "../refusal.ts";

/** Refuses what can't end a call. Not by its class: a signal may come from another realm. */
export function checkSignal(signal: unknown): void {
  if (typeof Object(signal).aborted !== "boolean") throw refusal("signal", "an AbortSignal");
}
