export { RecipientMaps } from "./maps.ts";
