export { BccMaps } from "./maps.ts";
