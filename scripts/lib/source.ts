import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { parse } from "yaml";
import { Failure } from "./cli.ts";
import { type Document, operationsOf } from "./facts.ts";

export const mailcowMaster =
  "https://raw.githubusercontent.com/mailcow/mailcow-dockerized/master/data/web/api/openapi.yaml";

export interface Source {
  /** A URL, or the name of a file. */
  readonly from: string;
  readonly text: string;
  readonly sha256: string;
  readonly document: Document;
}

/**
 * Reads mailcow's spec from a URL, from a mailcow server's base URL (then its `/api/openapi.yaml`), or from a file.
 * Whatever is not a whole OpenAPI 3 document with paths is refused with one line that says why.
 */
export async function readSource(from: string, allowInsecure: boolean): Promise<Source> {
  const remote = /^https?:\/\//i.test(from);
  const address = remote ? addressOf(from, allowInsecure) : from;
  const text = remote ? await download(address, allowInsecure) : await readLocal(from);
  return {
    from: remote ? address : basename(from),
    text,
    sha256: createHash("sha256").update(text).digest("hex"),
    document: parseWhole(text, address),
  };
}

function addressOf(from: string, allowInsecure: boolean): string {
  let url: URL;
  try {
    url = new URL(from);
  } catch {
    throw new Failure(`pull: ${from} is not a valid URL`);
  }
  refuseInsecure(url, allowInsecure);
  if (url.pathname.replace(/\/+$/, "") === "") url.pathname = "/api/openapi.yaml";
  return url.href;
}

function refuseInsecure(url: URL, allowInsecure: boolean): void {
  const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol === "http:" && !loopback && !allowInsecure) {
    throw new Failure(`pull: ${url.href} is plain http; use https, or --allow-insecure if you mean it`);
  }
}

async function readLocal(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new Failure(`pull: cannot read ${path}: ${(error as Error).message}`);
  }
}

async function download(address: string, allowInsecure: boolean): Promise<string> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(30_000) });
    const text = await response.text();
    const end = response.redirected ? `${address}, redirected to ${response.url},` : address;
    refuseInsecure(new URL(response.url), allowInsecure);
    if (!response.ok) throw new Failure(`pull: ${end} answered HTTP ${response.status}`);
    if (/^\s*</.test(text)) throw new Failure(`pull: ${end} answered an HTML page, not a spec`);
    return text;
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { message, cause } = error as Error & { cause?: Error };
    throw new Failure(`pull: cannot read ${address}: ${cause?.message || message}`);
  }
}

function parseWhole(text: string, address: string): Document {
  let document: Partial<Document> | null;
  try {
    document = parse(text);
  } catch (error) {
    throw new Failure(`pull: ${address} is not YAML: ${(error as Error).message.split("\n")[0]}`);
  }
  if (typeof document !== "object" || document === null || !/^3\.\d/.test(String(document.openapi))) {
    throw new Failure(`pull: ${address} is not an OpenAPI 3 document`);
  }
  if (typeof document.paths !== "object" || Object.keys(document.paths ?? {}).length === 0) {
    throw new Failure(`pull: ${address} has no paths`);
  }
  const flaw = whatIsCutOff(document as Document, text);
  if (flaw) throw new Failure(`pull: ${address} seems cut off: ${flaw}`);
  return document as Document;
}

/** A YAML text that was cut can still parse. These are the marks that a cut leaves in mailcow's file. */
function whatIsCutOff(document: Document, text: string): string | undefined {
  if (!text.endsWith("\n")) return "the last line does not end";
  for (const [name, operation] of operationsOf(document)) {
    if (!operation["responses"]) return `${name} has no responses`;
    if (operation["tags"] && !document["tags"]) return "operations carry tags, but the list of tags is missing";
  }
  for (const [, ref] of text.matchAll(/\$ref:\s*["']?#\/([^"'\s]+)/g)) {
    const target = ref?.split("/").reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], document);
    if (target === undefined) return `#/${ref} is referred to and missing`;
  }
  return undefined;
}
