export { Transports } from "./mail-routing.ts";
