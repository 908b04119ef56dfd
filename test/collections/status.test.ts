import { describe, expect, test } from "vitest";
import { MailcowReplyError } from "../../src/index.ts";
import { clientOf } from "../support/client.ts";
import { testMethods } from "../support/methods.ts";
import { expectRefused } from "../support/refusals.ts";
import { recorded, replay } from "../support/replay.ts";

const state = (name: string) => recorded("42-status", name);
const containerId = "5a9eb0f79d58d257867e423c6f3340215f9a052952e7238be48e3ea04a25ba08";

testMethods("status", {
  containers: (mcc, options) => mcc.status.containers(options),
  container: (mcc, options) => mcc.status.container(containerId, options),
  vmail: (mcc, options) => mcc.status.vmail(options),
  host: (mcc, options) => mcc.status.host(options),
  hostIp: (mcc, options) => mcc.status.hostIp(options),
  version: (mcc, options) => mcc.status.version(options),
  rspamdActions: (mcc, options) => mcc.status.rspamdActions(options),
});

describe("containers", () => {
  test("returns a row for each container, also for stopped ones", async () => {
    const exchange = state("one container exited, one restarted later");
    const { mcc } = await replay(exchange);
    const containers = await mcc.status.containers();
    expect(Object.fromEntries(containers.map((row) => [row.container, row]))).toEqual(exchange.response.body);
    expect(containers.map(({ state }) => state)).toContain("exited");
  });

  test("returns [] if mailcow returns null", async () => {
    const { mcc } = await clientOf({ "get/status/containers": null });
    expect(await mcc.status.containers()).toEqual([]);
  });
});

describe("container", () => {
  test("returns the samples", async () => {
    const { mcc } = await replay(state("container stats by docker id: first sample"));
    const [sample] = await mcc.status.container(containerId);
    expect(sample?.pids_stats.current).toEqual(expect.any(Number));
  });

  test("refuses the name of a service, for which mailcow would hang a minute [guard status/container-id]", async () => {
    await expectRefused((mcc) => mcc.status.container("postfix-mailcow"), /container must be Docker's full id/);
  });

  test("throws if mailcow returns false", async () => {
    const { mcc } = await clientOf({ [`get/status/container/${containerId}`]: false });
    await expect(mcc.status.container(containerId)).rejects.toThrow(MailcowReplyError);
  });
});

test.each([[5], [null], [["2026-07a"]]])("version: throws if it is not a text: %j", async (version) => {
  const { mcc } = await clientOf({ "get/status/version": { version } });
  await expect(mcc.status.version()).rejects.toThrow(MailcowReplyError);
});

test.each([
  ["vmail", "vmail volume"],
  ["host", "host"],
  ["hostIp", "public addresses"],
] as const)("%s: returns the figures", async (method, name) => {
  const { mcc } = await replay(state(name));
  expect(await mcc.status[method]()).toEqual(state(name).response.body);
});

test("host: throws if mailcow returns a sentence instead of figures", async () => {
  const { mcc } = await clientOf({ "get/status/host": "Operation timed out after 60001 milliseconds" });
  await expect(mcc.status.host()).rejects.toThrow(/mailcow has no figures: Operation timed out/);
});

test("version: returns only the tag", async () => {
  const { mcc } = await replay(state("version"));
  expect(await mcc.status.version()).toBe("2026-07a");
});

test("rspamdActions: returns pairs", async () => {
  const { mcc } = await replay(recorded("41-logs-sql-rspamd", "actions: nothing scanned"));
  expect((await mcc.status.rspamdActions())[0]).toEqual(["reject", 0]);
});
