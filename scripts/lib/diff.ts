/** What differs between two lists of facts: `-` was there, `+` is new. */
export function changedLines(before: readonly string[], after: readonly string[]): string[] {
  const gone = before.filter((line) => !after.includes(line)).map((line) => `- ${line}`);
  const come = after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`);
  return [...gone, ...come].sort((a, b) => a.slice(2).localeCompare(b.slice(2), "en") || b.localeCompare(a, "en"));
}
