import { expect, test } from "vitest";
import { codesIn, inMemory } from "../support/in-memory.ts";

test("bad entries of a list are refused, the others stored in natural order", async () => {
  const { post, mailcow } = inMemory();
  const said = await post("edit/fail2ban", {
    attr: { whitelist: "192.0.2.10 192.0.2.9;nonsense!,mail.example.com", blacklist: "0.0.0.0/0 2001:db8::/32" },
  });
  expect(codesIn(said)).toEqual([
    ["network_host_invalid", "nonsense!"],
    ["network_host_invalid", "0.0.0.0/0"],
    "f2b_modified",
  ]);
  expect(mailcow.look("get/fail2ban")).toMatchObject({
    whitelist: "192.0.2.9\n192.0.2.10\nmail.example.com",
    blacklist: "2001:db8::/32",
  });
});

test("an edit switches off what it does not name, and an action without networks is an edit", async () => {
  const { post, mailcow } = inMemory();
  await post("edit/fail2ban", { attr: { action: "unban", ban_time: 1, netban_ipv4: 0 } });
  expect(mailcow.look("get/fail2ban")).toMatchObject({ ban_time: 60, netban_ipv4: 0, ban_time_increment: false });
});

test("a network moves from one list to the other, and is queued for the end of its ban", async () => {
  const { mcc, mailcow } = inMemory();
  await mcc.fail2ban.ban("192.0.2.1");
  await mcc.fail2ban.allow("192.0.2.1");
  expect(mailcow.look("get/fail2ban")).toMatchObject({ whitelist: "192.0.2.1", blacklist: "" });
  expect(mailcow.state.settings).toMatchObject({ F2B_QUEUE_UNBAN: ["192.0.2.1"] });
});

test("the id of the list of bans is changed by who knows it", async () => {
  const { mcc } = inMemory();
  const first = await mcc.fail2ban.refreshBanlist();
  expect(first).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  expect(await mcc.fail2ban.get()).toMatchObject({ banlist_id: first });
});
