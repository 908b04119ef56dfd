/**
 * `npm run accept -- addDomain [...]`: says that someone has looked at these corrections against what mailcow's spec
 * says now. `--all` accepts every correction.
 */
import { run } from "./lib/cli.ts";
import { accept } from "./lib/commands/accept.ts";

await run(accept);
