export { MtaSts } from "./old-domains.ts";
