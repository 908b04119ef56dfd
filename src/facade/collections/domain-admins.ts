export { DomainAdmins } from "./admins.ts";
