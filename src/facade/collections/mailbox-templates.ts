export { MailboxTemplates } from "./templates.ts";
