import { allAdded, type MethodCalls } from "./types.ts";

export const routing: MethodCalls = {
  "bccMaps.list": (mcc) => mcc.bccMaps.list(),
  "bccMaps.get": (mcc) => mcc.bccMaps.get(3),
  "bccMaps.add": (mcc) => mcc.bccMaps.add({ local_dest: "@example.com", bcc_dest: "copy@example.net", type: "sender" }),
  "bccMaps.addMany": async (mcc) =>
    allAdded(await mcc.bccMaps.addMany([{ local_dest: "@example.com", bcc_dest: "copy@example.net", type: "sender" }])),
  "bccMaps.edit": (mcc) => mcc.bccMaps.edit([3, 1], { active: 0 }),
  "bccMaps.delete": (mcc) => mcc.bccMaps.delete(3),
  "bccMaps.destinationOptions": (mcc) => mcc.bccMaps.destinationOptions(),
  "oauth2Clients.list": (mcc) => mcc.oauth2Clients.list(),
  "oauth2Clients.get": (mcc) => mcc.oauth2Clients.get(6),
  "oauth2Clients.add": (mcc) => mcc.oauth2Clients.add({ redirect_uri: "https://app.example.com/cb" }),
  "oauth2Clients.addMany": async (mcc) =>
    allAdded(await mcc.oauth2Clients.addMany([{ redirect_uri: "https://app.example.com/cb" }])),
  "oauth2Clients.edit": (mcc) => mcc.oauth2Clients.edit(1, { redirect_uri: "https://app.example.org/cb" }),
  "oauth2Clients.renewSecret": (mcc) => mcc.oauth2Clients.renewSecret(1),
  "oauth2Clients.revokeTokens": (mcc) => mcc.oauth2Clients.revokeTokens(1),
  "oauth2Clients.delete": (mcc) => mcc.oauth2Clients.delete([7, 6]),
  "recipientMaps.list": (mcc) => mcc.recipientMaps.list(),
  "recipientMaps.get": (mcc) => mcc.recipientMaps.get(1),
  "recipientMaps.add": (mcc) =>
    mcc.recipientMaps.add({ recipient_map_old: "example.com", recipient_map_new: "example.org" }),
  "recipientMaps.addMany": async (mcc) =>
    allAdded(await mcc.recipientMaps.addMany([{ recipient_map_old: "example.com", recipient_map_new: "example.org" }])),
  "recipientMaps.edit": (mcc) => mcc.recipientMaps.edit(2, { recipient_map_new: "ann@example.org" }),
  "recipientMaps.delete": (mcc) => mcc.recipientMaps.delete([1, 2]),
  "relayHosts.list": (mcc) => mcc.relayHosts.list(),
  "relayHosts.get": (mcc) => mcc.relayHosts.get(1),
  "relayHosts.add": (mcc) => mcc.relayHosts.add({ hostname: "smtp.example.com:587" }),
  "relayHosts.addMany": async (mcc) => allAdded(await mcc.relayHosts.addMany([{ hostname: "smtp.example.com:587" }])),
  "relayHosts.edit": (mcc) => mcc.relayHosts.edit(1, { username: "ann" }),
  "relayHosts.delete": (mcc) => mcc.relayHosts.delete([1, 2]),
  "rspamdSettings.list": (mcc) => mcc.rspamdSettings.list(),
  "rspamdSettings.get": (mcc) => mcc.rspamdSettings.get(2),
  "rspamdSettings.add": async (mcc) => {
    const [{ desc, content } = { desc: "", content: "" }] = await mcc.rspamdSettings.list();
    return mcc.rspamdSettings.add({ desc, content });
  },
  "rspamdSettings.addMany": async (mcc) => {
    const [{ desc, content } = { desc: "", content: "" }] = await mcc.rspamdSettings.list();
    return allAdded(await mcc.rspamdSettings.addMany([{ desc, content }]));
  },
  "rspamdSettings.edit": (mcc) => mcc.rspamdSettings.edit([1, 2], { active: 0 }),
  "rspamdSettings.delete": (mcc) => mcc.rspamdSettings.delete(1),
  "tlsPolicyMaps.list": (mcc) => mcc.tlsPolicyMaps.list(),
  "tlsPolicyMaps.get": (mcc) => mcc.tlsPolicyMaps.get(2),
  "tlsPolicyMaps.add": (mcc) => mcc.tlsPolicyMaps.add({ dest: "example.net", policy: "encrypt" }),
  "tlsPolicyMaps.addMany": async (mcc) =>
    allAdded(await mcc.tlsPolicyMaps.addMany([{ dest: "example.net", policy: "encrypt" }])),
  "tlsPolicyMaps.edit": (mcc) => mcc.tlsPolicyMaps.edit(2, { policy: "verify", parameters: "match=hostname" }),
  "tlsPolicyMaps.delete": (mcc) => mcc.tlsPolicyMaps.delete(1),
  "transports.list": (mcc) => mcc.transports.list(),
  "transports.get": (mcc) => mcc.transports.get(4),
  "transports.add": (mcc) => mcc.transports.add({ destination: "example.net", nexthop: "relay.example.com" }),
  "transports.addMany": async (mcc) =>
    allAdded(await mcc.transports.addMany([{ destination: "example.net", nexthop: "relay.example.com" }])),
  "transports.edit": [
    (mcc) => mcc.transports.edit(4, { nexthop: "relay.example.org", username: "new", password: "p" }),
    (mcc) => mcc.transports.edit(3, { nexthop: "[relay.example.net]:587" }),
  ],
  "transports.delete": (mcc) => mcc.transports.delete([3, 4]),
};
