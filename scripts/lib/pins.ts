import { createHash } from "node:crypto";
import { changedLines } from "./diff.ts";
import { type Document, factsOf, linesOf, operationsOf } from "./facts.ts";

/**
 * What mailcow's spec said of an operation when its correction was written: a hash to compare, and the facts behind
 * it, so that a later change can be shown field by field.
 */
interface Pin {
  readonly sha256: string;
  readonly facts: readonly string[];
}
export type Pins = Record<string, Pin>;

/** An upstream operation that corrections touch, with the operations of the contract that describe it. */
export interface Corrected {
  /** Such as `POST /api/v1/add/domain`. */
  readonly upstream: string;
  readonly operationIds: readonly string[];
  readonly pin: Pin;
}

/** The upstream operations that do not come through the corrections with the facts unchanged. */
export function correctedOperations(upstream: Document, contract: Document): Corrected[] {
  const now = operationsOf(contract);
  const factsNow = operationsOf(factsOf(contract));
  return [...operationsOf(upstream)]
    .filter(([name, operation]) => JSON.stringify(operation) !== JSON.stringify(factsNow.get(name)))
    .map(([name, operation]) => ({
      upstream: name,
      operationIds: [...now]
        .filter(([route]) => covers(name, route))
        .map(([, { operationId }]) => String(operationId))
        .sort(),
      pin: pinOf(linesOf(operation, upstream)),
    }));
}

function pinOf(facts: readonly string[]): Pin {
  return { sha256: createHash("sha256").update(facts.join("\n")).digest("hex"), facts };
}

/**
 * Whether the upstream operation is meant to describe the route: `GET /get/domain/{id}` describes `GET /get/domain/all`,
 * because mailcow takes the word `all` for an id, and not `GET /get/domain/reduced`.
 */
export function covers(upstream: string, route: string): boolean {
  const pattern = upstream.replace(/\/$/, "").split("/");
  const parts = route.split("/");
  const fits = (part: string, at = "") => (part.startsWith("{") ? at.startsWith("{") || at === "all" : part === at);
  return pattern.length === parts.length && pattern.every((part, index) => fits(part, parts[index]));
}

/** What has to be looked at before the corrections may be trusted again, one paragraph each. */
export function unaccepted(corrected: readonly Corrected[], pins: Pins): string[] {
  return corrected
    .filter(({ upstream, pin }) => pins[upstream]?.sha256 !== pin.sha256)
    .map(({ upstream, operationIds, pin }) => {
      const pinned = pins[upstream];
      const head = `${operationIds.join(", ")}: ${upstream} ${pinned ? "has changed in mailcow's spec" : "has never been accepted"}`;
      const changes = pinned ? changedLines(pinned.facts, pin.facts) : [];
      const ask = `look at the correction, then: npm run accept -- ${operationIds.join(" ")}`;
      return [head, ...changes.map((line) => `  ${line}`), `  ${ask}`].join("\n");
    });
}
