import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as library from "../src/index.ts";

test("what can be imported changes only on purpose", () => {
  const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as { exports: object };
  expect(Object.keys(exports)).toEqual([".", "./testing", "./openapi.json", "./package.json"]);
  expect(Object.keys(library).sort()).toEqual([
    "MailcowApiClient",
    "MailcowAuthError",
    "MailcowError",
    "MailcowHttpError",
    "MailcowInputError",
    "MailcowNetworkError",
    "MailcowRejectedError",
    "MailcowReplyError",
    "MailcowTimeoutError",
    "createMailcowClient",
    "isMailcowError",
  ]);
});
