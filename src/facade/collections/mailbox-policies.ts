export { MailboxPolicies } from "./policies.ts";
