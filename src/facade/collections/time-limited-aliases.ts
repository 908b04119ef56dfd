export { TimeLimitedAliases } from "./old-aliases.ts";
