export { DomainTemplates } from "./templates.ts";
