import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Exchange, readRecordings } from "../../scripts/lib/conformance/recordings.ts";
import { Validator } from "../../scripts/lib/conformance/validator.ts";
import { files } from "../../scripts/lib/files.ts";
import { MailcowApiClient, MailcowInputError } from "../../src/index.ts";
import { json, serve } from "../support/server.ts";

// biome-ignore lint/suspicious/noExplicitAny: recorded bodies have any shape, wrong ones included
type Body = any;
type Call = (mcc: MailcowApiClient, body: Body, id: string) => Promise<unknown>;

/** How a documented method is called to make the call that was recorded, and what it makes of a success. */
const methods: Record<string, { call: Call; success: (answer: Body, body: Body, id: string) => unknown }> = {
  "GET /api/v1/get/domain/all": { call: (mcc) => mcc.getDomain(), success: rows },
  "GET /api/v1/get/domain/{domain}": { call: (mcc, _, id) => mcc.getDomain(id), success: itsOwnRow },
  "POST /api/v1/add/domain": { call: (mcc, body) => mcc.addDomain(body), success: yes },
  "POST /api/v1/edit/domain": { call: (mcc, body) => mcc.editDomain(body?.items, body?.attr), success: yes },
  "POST /api/v1/delete/domain": { call: (mcc, body) => mcc.deleteDomain(body), success: yes },
  "POST /api/v1/add/dkim": {
    call: (mcc, { domains, ...rest }) => mcc.addDKIM({ domain: domains, ...rest }),
    success: yes,
  },
  "GET /api/v1/get/dkim/{domain}": {
    call: (mcc, _, id) => mcc.getDKIM(id),
    success: (row) => (isEmpty(row) ? null : row),
  },
  "POST /api/v1/delete/dkim": { call: (mcc, body) => mcc.deleteDKIM(body), success: yes },
  "POST /api/v1/add/domain-admin": {
    call: (mcc, body) => mcc.addDomainAdmin(body),
    success: (_, { username, password, domains }) => ({
      username: String(username).trim().toLowerCase(),
      password,
      domains: [domains].flat().map((name: string) => name.toLowerCase()),
    }),
  },
  "POST /api/v1/add/mailbox": {
    call: (mcc, body) => mcc.addMailbox(body),
    success: (_, { local_part = "mail", domain, password, name = "John Doe", quota, template }) => ({
      username: `${local_part}@${domain}`.toLowerCase(),
      password: password ?? expect.stringMatching(/^.{24}$/),
      domain: domain.toLowerCase(),
      name,
      local_part: local_part.toLowerCase(),
      ...(quota === undefined && template !== undefined ? {} : { quota: Number(quota ?? 3072) }),
    }),
  },
  "POST /api/v1/edit/mailbox": {
    call: (mcc, body) => mcc.updateMailboxes(body),
    success: (answer) =>
      [answer].flat().map(({ type, msg }: Body) => expect.objectContaining({ type, msg, code: codeOf({ msg }) })),
  },
  "POST /api/v1/delete/mailbox": { call: (mcc, body) => mcc.deleteMailbox(body), success: yes },
  "GET /api/v1/get/mailbox/all": { call: (mcc) => mcc.getMailboxes(), success: eachOnce },
  "GET /api/v1/get/mailbox/{mailbox}": { call: (mcc, _, id) => mcc.getMailboxes(id), success: oneRow },
  "POST /api/v1/add/alias": { call: (mcc, body) => mcc.addAlias(body?.address, body?.goto), success: yes },
};

function rows(answer: Body): unknown {
  return Array.isArray(answer) ? answer : [];
}

/** With tags, which the documented methods do not send, mailcow lists some mailboxes twice. */
function eachOnce(answer: Body): Body[] {
  const all = rows(answer) as Body[];
  return all.filter(({ username }, index) => all.findIndex((row) => row.username === username) === index);
}

/** A list only comes where tags were asked for, which the documented methods do not; a row of nulls is no mailbox. */
function oneRow(answer: Body): Body[] {
  return isEmpty(answer) || Array.isArray(answer) || answer.username === null ? [] : [answer];
}
/** The name of an alias domain gives the row of its target, which is not what was asked for. */
function itsOwnRow(answer: Body, _: Body, id: string): unknown {
  return oneRow(answer).filter(({ domain_name, domain_h_name }) =>
    [domain_name, domain_h_name].includes(id.toLowerCase()),
  );
}
function yes(): true {
  return true;
}
const isEmpty = (value: object) => Object.keys(value).length === 0;
const codeOf = ({ msg }: Body): string => String(Array.isArray(msg) ? msg[0] : msg);

