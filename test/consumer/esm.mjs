import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { MailcowApiClient, MailcowInputError } from "mailcow-client";

const mcc = new MailcowApiClient("https://mail.example.com", "key", { fetch: async () => Response.json({}) });
assert.deepEqual(await mcc.getDomain(), []);
assert.throws(() => new MailcowApiClient(undefined, "key"), MailcowInputError);
const { openapi, paths } = createRequire(import.meta.url)("mailcow-client/openapi.json");
assert.equal(openapi, "3.1.0");
assert.ok("/api/v1/add/domain" in paths);
// For this, openapi-fetch is loaded.
mcc.api.use({ onRequest: () => Response.json([1]) });
assert.deepEqual((await mcc.api.GET("/api/v1/get/domain/all")).data, [1]);
console.log("imports from ESM");
