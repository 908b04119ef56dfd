import { asciiWith } from "./ascii.ts";
import { fetchWire, onlyOnce } from "./fetch.ts";
import type { NodeModules } from "./modules.ts";
import { type NetworkOptions, refuseNetwork } from "./network.ts";
import { nodeWire } from "./node.ts";
import { type Platform, runtimeOf } from "./runtime.ts";
import type { Wire } from "./wire.ts";

type Fetch = typeof globalThis.fetch;

/** Kept to notice whether a program replaces it, to trace calls or for tests. */
const platformFetch = globalThis.fetch;

/**
 * The wire to a server: Node's own in Node, and `fetch` everywhere else, or if the caller brings one. A program that
 * replaces `globalThis.fetch` wants it to be called; but its `fetch` does not know a client's proxy and certificates.
 */
export function wireTo(
  baseUrl: string,
  { fetch, ...network }: NetworkOptions & { readonly fetch?: Fetch | undefined },
  platform: Platform = globalThis as Platform,
): Wire {
  const runtime = runtimeOf(platform);
  const { process } = platform;
  const isNode = runtime === "node" && process?.getBuiltinModule !== undefined;
  const load = <Name extends keyof NodeModules>(name: Name) => process?.getBuiltinModule?.(name) as NodeModules[Name];
  const own: Fetch = fetch ?? ((url, init) => globalThis.fetch(url, init));
  const isPlatforms = !fetch || fetch === platformFetch;
  const bodyOf = isPlatforms && runtime !== "other" ? onlyOnce : undefined;
  const overFetch = fetchWire(baseUrl, own, bodyOf, isNode ? asciiWith(load) : undefined);
  if (fetch || !isNode) {
    refuseNetwork(network);
    return overFetch;
  }
  const overHttp = nodeWire(baseUrl, load, network, process.env);
  if (network.ca ?? network.proxy) return overHttp;
  return (request, receiver) => (globalThis.fetch === platformFetch ? overHttp : overFetch)(request, receiver);
}
