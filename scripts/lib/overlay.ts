import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { openapiOverlay } from "openapi-format";
import { parse } from "yaml";
import { Failure } from "./cli.ts";
import type { Document } from "./facts.ts";

/** One topic of corrections: an OpenAPI Overlay 1.0 document. */
export interface Overlay {
  readonly file: string;
  readonly overlay: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly actions: readonly Action[];
}

interface Action {
  readonly [extension: `x-${string}`]: unknown;
  readonly target: string;
  readonly description?: string;
  readonly remove?: boolean;
  readonly update?: { readonly paths?: Document["paths"] };
}

const parsed = new Map<string, Omit<Overlay, "file">>();

/** All topics, in the order in which they apply: by file name. */
export async function readCorrections(folder: string): Promise<Overlay[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).sort();
  return Promise.all(
    names.map(async (file) => {
      const text = await readFile(join(folder, file), "utf8");
      try {
        // Half of what it takes to make the contract is parsing, and tests make it many times.
        const topic = parsed.get(text) ?? parse(text);
        parsed.set(text, topic);
        return { file, ...topic };
      } catch (error) {
        throw new Failure(`${file} is not YAML: ${(error as Error).message.split("\n")[0]}`);
      }
    }),
  );
}

/**
 * Applies every action of every topic to a copy of the document.
 *
 * An action that matches nothing, or that would mix its operation with one that mailcow has come to describe, fails by
 * name: in both cases mailcow's spec has changed, and the correction needs a review.
 */
export async function applyCorrections(document: Document, overlays: readonly Overlay[]): Promise<Document> {
  let corrected = structuredClone(document);
  const misfits: string[] = [];
  for (const { file, overlay, info, actions } of overlays) {
    for (const [index, action] of actions.entries()) {
      const name = `${file}, action ${index + 1} (${action.target})`;
      for (const taken of collisions(corrected, action)) {
        misfits.push(`${name} adds ${taken}, which mailcow's spec now has: remove that first, then add`);
      }
      const { data, resultData } = await openapiOverlay(corrected, {
        overlaySet: { overlay, info, actions: [action] },
      });
      if (Number(resultData["totalUnusedActions"]) > 0) {
        misfits.push(`${name} matches nothing any more${action.description ? `: ${action.description}` : ""}`);
      }
      corrected = data as Document;
    }
  }
  if (misfits.length > 0) {
    throw new Failure(["generate: corrections that no longer fit mailcow's spec", ...misfits].join("\n  "));
  }
  return corrected;
}

function collisions(document: Document, { target, update }: Action): string[] {
  if (target !== "$") return [];
  return Object.entries(update?.paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item)
      .filter((method) => document.paths[path]?.[method])
      .map((method) => `${method.toUpperCase()} ${path}`),
  );
}
