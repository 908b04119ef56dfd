import { describe, expect, test } from "vitest";
import { bodiesOf, clientOf } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";

const file = "24-filter";

test("get, getAll: return texts, which are empty if there is no script", async () => {
  const { mcc } = await replay(
    recorded(file, "the one after"),
    recorded(file, "empty", "/get/global_filters/prefilter"),
    recorded(file, "both empty"),
  );
  expect(await mcc.globalFilters.get("postfilter")).toContain("global_sieve_after");
  expect(await mcc.globalFilters.get("prefilter")).toBe("");
  expect(await mcc.globalFilters.getAll()).toEqual({ prefilter: "", postfilter: "" });
});

describe("set", () => {
  test("treats a failed restart of Dovecot as a warning, and throws what is wrong with a script", async () => {
    const { mcc, server } = await replay(
      recorded(file, "dovecot is down: written, with a warning"),
      recorded(file, "missing require", "/add/global-filter"),
    );
    const codes = (await mcc.globalFilters.set("prefilter", "")).map(({ code }) => code);
    expect(codes).toEqual(["dovecot_restart_failed", "global_filter_written"]);
    await expect(mcc.globalFilters.set("prefilter", 'fileinto "x";')).rejects.toMatchObject({
      kind: "rejected",
      failures: [{ code: "sieve_error" }],
    });
    expect(bodiesOf(server)[0]).toEqual({ filter_type: "prefilter", script_data: "" });
  });

  test("refuses a filter without a script, which mailcow would empty [guard global-filters/no-script]", async () => {
    const { mcc, server } = await clientOf({});
    const call = mcc.globalFilters.set("prefilter", undefined as never);
    await expect(call).rejects.toMatchObject({
      kind: "input",
      message: expect.stringContaining("script must be a text"),
    });
    expect(server.seen).toEqual([]);
  });
});

test.each(["PREFILTER", "all", "constructor", "", undefined, null, 5, ["prefilter"]])(
  "get, set: refuse an unknown type: %j",
  async (type) => {
    const says = /type must be "prefilter", "postfilter"|filter_type must be/;
    await expectRefused((mcc) => mcc.globalFilters.get(type as never), says);
    await expectRefused((mcc) => mcc.globalFilters.set(type as never, "keep;"), says);
  },
);

testMethods("globalFilters", {
  get: [
    (mcc, options) => mcc.globalFilters.get("prefilter", options),
    (mcc, options) => mcc.globalFilters.get("postfilter", options),
  ],
  getAll: (mcc, options) => mcc.globalFilters.getAll(options),
  set: (mcc, options) => mcc.globalFilters.set("prefilter", "keep;", options),
});
