import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

const domain = "example.com";

test("keys are RSA keys of the size that was asked for", async () => {
  const { mcc } = inMemory({ domains: [{ domain, key_size: 0 }] });
  expect(await mcc.dkim.get(domain)).toBeNull();
  const { pubkey } = await mcc.dkim.add({ domain, key_size: 3072, dkim_selector: "s1" });
  const key = createPublicKey({ key: Buffer.from(pubkey, "base64"), format: "der", type: "spki" });
  expect(key.asymmetricKeyDetails?.modulusLength).toBe(3072);
  await expect(mcc.dkim.add({ domain, key_size: 2048 })).rejects.toMatchObject({
    codes: ["dkim_domain_or_sel_invalid"],
  });
});

test.each(["pkcs8", "pkcs1"] as const)("an imported %s key is published by its own public key", async (type) => {
  const { mcc } = inMemory({ domains: [{ domain, key_size: 0 }] });
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const private_key_file = String(privateKey.export({ type, format: "pem" }));
  const row = await mcc.dkim.import({ domain, private_key_file, dkim_selector: "mine" });
  expect(row).toMatchObject({ dkim_selector: "mine", length: "1024" });
  expect(row.pubkey).toBe(publicKey.export({ type: "spki", format: "der" }).toString("base64"));
});

test("an import is refused by the key, the name, what is there, and the selector, in this order", async () => {
  const { post } = inMemory({ domains: [domain] });
  const key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----";
  const add = async (fields: object) => codesIn(await post("add/dkim_import", fields))[0];
  expect(await add({ domain: "-", private_key_file: "key" })).toEqual(["private_key_error", expect.anything()]);
  expect(await add({ domain: "-", private_key_file: key })).toEqual(["dkim_domain_or_sel_invalid", "-"]);
  expect(await add({ domain, private_key_file: key, dkim_selector: "" })).toEqual([
    "dkim_domain_or_sel_exists",
    domain,
  ]);
  expect(await add({ domain, private_key_file: key, dkim_selector: "", overwrite_existing: 1 })).toEqual([
    "dkim_domain_or_sel_invalid",
    domain,
  ]);
});

test("keys outlive their domains, and can be copied to names that are none", async () => {
  const { mcc, post } = inMemory({ domains: [domain] });
  const key = await mcc.dkim.get(domain);
  await mcc.domains.delete(domain);
  await post("add/dkim_duplicate", { from_domain: domain, to_domain: ["", "b.test"] });
  expect(await mcc.dkim.get("b.test")).toEqual(key);
  await mcc.dkim.delete(domain);
  expect(await mcc.dkim.get(domain)).toBeNull();
});
