/**
 * `npm run generate [-- --check]`: facts + corrections → openapi/mailcow.json → src/generated/mailcow.ts.
 *
 * Works offline. Stops when a correction no longer matches, or when mailcow's spec says something else of a corrected
 * operation than it did when the correction was accepted. `--check` writes nothing and fails where the files drift.
 */
import { run } from "./lib/cli.ts";
import { generateAll } from "./lib/commands/generate.ts";

await run(generateAll);
