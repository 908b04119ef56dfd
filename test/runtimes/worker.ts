import { keptClient, report } from "./smoke.ts";

// workerd: what one request makes may be used by the next, but what it waits for ends with it.
export default {
  async fetch(request: Request): Promise<Response> {
    const { origin, pathname, searchParams } = new URL(request.url);
    const server = searchParams.get("server") ?? "";
    if (pathname === "/run") await report(server, { self: origin });
    if (pathname === "/one") return Response.json(await keptClient(server, "kept", 1).getDomain());
    if (pathname === "/drop")
      void keptClient(server, "dropped", 4)
        .getDomain()
        .catch(() => {});
    if (pathname === "/later") return Response.json(await keptClient(server, "dropped", 4).getDomain());
    return new Response("");
  },
};
