export { TlsPolicyMaps } from "./maps.ts";
