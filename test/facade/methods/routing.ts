import type { MethodCalls } from "./types.ts";

export const routing: MethodCalls = {
  "relayHosts.list": (mcc) => mcc.relayHosts.list(),
  "relayHosts.get": (mcc) => mcc.relayHosts.get(1),
  "relayHosts.add": (mcc) => mcc.relayHosts.add({ hostname: "smtp.example.com:587" }),
  "relayHosts.edit": (mcc) => mcc.relayHosts.edit(1, { username: "ann" }),
  "relayHosts.delete": (mcc) => mcc.relayHosts.delete([1, 2]),
};
