import assert from "node:assert/strict";
import { MailcowApiClient, MailcowInputError } from "mailcow-client";

const mcc = new MailcowApiClient("https://mail.example.com", "key", { fetch: async () => Response.json({}) });
assert.deepEqual(await mcc.getDomain(), []);
assert.throws(() => new MailcowApiClient(undefined, "key"), MailcowInputError);
console.log("imports from ESM");
