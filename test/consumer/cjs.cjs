const assert = require("node:assert/strict");
const { MailcowApiClient, MailcowInputError } = require("mailcow-client");

const mcc = new MailcowApiClient("https://mail.example.com", "key", { fetch: async () => Response.json({}) });
mcc.getMailboxes("all").then((rows) => {
  assert.deepEqual(rows, []);
  assert.throws(() => new MailcowApiClient("https://mail.example.com", ""), MailcowInputError);
  console.log("requires from CommonJS");
});
