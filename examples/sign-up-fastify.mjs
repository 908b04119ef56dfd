// The same sign-up with Fastify: it can be repeated with the same `id`, and ends when the client leaves.
//
//   npm install fastify && DOMAIN=example.com node --env-file=.env examples/sign-up-fastify.mjs
import fastify from "fastify";
import { isMailcowError, MailcowApiClient } from "mailcow-client";

const { DOMAIN: domain = "example.com", PORT: port = "3000" } = process.env;
const mcc = MailcowApiClient.fromEnv({ timeoutMs: 10_000 });
const app = fastify();
const text = { type: "string", minLength: 1 };
const body = {
  type: "object",
  required: ["id", "name", "password"],
  properties: { id: { type: "string", pattern: "^[\\w-]{16,64}$" }, name: text, password: text },
};

app.post("/sign-up", { schema: { body } }, async (request, reply) => {
  const { id, name, password } = /** @type {{ id: string, name: string, password: string }} */ (request.body);
  const left = new AbortController();
  reply.raw.on("close", () => left.abort());
  const options = { signal: left.signal };
  const tag = `sign-up-${id}`;
  try {
    const mailbox = { domain, local_part: name, password, quota: 1024, tags: [tag] };
    const { username } = await mcc.mailboxes.add(mailbox, options);
    return reply.code(201).send({ mailbox: username });
  } catch (error) {
    if (left.signal.aborted) return void console.log("the client left");
    if (!isMailcowError(error)) throw error;
    if (error.kind === "input") return reply.code(400).send({ error: `${error.field} is invalid` });
    if (error.kind !== "rejected") return reply.code(502).send({ error: "try again later" });
    if (error.category !== "exists") return reply.code(422).send({ error: error.failures[0]?.cause });
    const mailbox = await mcc.mailboxes.get(`${name}@${domain}`, options);
    if (!mailbox?.tags?.includes(tag)) return reply.code(409).send({ error: "taken" });
    return reply.code(200).send({ mailbox: mailbox.username });
  }
});

console.log(`${await app.listen({ port: Number(port) })}/sign-up`);
