import type { Document } from "./facts.ts";

type Json = Record<string, unknown>;

/** The codes with which mailcow refuses, as a type: all that the contract's answers hold in an entry that says no. */
export function codesOf(contract: Document): string {
  const schemas = (contract["components"] as { schemas: Record<string, Json> }).schemas;
  const codes = new Set<string>();
  const collect = (schema: Json | undefined): void => {
    if (!schema) return;
    for (const word of [schema["enum"], schema["const"]].flat()) {
      if (typeof word === "string" && /^[a-z][a-z0-9_]*$/.test(word)) codes.add(word);
    }
    const choices = (schema["anyOf"] ?? schema["oneOf"] ?? []) as Json[];
    const [code] = (schema["prefixItems"] ?? []) as Json[];
    for (const inner of [...choices, code]) collect(inner);
  };
  for (const [name, schema] of Object.entries(schemas)) {
    if (!name.endsWith("Result")) continue;
    for (const entry of (schema["oneOf"] ?? [schema]) as { properties: Record<string, Json> }[]) {
      if (entry.properties["type"]?.["const"] === "danger") collect(entry.properties["msg"]);
    }
  }
  const union = [...codes].sort().map((code) => `  | ${JSON.stringify(code)}`);
  return `/** A code with which mailcow refuses. */
export type MailcowCode =\n${union.join("\n")};\n`;
}
