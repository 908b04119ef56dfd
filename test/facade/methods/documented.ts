import { type MethodCalls, many, none } from "./types.ts";

const password = "Secret-pass.1x";

export const documented: MethodCalls = {
  getDomain: [(mcc) => mcc.getDomain(), (mcc) => mcc.getDomain("example.com")],
  addDomain: (mcc) => mcc.addDomain("example.com"),
  editDomain: (mcc) => mcc.editDomain("example.com", { aliases: 399 }),
  deleteDomain: (mcc) => mcc.deleteDomain("example.com"),
  addDKIM: (mcc) => mcc.addDKIM("example.com"),
  getDKIM: (mcc) => mcc.getDKIM("example.com"),
  deleteDKIM: (mcc) => mcc.deleteDKIM("example.com"),
  addAndGetDKIM: {
    run: (mcc) => mcc.addAndGetDKIM("example.com"),
    answers: { "GET /api/v1/get/dkim/{domain}": [none] },
  },
  addDomainAdmin: (mcc) => mcc.addDomainAdmin({ domains: "example.com" }),
  addMailbox: (mcc) => mcc.addMailbox({ domain: "example.com" }),
  deleteMailbox: (mcc) => mcc.deleteMailbox("ann@example.com"),
  addAlias: (mcc) => mcc.addAlias("info@example.com", "ann@example.com"),
  updateMailboxes: [
    (mcc) => mcc.updateMailboxes({ items: ["ann@example.com"], attr: { name: "Ann", password } }),
    (mcc) => mcc.updateMailboxes({ items: many, attr: { name: "Ann" } }),
  ],
  getMailboxes: [(mcc) => mcc.getMailboxes(), (mcc) => mcc.getMailboxes("ann@example.com")],
};