/** What the method must do, read off the recorded answer alone. */
function expected(
  { request, response }: Exchange,
  id: string,
  success: (answer: Body, body: Body, id: string) => unknown,
): unknown {
  const { status, body } = response;
  if (status === 401) return expect.objectContaining({ kind: "auth", reason: "invalid-key" });
  if (status === 403) return expect.objectContaining({ kind: "auth", reason: "read-only-key" });
  if (status !== 200) return expect.objectContaining({ kind: "http", status });
  if (response.text !== undefined)
    return expect.objectContaining({ kind: request.method === "GET" ? "auth" : "reply" });
  const failures = [body].flat().filter((entry: Body) => ["danger", "error"].includes(entry?.type));
  if (failures.length > 0) return expect.objectContaining({ kind: "rejected", codes: failures.map(codeOf) });
  return success(body, request.body, id);
}

const exchanges = (await readRecordings(files.recordings)).filter(({ offContract }) => !offContract);
const policy = exchanges.find(({ request }) => request.template === "/api/v1/get/passwordpolicy");
const validator = new Validator(JSON.parse(readFileSync(files.contract, "utf8")));

/** Whether it was right to refuse the input: the contract refuses it, or mailcow did, or it asks for nothing. */
function wasWrong({ request, response }: Exchange): boolean {
  const place = ["paths", request.template, "post", "requestBody", "content", "application/json", "schema"];
  const refusedByMailcow =
    response.text !== undefined ||
    [response.body].flat().some((entry: Body) => ["danger", "error"].includes(entry?.type));
  if (request.method === "GET") return response.text !== undefined || oneRow(response.body).length === 0;
  return refusedByMailcow || !validator.accepts(request.body, place);
}

/** Calls that mailcow takes and the documented methods refuse all the same, each with the reason. */
const stricter: Record<string, RegExp> = {
  // A list of domains is no name of a domain, though a duplicated key may be stored under it.
  "GET /api/v1/get/dkim/{domain}": /comma list/,
  // The documented method has a target and no flags in its place; an alias of itself is skipped in silence or loops.
  "POST /api/v1/add/alias": /goto_(null|spam|ham)|address equals/,
  // mailcow ignores a repetition without the password that it repeats.
  "POST /api/v1/edit/mailbox": /^only password2/,
};

describe("every recorded exchange gets the right answer from", () => {
  test.each(Object.entries(methods))("%s", async (route, { call, success }) => {
    const recorded = exchanges.filter(({ request }) => `${request.method} ${request.template}` === route);
    expect(recorded.length).toBeGreaterThan(5);
    let current: Exchange | undefined;
    const server = await serve((response, { path }) => {
      if (path === policy?.request.path) return json(response, policy.response.body);
      const { status = 0, contentType = "", body, text = JSON.stringify(body) } = current?.response ?? {};
      response.writeHead(status, { "content-type": contentType }).end(text);
    });
    const mcc = new MailcowApiClient(server.url, "key");
    let sent = 0;
    for (const exchange of recorded) {
      current = exchange;
      server.seen.length = 0;
      const body = structuredClone(exchange.request.body);
      const id = decodeURIComponent(decodeURIComponent(exchange.request.path.split("?")[0]?.split("/")[5] ?? ""));
      const outcome = await Promise.resolve()
        .then(() => call(mcc, body ?? {}, id))
        .catch((error) => error);
      const name = `${exchange.file}: ${exchange.name}`;
      expect(body, `${name}: input unchanged`).toEqual(exchange.request.body);
      if (outcome instanceof MailcowInputError) {
        expect(
          server.seen.map(({ path }) => path),
          `${name}: nothing sent (${outcome.message})`,
        ).toEqual([]);
        const isKnown = stricter[route]?.test(exchange.name) ?? false;
        expect(isKnown || wasWrong(exchange), `${name}: rightly refused (${outcome.message})`).toBe(true);
      } else {
        sent++;
        expect(outcome, name).toEqual(expected(exchange, id, success));
        const path = server.seen.at(-1)?.path ?? "";
        expect(decodeURIComponent(decodeURIComponent(path)).toLowerCase(), name).toContain(id.toLowerCase());
      }
    }
    expect(sent).toBeGreaterThan(recorded.length / 3);
  });
});
