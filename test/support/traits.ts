import type { Traits } from "../../src/contract.ts";
import { knownRoute } from "../../src/transport/traits.ts";

/** What the transport knows of a route, such as `GET /api/v1/get/domain/all`. */
export function traitsOf(route: string): Traits | undefined {
  const [method = "", path = ""] = route.split(" ");
  return knownRoute(method, path)?.traits;
}
