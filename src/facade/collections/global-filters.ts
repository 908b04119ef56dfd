export { GlobalFilters } from "./old-filters.ts";
