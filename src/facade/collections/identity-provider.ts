export { IdentityProvider } from "./single-sign-on.ts";
