export { ForwardingHosts } from "./mail-routing.ts";
