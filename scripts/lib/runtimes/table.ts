import type { Outcome } from "./try-out.ts";

/** How the runtimes did, as a table, with what failed below. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ name, findings }) => {
    const passed = findings.filter(({ error }) => error === undefined).length;
    const failing = findings.filter(({ error }) => error !== undefined).map(({ check }) => check);
    const result = findings.length === 0 ? "skipped: it was not to be had" : `${passed} of ${findings.length}`;
    return `| ${name} | ${result} | ${failing.join("; ") || " "} |`;
  });
  const details = outcomes.flatMap(({ name, findings }) =>
    findings.filter(({ error }) => error).map(({ check, error }) => `- ${name}, ${check}: ${error}`),
  );
  const table = ["| runtime | checks passed | failing |", "| --- | --- | --- |", ...rows].join("\n");
  return details.length > 0 ? `${table}\n\n${details.join("\n")}` : table;
}
