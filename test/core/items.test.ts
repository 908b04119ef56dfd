import { describe, expect, test } from "vitest";
import type { MailcowApiClient } from "../../src/index.ts";
import { bodiesOf, clientOf, success } from "../support/client.ts";
import { json } from "../support/server.ts";

const both = ["ann@x.test", "bob@x.test"];

const spellings: [
  name: string,
  call: (mcc: MailcowApiClient) => Promise<{ id: string | number }[]>,
  items: (string | number)[],
][] = [
  ["mailboxes.delete", (mcc) => mcc.mailboxes.delete(["Ann@x.test", "ann@X.test", "bob@x.test"]), both],
  ["domains.edit", (mcc) => mcc.domains.edit(["RÄ.test", "xn--r-0fa.test"], { active: 0 }), ["xn--r-0fa.test"]],
  ["relayHosts.delete", (mcc) => mcc.relayHosts.delete([7, "7", 5]), [7, 5]],
  ["domains.delete", (mcc) => mcc.domains.delete(["rä.test", "xn--r-0fa.test"]), ["xn--r-0fa.test"]],
];

describe("items that are named twice, perhaps in two spellings", () => {
  test.each(spellings)("%s: each is sent once [guard everywhere/named-twice]", async (_, call, items) => {
    const { mcc, server } = await clientOf((response) => json(response, success("done")));
    expect((await call(mcc)).map(({ id }) => id)).toEqual(items);
    const bodies = bodiesOf(server) as (unknown[] | { items: unknown[] })[];
    expect(bodies.flatMap((body) => ("items" in body ? body.items : body))).toEqual(items);
  });
});
