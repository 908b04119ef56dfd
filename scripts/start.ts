/**
 * `npm start [-- --write]`: walks through the documented methods, on a mailcow in memory.
 *
 * With `MAILCOW_API_BASEURL` and `MAILCOW_API_KEY` set, it calls that server instead. There it only reads, unless
 * `--write` allows it to add a domain of its own and to delete it again.
 */
import { randomBytes } from "node:crypto";
import { MailcowApiClient } from "../src/index.ts";
import { Failure, run } from "./lib/cli.ts";
import { inMemory, reads, story } from "./lib/story.ts";

await run(async (args) => {
  if (args.some((arg) => arg !== "--write")) throw new Failure("start: the only option is --write");
  const say = (line: string) => console.log(line);
  const server = process.env["MAILCOW_API_BASEURL"];
  if (!server) {
    say("On a mailcow in memory. Set MAILCOW_API_BASEURL and MAILCOW_API_KEY to call your server.\n");
    return story(inMemory(), "demo.example", say);
  }
  const write = args.includes("--write");
  say(`On ${server}${write ? "" : ", reading only (--write for more)"}.\n`);
  const mcc = MailcowApiClient.fromEnv();
  return write ? story(mcc, `demo-${randomBytes(4).toString("hex")}.example`, say) : reads(mcc, say);
});
