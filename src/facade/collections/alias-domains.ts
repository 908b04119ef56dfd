export { AliasDomains } from "./old-domains.ts";
