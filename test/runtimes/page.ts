import { report } from "./smoke.ts";

// A browser: a page of the server's own.
await report(location.origin);
