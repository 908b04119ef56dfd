import type { Outcome } from "./try-out.ts";

/** How many checks a runtime passed. */
export function resultOf({ findings }: Outcome): string {
  const passed = findings.filter(({ error }) => error === undefined).length;
  return findings.length === 0 ? "skipped: it was not to be had" : `${passed} of ${findings.length}`;
}

/** How the runtimes did, with what failed. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const failures = outcomes.map(({ findings }) => findings.filter(({ error }) => error !== undefined));
  const rows = outcomes.map((outcome, at) => {
    const failing = (failures[at] ?? []).map(({ check }) => check).join("; ");
    return `| ${outcome.name} | ${resultOf(outcome)} | ${failing} |`;
  });
  const details = outcomes.flatMap(({ name }, at) =>
    (failures[at] ?? []).map(({ check, error }) => `- ${name}, ${check}: ${error}`),
  );
  return ["| runtime | checks passed | failing |", "| --- | --- | --- |", ...rows, ...details].join("\n");
}
