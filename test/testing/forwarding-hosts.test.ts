import { expect, test } from "vitest";
import { inMemory } from "../support/in-memory.ts";

test("addresses are taken unchecked, listed as they came, and not sorted", async () => {
  const { mailcow, post } = inMemory();
  for (const hostname of ["203.0.113.9", "999.1", "cafe", 42]) await post("add/fwdhost", { hostname, filter_spam: 1 });
  expect(mailcow.look("get/fwdhost/all")).toMatchObject([
    { host: "203.0.113.9", keep_spam: "no" },
    { host: "999.1" },
    { host: "cafe" },
    { host: 42 },
  ]);
});

test("a name leads to an address of its own, or to what a test put in", async () => {
  const { mailcow, mcc } = inMemory();
  const [made] = await mcc.forwardingHosts.add({ hostname: "mail.b.test" });
  expect(made).toMatchObject({ host: expect.stringMatching(/^198\.1[89]\./), source: "mail.b.test", keep_spam: "yes" });
  await expect(mcc.forwardingHosts.add({ hostname: "mail.invalid" })).rejects.toMatchObject({
    codes: ["invalid_host"],
  });
  const { settings, ...rest } = mailcow.snapshot();
  mailcow.restore({ ...rest, settings: { ...settings, DNS: { "c.test": ["192.0.2.1", "2001:db8::/64"] } } });
  expect(await mcc.forwardingHosts.add({ hostname: "c.test" })).toMatchObject([
    { host: "192.0.2.1", source: "c.test" },
    { host: "2001:db8::/64", source: "c.test" },
  ]);
});

test("an edit without keep_spam switches it off", async () => {
  const { mailcow, post } = inMemory({ forwardingHosts: [{ hostname: "203.0.113.1", filter_spam: 0 }] });
  await post("edit/fwdhost", { items: ["203.0.113.1"], attr: {} });
  expect(mailcow.look("get/fwdhost/203.0.113.1")).toMatchObject({ keep_spam: "no" });
});
