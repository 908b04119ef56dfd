import { cors } from "../rules/settings.ts";
import type { Server } from "./server.ts";

/** The headers about browsers that every answer has. */
export function corsHeaders({ db, hostname }: Server, origin: string): Record<string, string> {
  const { allowed_origins, allowed_methods } = db.get(cors);
  const asked = origin.toLowerCase();
  const own = [`https://${hostname}`, `http://${hostname}`];
  const isOpen = allowed_origins.includes("*");
  const isAllowed = asked !== "" && (allowed_origins.length > 0 ? allowed_origins : own).includes(asked);
  return {
    ...((isOpen || isAllowed) && { "access-control-allow-origin": isOpen ? "*" : asked }),
    "access-control-allow-methods":
      allowed_methods.length > 0 ? `${allowed_methods.join(", ")}, OPTIONS` : "GET, POST, PUT, DELETE, OPTION, OPTIONS",
    "access-control-allow-headers": "Accept, Content-Type, X-Api-Key, Origin",
    ...(!isOpen && { vary: "Origin" }),
  };
}

/** Whether a browser may send what it asks for before it does; nothing where the request is no such question. */
export function preflight({ db, release }: Server, method: string, headers: Headers): boolean | undefined {
  const asked = headers.get("access-control-request-method");
  if (method !== "OPTIONS" || asked === null || !headers.has("access-control-request-headers")) return undefined;
  const { allowed_methods } = db.get(cors);
  const allowed = allowed_methods.length > 0 ? allowed_methods : ["GET", "POST", "PUT", "DELETE"];
  return release < "2026-07a" || [...allowed, "OPTIONS"].includes(asked);
}
