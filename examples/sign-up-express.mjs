// A sign-up with Express. A browser may repeat it with the same `id` (a random text that the form holds): the mailbox
// keeps it as a tag, so that only its own sign-up gets 200 again. If the client leaves, the call to mailcow ends.
//
//   npm install express && DOMAIN=example.com node --env-file=.env examples/sign-up-express.mjs
import express from "express";
import { isMailcowError, MailcowApiClient } from "mailcow-client";

const { DOMAIN: domain = "example.com", PORT: port = "3000" } = process.env;
const mcc = MailcowApiClient.fromEnv({ timeoutMs: 10_000 });
const app = express();

app.post("/sign-up", express.json(), async (request, response) => {
  const { id, name, password } = request.body ?? {};
  if (!/^[\w-]{16,64}$/.test(id) || !name || !password) return response.status(400).json({ error: "incomplete" });
  const left = new AbortController();
  response.on("close", () => left.abort());
  const { signal } = left;
  const tag = `sign-up-${id}`;
  try {
    const { username } = await mcc.mailboxes.add(
      { domain, local_part: name, password, quota: 1024, tags: [tag] },
      { signal },
    );
    return response.status(201).json({ mailbox: username });
  } catch (error) {
    if (signal.aborted) return console.log("the client left");
    if (!isMailcowError(error)) throw error;
    if (error.kind === "input") return response.status(400).json({ error: `${error.field} is invalid` });
    if (error.kind !== "rejected") return response.status(502).json({ error: "try again later" });
    if (error.category !== "exists") return response.status(422).json({ error: error.failures[0]?.cause });
    const mailbox = await mcc.mailboxes.get(`${name}@${domain}`, { signal });
    return mailbox?.tags?.includes(tag)
      ? response.status(200).json({ mailbox: mailbox.username })
      : response.status(409).json({ error: "taken" });
  }
});

app.listen(Number(port), () => console.log(`http://localhost:${port}/sign-up`));
