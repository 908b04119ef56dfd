import { expectTypeOf, test } from "vitest";
import {
  type ActionResult,
  createMailcowClient,
  type DkimKey,
  type Domain,
  type Mailbox,
  MailcowApiClient,
  type MailcowError,
  type MailcowRejectedError,
} from "../src/index.ts";

const mcc = new MailcowApiClient("https://mail.example.com", "key");
const api = createMailcowClient({ baseUrl: "https://mail.example.com", apiKey: "key" });

test("documented methods answer the rows of the contract", () => {
  expectTypeOf(mcc.getDomain()).resolves.toEqualTypeOf<Domain[]>();
  expectTypeOf(mcc.getMailboxes("all")).resolves.toEqualTypeOf<Mailbox[]>();
  expectTypeOf(mcc.getDKIM("example.com")).resolves.toEqualTypeOf<DkimKey | null>();
  expectTypeOf(mcc.addDomain("example.com")).resolves.toEqualTypeOf<true>();
  expectTypeOf(mcc.updateMailboxes({ items: "a@b.c", attr: {} })).resolves.toEqualTypeOf<ActionResult[]>();
});

test("rows have the types that the server sends", () => {
  expectTypeOf<Domain["active"]>().toEqualTypeOf<number>();
  expectTypeOf<Domain["bytes_total"]>().toEqualTypeOf<string | 0>();
  expectTypeOf<Domain["quota_used_in_domain"]>().toEqualTypeOf<string>();
  expectTypeOf<Domain["modified"]>().toEqualTypeOf<string | null>();
  expectTypeOf<Domain["rl"]>().toExtend<false | { value: string; frame: "s" | "m" | "h" | "d" | "1" }>();
  expectTypeOf<Mailbox["percent_in_use"]>().toEqualTypeOf<number | "- ">();
});

test("input that can't be right does not compile", () => {
  // @ts-expect-error the domain is missing
  mcc.addMailbox({ local_part: "ann" });
  // @ts-expect-error there is no such field
  mcc.addDomain({ domain: "example.com", colour: "red" });
  // @ts-expect-error a flag is no word
  mcc.editDomain("example.com", { active: "yes" });
  // @ts-expect-error the id is no attribute
  mcc.editDomain("example.com", { domain: "example.org" });
  // @ts-expect-error there is no such span
  mcc.addDomain({ domain: "example.com", rl_value: 5, rl_frame: "w" });
  mcc.addDomain({ domain: "example.com", active: true, gal: 0, backupmx: "1", quota: "1024" });
});

test("the raw client knows paths, parameters and answers", async () => {
  const { data } = await api.GET("/api/v1/get/domain/{domain}", { params: { path: { domain: "example.com" } } });
  expectTypeOf(data).toExtend<Domain | Record<string, never> | undefined>();
  // @ts-expect-error there is no such path
  api.GET("/api/v1/get/nothing");
  // @ts-expect-error deletes take a bare list
  api.POST("/api/v1/delete/domain", { body: { items: ["example.com"] } });
  const { data: entries } = await api.POST("/api/v1/add/domain", { body: { domain: "example.com" } });
  if (Array.isArray(entries))
    expectTypeOf(entries[0]?.type).toEqualTypeOf<"success" | "danger" | "warning" | undefined>();
});

test("errors are told apart by kind", () => {
  const error = {} as MailcowError;
  expectTypeOf(error.kind).toEqualTypeOf<"input" | "network" | "timeout" | "auth" | "http" | "reply" | "rejected">();

  const rejection = {} as MailcowRejectedError;
  expectTypeOf(rejection.is("domain_exists")).toEqualTypeOf<boolean>();
  // @ts-expect-error mailcow has no such code
  rejection.is("domain_exsits");
  expectTypeOf(rejection.codes).toExtend<readonly string[]>();
});
