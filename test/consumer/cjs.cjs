const assert = require("node:assert/strict");
const { MailcowApiClient, MailcowInputError } = require("mailcow-client");
const { createMailcow } = require("mailcow-client/testing");

async function main() {
  const mailcow = createMailcow({ domains: [{ domain: "example.com", mailboxes: ["ann"] }] });
  const mcc = new MailcowApiClient("https://mail.example.com", mailcow.apiKey, { fetch: mailcow.fetch });
  assert.deepEqual(
    (await mcc.getMailboxes()).map(({ username }) => username),
    ["ann@example.com"],
  );
  assert.throws(() => new MailcowApiClient("https://mail.example.com", ""), MailcowInputError);
  console.log("requires from CommonJS");
}
main();
