import { expectTypeOf, test, vi } from "vitest";
import {
  type ActionResult,
  type AddedMailbox,
  type Alias,
  type CallOptions,
  createMailcowClient,
  type DkimKey,
  type Domain,
  type FailedResult,
  isMailcowError,
  type Mailbox,
  type Mailboxes,
  MailcowApiClient,
  type MailcowAuthError,
  type MailcowCategory,
  type MailcowError,
  type MailcowFailure,
  type MailcowInputError,
  type MailcowRejectedError,
  type ManyOutcome,
  type NewAlias,
  type Outcome,
} from "../src/index.ts";

const mcc = new MailcowApiClient("https://mail.example.com", "key");
const api = createMailcowClient({ baseUrl: "https://mail.example.com", apiKey: "key" });

test("documented methods return the rows of the contract", () => {
  expectTypeOf(mcc.getDomain()).resolves.toEqualTypeOf<Domain[]>();
  expectTypeOf(mcc.getMailboxes("all")).resolves.toEqualTypeOf<Mailbox[]>();
  expectTypeOf(mcc.getDKIM("example.com")).resolves.toEqualTypeOf<DkimKey | null>();
  expectTypeOf(mcc.addDomain("example.com")).resolves.toEqualTypeOf<true>();
  expectTypeOf(mcc.updateMailboxes({ items: "a@b.c", attr: {} })).resolves.toEqualTypeOf<ActionResult[]>();
});

/** Whether this is an item or several. */
type Takes<Input> =
  Extract<Input, readonly (string | number)[]> extends never
    ? false
    : Extract<Input, string | number> extends never
      ? false
      : true;

type Wrong<Of, Name extends string> = {
  [K in keyof Of & string]: Of[K] extends (first: infer Input, ...rest: never) => infer Result
    ? Takes<Input> extends true
      ? Result extends Promise<readonly Outcome<string | number>[]>
        ? never
        : `${Name}.${K}`
      : Result extends Promise<readonly ActionResult[]>
        ? K extends "add" | "import" | "getOrAdd" | "ensure"
          ? `${Name}.${K}`
          : never
        : never
    : never;
}[keyof Of & string];

test("methods for several items return an outcome for each, and methods that create return a row", () => {
  type Collections = Omit<MailcowApiClient, "api">;
  type AllWrong = { [C in keyof Collections]: Collections[C] extends object ? Wrong<Collections[C], C> : never };
  // Nothing reads a policy of MTA-STS.
  expectTypeOf<AllWrong[keyof AllWrong]>().toEqualTypeOf<"mtaSts.add">();
});

test("rows have the types that the server sends", () => {
  expectTypeOf<Domain["active"]>().toEqualTypeOf<number>();
  expectTypeOf<Domain["bytes_total"]>().toEqualTypeOf<string | 0>();
  expectTypeOf<Domain["quota_used_in_domain"]>().toEqualTypeOf<string>();
  expectTypeOf<Domain["modified"]>().toEqualTypeOf<string | null>();
  expectTypeOf<Domain["rl"]>().toExtend<false | { value: string; frame: "s" | "m" | "h" | "d" | "1" }>();
  expectTypeOf<Mailbox["percent_in_use"]>().toEqualTypeOf<number | "- ">();
});

