import { Validator } from "./conformance/validator.ts";
import { type Document, isObject } from "./facts.ts";

/** A contract without the examples that its schemas refuse: those that show what only other releases have. */
export function withFittingExamples(contract: Document): Document {
  const validator = new Validator(contract);
  const fits = (example: unknown, place: readonly string[]) =>
    isObject(example) && validator.accepts(example["value"], [...place, "schema"]);
  const visit = (value: unknown, place: readonly string[]): unknown => {
    if (!isObject(value)) return value;
    const copy = Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, visit(member, [...place, key])]),
    );
    if (!isObject(value["examples"]) || !value["schema"]) return copy;
    const fitting = Object.entries(value["examples"]).filter(([, example]) => fits(example, place));
    const { examples: _, ...rest } = copy;
    return fitting.length > 0 ? { ...rest, examples: Object.fromEntries(fitting) } : rest;
  };
  return visit(contract, []) as Document;
}
