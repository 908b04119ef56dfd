// A Cloudflare Worker that tells whether an address can still be had: GET /?address=ann@example.com. It needs the
// secrets MAILCOW_API_BASEURL and MAILCOW_API_KEY; a read-only key is enough.
//
//   npx wrangler deploy examples/worker.mjs --name addresses
import { isMailcowError, MailcowApiClient } from "mailcow-client";

/** One client for all requests of an instance. @type {MailcowApiClient | undefined} */
let mcc;

export default {
  /** @param {Request} request @param {Record<string, string>} env */
  async fetch(request, env) {
    const address = new URL(request.url).searchParams.get("address");
    if (!address) return Response.json({ error: "address is missing" }, { status: 400 });
    mcc ??= MailcowApiClient.fromEnv({ timeoutMs: 10_000 }, env);
    try {
      // Ends when the client leaves.
      const options = { signal: request.signal };
      const [mailbox, aliases] = await Promise.all([
        mcc.mailboxes.get(address, options),
        mcc.aliases.list({ domain: address.split("@")[1] ?? "" }, options),
      ]);
      const free = !mailbox && !aliases.some((alias) => alias.address === address.toLowerCase());
      return Response.json({ address, free });
    } catch (error) {
      if (!isMailcowError(error)) throw error;
      return Response.json({ error: "try again later" }, { status: error.kind === "input" ? 400 : 502 });
    }
  },
};
