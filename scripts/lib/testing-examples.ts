import { Validator } from "./conformance/validator.ts";
import { type Document, operationsOf } from "./facts.ts";
import type { Releases } from "./releases.ts";
import { ofRelease } from "./versions.ts";

/** Routes that tell what other programs say, and files. Of these logs, the mailcow in memory writes some itself. */
const outside = /\/get\/(logs\/(?!api|sasl|ui)|presets\/|status\/(?!version))/;

interface Example {
  readonly value: unknown;
  readonly since?: string;
}

/** The first example of each route that tells of other programs, with the first release that it is right for. */
export function examplesOf(contract: Document, releases: Releases): [string, Example][] {
  const validators = new Map<string, Validator>();
  const validatorOf = (release: string): Validator => {
    const validator = validators.get(release) ?? new Validator(ofRelease(contract, releases, release));
    validators.set(release, validator);
    return validator;
  };
  return [...operationsOf(contract)].flatMap(([route, { responses }]) => {
    const path = route.split(" ")[1] ?? "";
    if (!outside.test(path)) return [];
    const place = ["paths", path, "get", "responses", "200", "content", "application/json"];
    const { content } = (responses as Record<string, { content: Record<string, { examples?: object }> }>)["200"] ?? {};
    const [first] = Object.values(content?.["application/json"]?.examples ?? {}) as { value: unknown }[];
    if (!first) return [];
    const { value } = first;
    const fits = (release: string) => validatorOf(release).accepts(value, [...place, "schema"]);
    const since = releases.all.find(({ release }) => fits(release))?.release;
    return [
      [path.replace("/api/v1/", ""), { value, ...(since !== undefined && since !== releases.oldest && { since }) }],
    ];
  });
}