test("wrong input does not compile", () => {
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

test("kind tells errors apart", () => {
  const error = {} as MailcowError;
  expectTypeOf(error.kind).toEqualTypeOf<"input" | "network" | "timeout" | "auth" | "http" | "reply" | "rejected">();

  const rejection = {} as MailcowRejectedError;
  expectTypeOf(rejection.is("domain_exists")).toEqualTypeOf<boolean>();
  // @ts-expect-error mailcow has no such code
  rejection.is("domain_exsits");
  expectTypeOf(rejection.codes).toExtend<readonly string[]>();
});

test("failures narrow by kind, and include every kind", () => {
  const thrown: unknown = {};
  if (isMailcowError(thrown)) expectTypeOf(thrown).toEqualTypeOf<MailcowFailure>();
  const failure = {} as MailcowFailure;
  expectTypeOf<MailcowFailure["kind"]>().toEqualTypeOf<MailcowError["kind"]>();
  switch (failure.kind) {
    case "rejected":
      expectTypeOf(failure).toEqualTypeOf<MailcowRejectedError>();
      expectTypeOf(failure.category).toEqualTypeOf<MailcowCategory>();
      expectTypeOf(failure.failures).toEqualTypeOf<readonly FailedResult[]>();
      break;
    case "input":
      expectTypeOf(failure).toEqualTypeOf<MailcowInputError>();
      break;
    case "auth":
      expectTypeOf(failure).toEqualTypeOf<MailcowAuthError>();
      break;
    case "http":
      expectTypeOf(failure.status).toEqualTypeOf<number>();
      break;
    case "reply":
      expectTypeOf(failure.empty).toEqualTypeOf<boolean>();
      break;
    case "network":
    case "timeout":
      break;
    default:
      expectTypeOf(failure).toEqualTypeOf<never>();
  }
});

test("an outcome of addMany has an error of this library, and a refused item has its category", () => {
  const outcome = {} as ManyOutcome<NewAlias, Alias>;
  if (outcome.status === "failed" || outcome.status === "unknown")
    expectTypeOf(outcome.error).toEqualTypeOf<MailcowFailure>();
  expectTypeOf<FailedResult["category"]>().toEqualTypeOf<MailcowCategory>();
  expectTypeOf<FailedResult["cure"]>().toEqualTypeOf<string>();
  // @ts-expect-error there is no such category
  const category: MailcowCategory = "forbidden";
  expectTypeOf(category).toExtend<string>();
});

test("a mailbox needs a quota in MiB, or a template that supplies it", () => {
  // @ts-expect-error neither a quota nor a template
  mcc.mailboxes.add({ domain: "example.com", local_part: "ann" });
  // @ts-expect-error a size with a unit is no number of MiB
  mcc.mailboxes.add({ domain: "example.com", local_part: "ann", quota: "5GB" });
  // @ts-expect-error neither is a size here
  mcc.mailboxes.edit("ann@example.com", { quota: "5GB" });
  mcc.mailboxes.add({ domain: "example.com", local_part: "ann", quota: 1024 });
  mcc.mailboxes.add({ domain: "example.com", local_part: "ann", quota: "1024" });
  mcc.mailboxes.add({ domain: "example.com", local_part: "ann", template: 3 });
});

test("add returns the row, unless `read` is a variable or false", () => {
  const alias = { address: "a@example.com", goto: "b@example.com" };
  const read = Math.random() > 0.5;
  expectTypeOf(mcc.aliases.add(alias)).resolves.toEqualTypeOf<Alias>();
  expectTypeOf(mcc.aliases.add(alias, { timeoutMs: 5000 })).resolves.toEqualTypeOf<Alias>();
  expectTypeOf(mcc.aliases.add(alias, { read })).resolves.toEqualTypeOf<Alias | null>();
  expectTypeOf(mcc.aliases.add(alias, { read: false })).resolves.toEqualTypeOf<Alias | null>();
  expectTypeOf(mcc.aliases.addMany([alias])).resolves.toEqualTypeOf<ManyOutcome<NewAlias, Alias>[]>();
  expectTypeOf(mcc.aliases.addMany([alias], { read })).resolves.toEqualTypeOf<ManyOutcome<NewAlias, Alias | null>[]>();
});

test("filters and options have only existing fields", () => {
  // @ts-expect-error a filter is no text
  mcc.mailboxes.list("example.com");
  // @ts-expect-error there is no such filter
  mcc.mailboxes.list({ domains: ["example.com"] });
  // @ts-expect-error a filter that is undefined would mean everything
  mcc.mailboxes.list({ domain: undefined });
  // @ts-expect-error there is no such option
  mcc.domains.ensure({ domain: "example.com" }, { dryRun: true });
  // @ts-expect-error there is no such option
  mcc.domains.addMany([{ domain: "example.com" }], { concurency: 1 });
  // @ts-expect-error there is no such option
  new MailcowApiClient("https://mail.example.com", "key", { retrys: 3 });
  // @ts-expect-error the key is missing
  new MailcowApiClient({ baseUrl: "https://mail.example.com" });
  new MailcowApiClient({ baseUrl: "https://mail.example.com", apiKey: "key", retries: 3 });
  mcc.mailboxes.list({ domain: ["example.com"] as const, tags: ["red"] as const }, { timeoutMs: 60_000 });
});

test("readonly lists are accepted like lists", () => {
  const names = ["ann@example.com", "bob@example.com"] as const;
  mcc.mailboxes.edit(names, { tags: ["red"] as const, sender_acl: names, protocol_access: ["imap"] as const });
  mcc.aliases.add({ address: "all@example.com", goto: names });
  mcc.mailboxes.setTags("ann@example.com", ["red"] as const);
  mcc.deleteMailbox(names);
  const flag: 0 | 1 = 1;
  mcc.domains.edit("example.com", { active: flag });
});

test("a misspelt field in a body of the raw client does not compile", () => {
  // @ts-expect-error quota is misspelt
  api.POST("/api/v1/edit/mailbox", { body: { items: ["ann@example.com"], attr: { qouta: 1024 } } });
  // @ts-expect-error domain is misspelt
  api.POST("/api/v1/add/domain", { body: { domian: "example.com" } });
  // @ts-expect-error there is no such option
  api.GET("/api/v1/get/domain/all", { timeout: 5000 });
});

test("methods can be replaced in the tests of a program that uses them", () => {
  const row = {} as AddedMailbox;
  const add = vi.fn<Mailboxes["add"]>().mockResolvedValue(row);
  const mocked: Pick<Mailboxes, "add"> = { add };
  const plain: Pick<Mailboxes, "add" | "delete" | "get"> = {
    add: async () => row,
    delete: async () => [],
    get: async (_: string, __?: CallOptions) => null,
  };
  expectTypeOf(mocked.add({ domain: "a.example", local_part: "b", quota: 1 })).resolves.toEqualTypeOf<AddedMailbox>();
  expectTypeOf(plain.get("ann@example.com")).resolves.toEqualTypeOf<Mailbox | null>();
});
