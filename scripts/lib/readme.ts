import type { Releases } from "./releases.ts";
import { typescripts } from "./typescripts.ts";

const start = "<!-- tables: npm run generate -->\n";
const end = "<!-- /tables -->\n";

/** The README with its tables of what the library works with, brought up to date. */
export function withTables(readme: string, { oldest, newest }: Releases, runtimes: string | undefined): string {
  const [before = "", rest = ""] = readme.split(start);
  const [, after = ""] = rest.split(end);
  if (!after) return readme;
  const rows = [
    `| mailcow | ${oldest} to ${newest} ([what changed when](docs/versions.md)) |`,
    `| TypeScript | ${typescripts.join(", ")} |`,
    ...(runtimes ? [`| runtimes | ${passing(runtimes).join(", ")} ([all checks](docs/runtimes.md)) |`] : []),
  ];
  return `${before}${start}| | tested with |\n| --- | --- |\n${rows.join("\n")}\n${end}${after}`;
}

/** The runtimes of docs/runtimes.md that pass all of its checks, without their variants. */
function passing(page: string): string[] {
  const rows = page.matchAll(/^\| ([^|]+) \| (\d+) of \2 \|/gm);
  return [...rows].map(([, name = ""]) => name).filter((name) => !/ with(out)? /.test(name));
}
