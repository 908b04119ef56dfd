export { RspamdSettings } from "./old-filters.ts";
