import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { Conformance } from "../../scripts/lib/conformance/check.ts";
import { Junk } from "../../scripts/lib/conformance/junk.ts";
import { type Exchange, readRecordings } from "../../scripts/lib/conformance/recordings.ts";
import { contractOf } from "../../scripts/lib/contract.ts";
import { files } from "../../scripts/lib/files.ts";
import { readReleases } from "../../scripts/lib/releases.ts";
import { createMailcow } from "../../src/testing/index.ts";

const exchanges = await readRecordings(files.recordings);
const conformance = new Conformance(await contractOf(".", (await readReleases(".")).newest));
const junk = new Junk(await readFile(files.junk, "utf8"));

/** The recorded requests of a file, with what a mailcow in memory answers to them; what it does not know yet is left out. */
async function answered(file: string): Promise<Exchange[]> {
  const mailcow = createMailcow();
  const keys = { rw: mailcow.apiKey, ro: mailcow.readOnlyKey, wrong: "wrong-key", none: "" };
  const found: Exchange[] = [];
  for (const exchange of exchanges) {
    const { request } = exchange;
    // Some name an address that the recorded server made up.
    const isMadeUp = JSON.stringify(exchange.response.body ?? "").includes("is_spam_alias");
    if (exchange.file !== file || exchange.offContract || isMadeUp) continue;
    const text = request.rawBody ?? (request.body === undefined ? undefined : JSON.stringify(request.body));
    const response = await mailcow.fetch(`https://mail.example.com${request.path}`, {
      method: request.method,
      headers: { "x-api-key": keys[request.key], ...(text !== undefined && { "content-type": "application/json" }) },
      ...(text !== undefined && request.method !== "GET" && { body: text }),
    });
    const body = await response.text();
    const isJson = /^[[{"]|^(true|false|null|-?\d)/.test(body);
    if (response.status !== 501)
      found.push({
        ...exchange,
        response: {
          status: response.status,
          contentType: response.headers.get("content-type") ?? "",
          ...(isJson ? { body: JSON.parse(body) } : { text: body }),
        } as Exchange["response"],
      });
  }
  return found;
}

test.each([...new Set(exchanges.map(({ file }) => file))])(
  "%s: answers are those that the contract describes",
  async (file) => {
    expect(conformance.check(await answered(file), junk).violations).toEqual([]);
  },
);
