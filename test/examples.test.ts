import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { expect, inject, test } from "vitest";
import { tsx } from "./support/project.ts";

interface Run {
  readonly args: readonly string[];
  readonly prints: RegExp;
}

const runs: Record<string, Run> = {
  "onboard-customer.ts": {
    args: ["example.org"],
    prints: /example\.org: (added|edited|unchanged)[\s\S]*put into the DNS: .*_domainkey/,
  },
  "offboard-customer.ts": {
    args: ["example.com", "--really"],
    prints: /mailboxes and \d+ resources to delete\n.*deleted/,
  },
  "nightly-report.ts": { args: [], prints: /^mailbox,name,active[^\n]*\n"[^"]+@[^"]+",/ },
  "rotate-dkim-keys.ts": { args: ["2026b"], prints: /_domainkey\..* TXT "v=DKIM1/ },
  "import-mailboxes.ts": { args: ["examples/people.csv"], prints: /ann@example\.com,.{24},"added"\nbob@example\.com/ },
};

test("every example has a run", () => {
  expect(
    readdirSync("examples")
      .filter((name) => name.endsWith(".ts"))
      .sort(),
  ).toEqual(Object.keys(runs).sort());
});

test.each(Object.entries(runs))("examples/%s does its work against the mock", async (name, { args, prints }) => {
  const command = ["--import", tsx, `examples/${name}`, ...args];
  const env = {
    ...process.env,
    TSX_TSCONFIG_PATH: "tsconfig.tools.json",
    MAILCOW_API_BASEURL: inject("prism"),
    MAILCOW_API_KEY: "any-key",
  };
  const output = await new Promise<string>((done, fail) => {
    execFile(process.execPath, command, { env }, (error, stdout, stderr) =>
      error ? fail(new Error(stderr)) : done(stdout),
    );
  });
  expect(output).toMatch(prints);
});
