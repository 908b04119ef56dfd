export { DomainPolicies } from "./policies.ts";
