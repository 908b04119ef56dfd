/** `npm run recording`: records `npm start` as docs/start.svg. */
import { writeFileSync } from "node:fs";
import { recording } from "./lib/story.ts";

writeFileSync("docs/start.svg", await recording());
