/**
 * `npm run accept -- addDomain [...]`: records that these corrections were reviewed against what mailcow's spec
 * says now. `--all` accepts every correction.
 */
import { run } from "./lib/cli.ts";
import { accept } from "./lib/commands/accept.ts";

await run(accept);
