import type { Traits } from "../contract.ts";
import { traits } from "../generated/traits.ts";

/** A route of the contract, with its parts. */
interface Known {
  readonly traits: Traits;
  readonly segments: readonly string[];
}

/** By their methods and paths, apart: to put these together takes longer than to find a route. */
let routes: Map<string, Map<string, Known>> | undefined;

/** What is known of a route; nothing if it is none of the contract's. */
export function knownRoute(method: string, path: string): Known | undefined {
  routes ??= allRoutes();
  return routes.get(method)?.get(path);
}

function allRoutes(): Map<string, Map<string, Known>> {
  const all = new Map<string, Map<string, Known>>();
  for (const [route, ofRoute] of Object.entries(traits)) {
    const [method = "", path = ""] = route.split(" ");
    const ofMethod = all.get(method) ?? new Map<string, Known>();
    all.set(method, ofMethod.set(path, { traits: ofRoute, segments: path.split("/") }));
  }
  return all;
}
