export { Pushover } from "./mailbox-settings.ts";
