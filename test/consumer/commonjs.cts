import client = require("mailcow-client");
import testing = require("mailcow-client/testing");

export async function use(): Promise<client.Domain[]> {
  const mailcow = testing.createMailcow({ domains: ["example.com"] });
  const mcc = new client.MailcowApiClient("https://mail.example.com", mailcow.apiKey, { fetch: mailcow.fetch });
  return mcc.domains.list();
}
