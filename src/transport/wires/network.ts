import { refusal } from "../../refusal.ts";
import type { Environment } from "./runtime.ts";

/** Options that only Node's wire supports. */
export interface NetworkOptions {
  readonly ca?: string | readonly string[] | undefined;
  readonly proxy?: string | undefined;
}

/** Where to connect to for an address. */
export const peerOf = ({ protocol, hostname, port }: URL): { host: string; port: string } => ({
  host: hostname.replace(/^\[|\]$/g, ""),
  port: port || (protocol === "https:" ? "443" : "80"),
});

/** Refuses these options for any other wire. */
export function refuseNetwork(options: NetworkOptions): void {
  for (const name of ["ca", "proxy"] as const)
    if (options[name] !== undefined)
      throw refusal(name, "left out where calls go over fetch: bring a fetch that does this (docs/networks.md)");
}

/** The certificates of a PEM text or several. Node skips broken ones, and then trusts nothing. */
export function certificatesOf(ca: unknown, read: (pem: string) => unknown): string[] {
  const texts = [ca].flat();
  try {
    const found = texts.map((text) => String(text).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g));
    if (texts.length > 0 && found.every((some) => some?.map(read))) return found.flatMap((some) => some ?? []);
  } catch {
    // No certificate between these lines.
  }
  throw refusal("ca", "certificates as PEM text, or a list of such texts");
}

/**
 * The proxy on the way to a server, if there is one. Its address may hold a password, so that no message repeats it.
 */
export function proxyOf(proxy: unknown, server: URL, env: Environment = {}): URL | undefined {
  if (proxy === undefined) return undefined;
  if (proxy !== "env") return proxyAt(proxy, "proxy");
  const read = (name: string) => env[name.toLowerCase()] || env[name];
  const name = server.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const address = read(name);
  return address && !isExempt(server, read("NO_PROXY") ?? "") ? proxyAt(address, name) : undefined;
}

function proxyAt(address: unknown, field: string): URL {
  try {
    const url = new URL(String(address));
    // A password with a lone % can't be decoded.
    if (/^https?:$/.test(url.protocol) && url.hostname && decodeURIComponent(url.username + url.password) !== null)
      return url;
  } catch {
    // Not an address.
  }
  throw refusal(field, "the address of an HTTP proxy, such as http://proxy.example.com:3128");
}

/** Whether a server is on the list of servers to reach directly: `*`, or hosts, with their subdomains. */
function isExempt(server: URL, list: string): boolean {
  return list.split(/[\s,]+/).some((entry) => {
    const [, host = "", only] = /^(?:\*?\.)?(\*|\[.*\]|[^:]*)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (only && only !== peerOf(server).port) return false;
    return host === "*" || (host !== "" && `.${server.hostname}`.endsWith(`.${host}`));
  });
}
