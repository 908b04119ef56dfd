import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { Conformance } from "../../scripts/lib/conformance/check.ts";
import { Junk } from "../../scripts/lib/conformance/junk.ts";
import { kinds, mutate } from "../../scripts/lib/conformance/mutate.ts";
import { type Exchange, readRecordings } from "../../scripts/lib/conformance/recordings.ts";
import { buildContract, typesOf } from "../../scripts/lib/contract.ts";
import { type Document, operationsOf } from "../../scripts/lib/facts.ts";
import { files } from "../../scripts/lib/files.ts";
import { ofRelease, withAbsentRoutes } from "../../scripts/lib/versions.ts";

const { contract: corrected, releases } = await buildContract(".");
const whole: Document = JSON.parse(readFileSync(files.contract, "utf8"));
const junk = new Junk(readFileSync(files.junk, "utf8"));
const conformanceOf = (release: string) =>
  new Conformance(withAbsentRoutes(ofRelease(corrected, releases, release), whole), whole);
const newest = conformanceOf(releases.newest);

/** The releases of which there are recordings: those of their answers that are not like the newest release's. */
const recorded = await Promise.all(
  readdirSync(files.recordings, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(async ({ name }) => [name, await readRecordings(`${files.recordings}/${name}`)] as const),
);

describe.each(recorded)("the contract of mailcow %s", (release, exchanges) => {
  const conformance = conformanceOf(release);

  test("says what this release answered", () => {
    expect(conformance.check(exchanges, junk).violations).toEqual([]);
    expect(exchanges.length).toBeGreaterThan(40);
  });

  test("is another than that of the newest release", () => {
    expect(newest.check(exchanges, junk).violations.length).toBeGreaterThan(20);
  });

  test("notices when an answer is broken", () => {
    const { scores } = mutate(conformance, exchanges);
    const sum = (field: "killed" | "total") => kinds.reduce((total, kind) => total + scores[kind][field], 0);
    expect(sum("total")).toBeGreaterThan(1000);
    // Less than over all recordings of a release (0.98): templates, which keep what was sent, are most of what differs.
    expect(sum("killed") / sum("total")).toBeGreaterThanOrEqual(0.95);
  });
});

describe("a release", () => {
  const contractOf = ({ release }: { release: string }) => {
    const { info: _, ...rest } = ofRelease(corrected, releases, release);
    return JSON.stringify(rest);
  };
  const contracts = new Map(releases.all.map((release) => [release.release, contractOf(release)]));

  test("has the same contract as another exactly where versions.json says that it equals it", () => {
    for (const [index, { release, equals }] of releases.all.entries()) {
      const before = releases.all[index - 1]?.release ?? "";
      if (equals) expect(contracts.get(release), release).toBe(contracts.get(equals));
      else expect(contracts.get(release), release).not.toBe(contracts.get(before));
    }
  });

  test("is listed in the order in which it came out", () => {
    const dates = releases.all.map(({ date }) => date);
    expect(dates).toEqual([...dates].sort());
    expect(dates.every((date) => /^\d{4}-\d\d-\d\d$/.test(date))).toBe(true);
  });
});

describe("the contract of the whole range", () => {
  test("says what any release answered", async () => {
    const all = [...recorded.flatMap(([, exchanges]) => exchanges), ...(await readRecordings(files.recordings))];
    expect(new Conformance(whole).check(all, junk).violations).toEqual([]);
  });

  test("says of every route and field that not all releases have since when there is one", () => {
    const oldest = ofRelease(corrected, releases, releases.oldest);
    for (const [route, operation] of operationsOf(whole))
      if (!operationsOf(oldest).has(route))
        expect(operation["description"], route).toMatch(/ Since mailcow 202\d-\d\d/);
    const { MailboxAttributes } = (whole["components"] as { schemas: Record<string, { required: string[] }> }).schemas;
    expect(MailboxAttributes?.required).toContain("imap_access");
    expect(MailboxAttributes?.required).not.toContain("force_tfa");
  });
});

describe("the types", () => {
  /** Rows of a release, as constants of the type that the contract gives to the answer of their route. */
  const rowsOf = (exchanges: readonly Exchange[], types: string): string => {
    const reads = exchanges.filter(
      ({ request, response }) => request.method === "GET" && response.status === 200 && response.text === undefined,
    );
    const byRoute = new Map(reads.map((exchange) => [exchange.request.template, exchange] as const));
    const lines = [...byRoute.values()].map(({ request, response }, index) => {
      const place = `paths[${JSON.stringify(request.template)}]["get"]["responses"][200]["content"]["application/json"]`;
      return `export const row${index}: ${place} = ${JSON.stringify(response.body)};`;
    });
    return [`import type { paths } from "./${types}.ts";`, ...lines].join("\n");
  };

  /** What the compiler says, by file. */
  const complaintsOf = (sources: Readonly<Record<string, string>>): Record<string, string[]> => {
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      types: [],
      noLib: false,
      target: ts.ScriptTarget.ES2022,
      allowImportingTsExtensions: true,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      exactOptionalPropertyTypes: true,
    };
    const host = ts.createCompilerHost(options);
    const text = (path: string) => sources[path.replace(/^.*\//, "").replace(/\.ts$/, "")];
    const { getSourceFile, fileExists } = host;
    host.getSourceFile = (path, target) => {
      const own = path.includes("node_modules") ? undefined : text(path);
      return own === undefined ? getSourceFile(path, target) : ts.createSourceFile(path, own, target);
    };
    host.fileExists = (path) => text(path) !== undefined || fileExists(path);
    const names = Object.keys(sources).filter((name) => name.startsWith("rows"));
    const program = ts.createProgram(
      names.map((name) => `${name}.ts`),
      options,
      host,
    );
    return Object.fromEntries(
      names.map((name) => [
        name,
        program
          .getSemanticDiagnostics(program.getSourceFile(`${name}.ts`))
          .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n").split("\n")[0] ?? ""),
      ]),
    );
  };

  test("of the whole range fit the rows of every release, those of one release only its own", async () => {
    const [[oldest, old] = ["", []]] = recorded;
    const complaints = complaintsOf({
      whole: readFileSync(files.types, "utf8"),
      strict: await typesOf(ofRelease(corrected, releases, oldest)),
      ...Object.fromEntries(recorded.map(([name, exchanges]) => [`rows-${name}`, rowsOf(exchanges, "whole")])),
      "rows-own": rowsOf(old, "strict"),
      "rows-newer": rowsOf(recorded.at(-1)?.[1] ?? [], "strict"),
    });
    const { "rows-newer": newer, ...others } = complaints;
    expect(others).toEqual(Object.fromEntries(Object.keys(others).map((name) => [name, []])));
    expect(newer?.length).toBeGreaterThan(0);
  });
});
