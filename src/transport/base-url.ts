import { MailcowInputError } from "../errors.ts";

const example = "such as https://mail.example.com";
const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The address to which paths are appended. Drops a trailing slash and a pasted `/api/v1`. Refuses plain `http://`,
 * which would send the key over the network in clear, except on this machine or with `allowInsecure`.
 */
export function normalizeBaseUrl(input: unknown, allowInsecure: boolean): string {
  if (typeof input !== "string" || input.trim() === "") {
    throw new MailcowInputError(`baseUrl is missing: expected the address of the mailcow server, ${example}`);
  }
  const url = parse(input.trim());
  if (url.username || url.password) {
    throw new MailcowInputError(`baseUrl must not contain a user name or a password: expected an address ${example}`);
  }
  if (url.protocol === "http:" && !loopback.test(url.hostname) && !allowInsecure) {
    throw new MailcowInputError(
      `baseUrl is plain http, which shows the API key to the network: use https://${url.host}, or set allowInsecure`,
    );
  }
  return url.origin + url.pathname.replace(/(?<!\/)\/+$/, "").replace(/\/api(\/v1)?$/, "");
}

function parse(input: string): URL {
  let url: URL | undefined;
  try {
    url = new URL(input);
  } catch {
    // Not a URL: the check below says so.
  }
  if (url?.protocol !== "https:" && url?.protocol !== "http:") {
    throw new MailcowInputError(`baseUrl is not a web address: expected one with https://, ${example}`);
  }
  return url;
}
