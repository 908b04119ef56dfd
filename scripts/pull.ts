/**
 * `npm run pull [-- --from X] [--allow-insecure]`: fetches mailcow's spec and keeps the facts of its interface.
 *
 * X is a URL, the base URL of a mailcow server, or a file; without it, mailcow's master branch. Everything is
 * checked before the first byte is written, so a failed pull leaves the facts as they were.
 */
import { run } from "./lib/cli.ts";
import { pull } from "./lib/commands/pull.ts";

await run(pull);
