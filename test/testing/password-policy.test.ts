import { expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

test("new passwords have to meet a policy that was set", async () => {
  const { mcc, post } = inMemory({ domains: ["example.com"] });
  await mcc.passwordPolicy.edit({ length: 8, numbers: 1 });
  await post("edit/passwordpolicy", { attr: { length: 2 } });
  expect(await mcc.passwordPolicy.get()).toMatchObject({ length: "8", numbers: "1", chars: "0" });
  const add = (password: string) =>
    post("add/mailbox", { local_part: "ann", domain: "example.com", password, password2: password, quota: 1 });
  expect(codesIn(await add("secrets1"))).toContainEqual(["mailbox_added", "ann@example.com"]);
  expect(codesIn(await add("secrets"))).not.toContainEqual(["mailbox_added", "ann@example.com"]);
  expect(await mcc.passwordPolicy.getHtml()).toContain("Minimum password length is 8<br>");
});
