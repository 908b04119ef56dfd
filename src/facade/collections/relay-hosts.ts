export { RelayHosts } from "./mail-routing.ts";
