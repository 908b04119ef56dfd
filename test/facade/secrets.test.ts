import { inspect } from "node:util";
import { expect, test } from "vitest";
import { MailcowApiClient, type MailcowError } from "../../src/index.ts";
import { apiKey, clientOf } from "../support/client.ts";
import { json } from "../support/server.ts";

const password = "hunter2-Passw0rd!";
const secrets = [apiKey, password, encodeURIComponent(password)];

/** Everything that an error says, wherever it is printed. */
function textOf(error: Error): string {
  const causes: unknown[] = [];
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) causes.push(cause.message, cause.stack);
  return [
    error.message,
    error.stack,
    String(error),
    JSON.stringify(error),
    inspect(error, { depth: 20, showHidden: true }),
    ...causes,
  ].join("\n");
}

const mailbox = { domain: "example.com", local_part: "ann", password, password2: password };
const echoing = async (status: number, type: string, wrap: (echo: string) => string) =>
  (
    await clientOf((response, { headers, body }) => {
      response
        .writeHead(status, { "content-type": type })
        .end(wrap(`${headers["x-api-key"]} ${body} ${encodeURIComponent(body)}`));
    })
  ).mcc;

test("no error shows the key or a password, even if the server repeats the request", async () => {
  const page = (echo: string) => `<html>${echo}</html>`;
  const { mcc: rejecting } = await clientOf((response, { body }) =>
    json(response, [
      { type: "danger", log: ["mailbox", "add", "mailbox", JSON.parse(body), apiKey], msg: "password_complexity" },
      { type: "success", log: [password], msg: ["rl_saved", "ann@example.com"] },
    ]),
  );
  const refusing = new MailcowApiClient("https://mail.example.com", apiKey, {
    fetch: async (_, init) => {
      throw new TypeError(`fetch failed for ${new Headers(init?.headers).get("x-api-key")}`, {
        cause: Object.assign(new Error(`while sending ${init?.body}`), { code: "ECONNRESET", sent: init?.body }),
      });
    },
  });
  const { mcc: silent } = await clientOf(() => {}, { timeoutMs: 20 });
  const { mcc: locked } = await clientOf((response) =>
    json(response, { type: "error", msg: "authentication failed" }, 401),
  );

  const calls: Record<string, () => Promise<unknown>> = {
    input: () => rejecting.addMailbox({ ...mailbox, password2: `${password}x` }),
    unknownField: () => rejecting.addMailbox({ ...mailbox, passwort: password } as never),
    wrongType: () => rejecting.addMailbox({ ...mailbox, password: [password] } as never),
    rejected: () => rejecting.addMailbox(mailbox),
    http: async () => (await echoing(502, "text/html", page)).addMailbox(mailbox),
    proxy: async () => (await echoing(403, "application/json", (echo) => JSON.stringify({ echo }))).addMailbox(mailbox),
    page: async () => (await echoing(200, "text/html", page)).addMailbox(mailbox),
    notJson: async () => (await echoing(200, "application/json", (echo) => echo)).addMailbox(mailbox),
    redirect: async () => (await echoing(302, "text/html", page)).addMailbox(mailbox),
    network: () => refusing.addMailbox(mailbox),
    timeout: () => silent.addMailbox(mailbox),
    auth: () => locked.addMailbox(mailbox),
    admin: async () => (await echoing(500, "text/html", page)).addDomainAdmin({ domains: "example.com", password }),
  };
  const kinds = new Set<string>();
  for (const [name, call] of Object.entries(calls)) {
    const error = (await call().then(
      () => undefined,
      (reason) => reason,
    )) as MailcowError;
    kinds.add(error.kind);
    const text = textOf(error);
    expect(text, name).toContain(error.name);
    for (const secret of secrets) expect(text, name).not.toContain(secret);
    for (const line of text.split("\n").filter((line) => /pass/i.test(line)))
      expect(line, name).not.toMatch(/hunter2/i);
  }
  expect([...kinds].sort()).toEqual(["auth", "http", "input", "network", "rejected", "reply", "timeout"]);
});

test("a client does not show its key", () => {
  const mcc = new MailcowApiClient("https://mail.example.com", apiKey);
  expect(inspect(mcc, { depth: 20, showHidden: true }) + JSON.stringify(mcc)).not.toContain(apiKey);
});
