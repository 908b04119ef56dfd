import { expect, test } from "vitest";
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

test("an error caused by an answer becomes a reply error, also in generators", async () => {
  const rows = [{ username: "ann@example.com", attributes: null, tags: 5 }];
  const { mcc } = await clientOf((response, { path }) =>
    json(response, path.includes("/search/") ? { data: rows, recordsFiltered: 1 } : rows[0]),
  );
  const errors = [
    await mcc.mailboxes.edit("ann@example.com", { name: "Ann" }).catch((reason: unknown) => reason),
    await collect(mcc.mailboxes.iterate()).catch((reason: unknown) => reason),
  ];
  for (const error of errors) {
    expect(error).toBeInstanceOf(MailcowReplyError);
    expect(error).toMatchObject({ cause: expect.any(TypeError) });
  }
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
