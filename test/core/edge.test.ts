import { expect, test } from "vitest";
import { Api } from "../../src/core/api.ts";
import { Collection } from "../../src/core/collection.ts";
import { getAdmin } from "../../src/generated/routes/admins.ts";
import { MailcowApiClient, MailcowInputError, MailcowReplyError } from "../../src/index.ts";
import { apiKey, clientOf } from "../support/client.ts";
import { collect } from "../support/collect.ts";
import { json } from "../support/server.ts";

test("an error thrown by the input becomes an input error, and nothing is sent", async () => {
  const { mcc, server } = await clientOf({});
  const broken = {
    get domain(): string {
      throw new RangeError("broken");
    },
  };
  const error = await mcc.domains.add(broken as never).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MailcowInputError);
  expect(error).toMatchObject({ message: "add: the input can't be read", cause: { message: "broken" } });
  expect(server.seen).toEqual([]);
});

test("an answer whose row has a field of another kind is refused by name, also in generators", async () => {
  const rows = [{ username: "ann@example.com", attributes: null, tags: 5 }];
  const { mcc } = await clientOf((response, { path }) =>
    json(response, path.includes("/search/") ? { data: rows, recordsFiltered: 1 } : rows[0]),
  );
  const says = "the server's answer does not fit this route:";
  await expect(mcc.mailboxes.edit("ann@example.com", { name: "Ann" })).rejects.toThrow(
    `get/mailbox/{mailbox}: ${says} tags is not what it should be`,
  );
  const read = collect(mcc.mailboxes.iterate());
  await expect(read).rejects.toThrow(`search/mailbox: ${says} data.*.attributes is not what it should be`);
  await expect(read).rejects.toBeInstanceOf(MailcowReplyError);
});

test("any other error after an answer becomes a reply error", async () => {
  const { mcc } = await clientOf((response) => json(response, { username: "ann", attributes: {} }));
  class Broken extends Collection {
    async read(): Promise<void> {
      await this.call(getAdmin, { username: "ann" });
      throw new TypeError("broken");
    }
  }
  const broken = new Broken(new Api(mcc.api)).read();
  await expect(broken).rejects.toBeInstanceOf(MailcowReplyError);
  await expect(broken).rejects.toMatchObject({ cause: { message: "broken" } });
});

test.each([new TypeError("mine"), "enough", undefined])(
  "the caller's own abort reason stays unchanged: %s",
  async (reason) => {
    const mcc = new MailcowApiClient("https://mail.example.com", apiKey, { fetch: () => new Promise(() => {}) });
    const controller = new AbortController();
    const call = mcc.domains.list({}, { signal: controller.signal });
    controller.abort(reason);
    await expect(call).rejects.toBe(controller.signal.reason);
  },
);
