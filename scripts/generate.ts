/**
 * `npm run generate [-- --check]`: facts + corrections → openapi/mailcow.json → src/generated/mailcow.ts.
 *
 * Works offline. Stops when a correction no longer matches, or when mailcow's spec says something else of a corrected
 * operation than it did when the correction was accepted. `--check` writes nothing and fails where the files drift.
 *
 * `npm run generate -- --for 2025-12a --out FILE` writes the strict contract of one release of mailcow, `--types FILE` its
 * types.
 */
import { run } from "./lib/cli.ts";
import { generateAll } from "./lib/commands/generate.ts";

await run(generateAll);
