export { ServerPasswordPolicy } from "./old-settings.ts";
