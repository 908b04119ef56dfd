import assert from "node:assert/strict";
import { MailcowApiClient, MailcowInputError } from "mailcow-client";
import { createMailcow } from "mailcow-client/testing";

const mailcow = createMailcow({ domains: ["example.com"] });
const mcc = new MailcowApiClient("https://mail.example.com", mailcow.apiKey, { fetch: mailcow.fetch });
assert.deepEqual(
  (await mcc.getDomain()).map(({ domain_name }) => domain_name),
  ["example.com"],
);
assert.throws(() => new MailcowApiClient(undefined, "key"), MailcowInputError);
console.log("imports from ESM");
