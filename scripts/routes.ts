/** `npm run routes [-- --check]`: writes docs/routes.md, or fails where it is out of date. */
import { Failure, run } from "./lib/cli.ts";
import { readIfThere, writeAtomically } from "./lib/files.ts";
import { routeList } from "./lib/route-list.ts";

const file = "docs/routes.md";

await run(async (args) => {
  const text = await routeList();
  if (!args.includes("--check")) return writeAtomically(file, text);
  if ((await readIfThere(file)) !== text)
    throw new Failure(`routes --check: ${file} is out of date; run: npm run routes`);
  console.log("routes --check: docs/routes.md is up to date");
});
