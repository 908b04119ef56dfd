import { type MethodCalls, many } from "./types.ts";

const ann = "ann@example.com";

async function collect<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const found: Row[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

export const mailboxExtras: MethodCalls = {
  "domains.iterate": [
    (mcc) => collect(mcc.domains.iterate({ search: "example", orderBy: "bytes_total" })),
    {
      run: (mcc) => collect(mcc.domains.iterate()),
      answers: { "POST /api/v1/search/domain": [{ status: 404, body: {} }] },
    },
  ],
  "domains.setTags": (mcc) => mcc.domains.setTags("example.org", ["red", "green"]),
  "mailboxes.list": async (mcc) => [
    await mcc.mailboxes.list(),
    await mcc.mailboxes.list({ domain: "example.com", tags: "red" }),
  ],
  "mailboxes.listReduced": async (mcc) => [
    await mcc.mailboxes.listReduced(),
    await mcc.mailboxes.listReduced({ domain: ["example.com", "example.org"], tags: ["red", "big"] }),
  ],
  "mailboxes.iterate": [
    (mcc) => collect(mcc.mailboxes.iterate({ search: "ann", orderBy: "messages", pageSize: 2 })),
    {
      run: (mcc) => collect(mcc.mailboxes.iterate()),
      answers: { "POST /api/v1/search/mailbox": [{ status: 404, body: {} }] },
    },
  ],
  "mailboxes.rename": (mcc) => mcc.mailboxes.rename(ann, "anna", { createAlias: true }),
  "mailboxes.setCustomAttributes": (mcc) => mcc.mailboxes.setCustomAttributes(ann, { role: "boss", dept: "it" }),
  "mailboxes.setTags": (mcc) => mcc.mailboxes.setTags(ann, ["red", "green"]),
  "mailboxes.deleteTags": (mcc) => mcc.mailboxes.deleteTags(ann, ["red"]),
  "mailboxes.setAcl": (mcc) => mcc.mailboxes.setAcl(ann, ["spam_alias", "app_passwds"]),
  "mailboxes.setTlsPolicy": (mcc) => mcc.mailboxes.setTlsPolicy(ann, { tls_enforce_in: 1 }),
  "mailboxes.lastLogins": async (mcc) => [
    await mcc.mailboxes.lastLogins(ann),
    await mcc.mailboxes.lastLogins(ann, { days: 30 }),
  ],
  "mailboxes.resetLastLogins": (mcc) => mcc.mailboxes.resetLastLogins(ann),
  "mailboxSettings.getSpamScore": (mcc) => mcc.mailboxSettings.getSpamScore(ann),
  "mailboxSettings.setSpamScore": (mcc) => mcc.mailboxSettings.setSpamScore(ann, { low: 5, high: 12.5 }),
  "mailboxSettings.setDelimiterAction": [
    (mcc) => mcc.mailboxSettings.setDelimiterAction(ann, "subfolder"),
    (mcc) => mcc.mailboxSettings.setDelimiterAction(many, "subfolder"),
  ],
  "mailboxSettings.setQuarantineNotification": (mcc) => mcc.mailboxSettings.setQuarantineNotification(ann, "daily"),
  "mailboxSettings.setQuarantineCategory": (mcc) => mcc.mailboxSettings.setQuarantineCategory(ann, "all"),
  "mailboxSettings.resetEasCache": (mcc) => mcc.mailboxSettings.resetEasCache(ann),
  "mailboxSettings.resetSogoProfile": (mcc) => mcc.mailboxSettings.resetSogoProfile(ann),
  "pushover.set": (mcc) => mcc.pushover.set(ann, { key: "k".repeat(30), token: "t".repeat(30) }),
  "pushover.delete": (mcc) => mcc.pushover.delete(ann),
  "pushover.test": (mcc) => mcc.pushover.test(ann),
};
