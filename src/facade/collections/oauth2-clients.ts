export { Oauth2Clients } from "./single-sign-on.ts";
