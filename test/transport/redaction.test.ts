import { describe, expect, test } from "vitest";
import { createMailcowClient } from "../../src/client.ts";
import { MailcowHttpError } from "../../src/index.ts";
import { hideEchoes } from "../../src/transport/echo.ts";
import { readingsOf } from "../../src/transport/readings.ts";
import { Redactor } from "../../src/transport/secrets.ts";
import { apiKey } from "../support/client.ts";
import { leaksIn, writings } from "../support/leaks.ts";
import { places, saidOf } from "../support/repeating.ts";

const long = `hunter2 "ü/<&'Passw0rd!+=`;
const short = `q"7<ü`;
const accented = "äöüéèêñçÄÖ";

describe("a secret that comes back", () => {
  const main = ["an error page", "the words of a refusal", "an echo", "a name in an answer", "the error of a fetch"];
  const cases = [
    [long, long, Object.keys(places)],
    [long, apiKey, main],
    [short, short, main],
    [accented, accented, main],
  ] as const;
  test.each(Object.entries(writings))("is not shown, written %s", async (way, write) => {
    for (const [password, secret, where] of cases)
      for (const place of where) {
        const thing = await saidOf(place, `before ${write(secret)} after`, password);
        // A short one in capitals is another one.
        if (way !== "in capitals" || secret.length > 7) expect(leaksIn(thing, [password, apiKey]), place).toEqual([]);
      }
  });

  test("hides the text around it only if its spelling is unknown", async () => {
    const body = async (text: string) => ((await saidOf("an error page", text, long)) as MailcowHttpError).body;
    expect(await body(`a ${long} b`)).toBe("<html>a [redacted] b</html>");
    expect(await body(`a ${encodeURIComponent(long)} b`)).toBe("<html>a [redacted] b</html>");
    const withheld = "[body withheld: it repeats a secret of this call]";
    expect(await body(`a ${writings["in mail"]?.(long)} b`)).toBe(withheld);
    // Eight characters of it, and no fewer.
    expect(await body(`a ${long.slice(9, 17)} b`)).toBe(withheld);
    expect(await body(`a ${long.slice(9, 16)} b`)).toContain(`a ${long.slice(9, 16)} b`);
  });

  test("is not cut in two by the end of the excerpt", async () => {
    const far = "x".repeat(1_990);
    for (const text of [`${far}${long}`, `${far}${long.repeat(700)}`, `${long.repeat(900)}`])
      expect(leaksIn(await saidOf("an error page", text, long), [long])).toEqual([]);
    // Longer than all that is looked at.
    const key = Array.from({ length: 9_000 }, (_, at) => (at * 7919).toString(36)).join("");
    for (const text of [key, `a ${key.slice(3)}`, key.slice(-2_000)])
      expect(leaksIn(await saidOf("an error page", text, key), [key.slice(0, 3_000), key.slice(-3_000)])).toEqual([]);
  });
});

describe("headers of the caller's own", () => {
  const pair = Buffer.from("ann:hunter2-proxy").toString("base64");
  test.each([
    ["the value", { Authorization: `Basic ${pair}` }, pair],
    ["the password in it", { Authorization: `Basic ${pair}` }, "hunter2-proxy"],
    ["a short password in it", { Authorization: `Basic ${Buffer.from("ann:s3cr").toString("base64")}` }, "s3cr"],
    ["a token", { Authorization: "Bearer t0ken-of-mine" }, "t0ken-of-mine"],
    ["a short cookie", { Cookie: "a=1b2c; sid=9f8e" }, "9f8e"],
  ])("are secrets: %s", async (_, headers, secret) => {
    const fetch = async () => new Response(`<p>${secret}</p>`, { status: 500 });
    const api = createMailcowClient({ baseUrl: "https://mail.example.com", apiKey, fetch, headers, retries: 0 });
    const error = await api.GET("/api/v1/get/domain/all").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(MailcowHttpError);
    expect(leaksIn(error, [secret])).toEqual([]);
  });
});

describe("what is not a secret", () => {
  const redactor = new Redactor(() => [apiKey, long]);
  const pages = {
    nginx:
      "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
    styled: `<style>a[href^="http"]{content:"\\201C";color:#fff}</style><a href="/?a=1&amp;b=%2Fc%252Fd&copy;=3">${"Text &nbsp; of <b>words</b>, ".repeat(40)}</a>`,
    script:
      `<script nonce="c29tZXRoaW5nIHJhbmRvbQ==">var p = /\\\\d+\\.\\w/.test("C:\\\\temp\\\\new");</script>`.repeat(9),
    json: '{"message":"upstream \\"mail\\" failed","trace":"4bf92f3577b34da6a3ce929d0e0e4736"}',
    base64: Buffer.from("nothing to see here, move along; ".repeat(40)).toString("base64"),
  };
  test.each(Object.entries(pages))("is shown as it came: %s", (_, page) => {
    expect(redactor.excerpt(page, 2_000)).toBe(page.slice(0, 2_000));
    expect(readingsOf(page)).toBeDefined();
  });

  test("are the lines around a key, and the name of a field", () => {
    const key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAt0\n-----END RSA PRIVATE KEY-----";
    const withKey = new Redactor(() => [key]);
    for (const text of ["private_key_file", "-----BEGIN RSA PRIVATE KEY-----"]) expect(withKey.text(text)).toBe(text);
    expect(withKey.text(`a ${key} b`)).toBe("a [redacted] b");
    expect(withKey.text("IBAAKCAQ")).toBe("[withheld: it repeats a secret of this call]");
  });

  test("is withheld if its readings do not end", () => {
    const endless = `%${"25".repeat(900)}41`;
    expect(readingsOf(endless)).toBeUndefined();
    expect(redactor.text(endless)).toMatch(/^\[withheld/);
    expect(redactor.text("x".repeat(20_001))).toBe("[withheld: it is too long to look for secrets in it]");
  });

  test("is searched once even if it repeats, and only up to a limit", () => {
    let looked = 0;
    const counting = new (class extends Redactor {
      override text(...parts: Parameters<Redactor["text"]>): string {
        looked += 1;
        return super.text(...parts);
      }
    })(() => [apiKey]);
    const entry = { type: "success", msg: ["ok_ok", "the same"], log: ["the same", { a: "the same" }] };
    hideEchoes(Array(10_000).fill(entry), counting);
    expect(looked).toBeLessThan(10);
    const echoing = (log: string) => ({ type: "success", msg: "x", log });
    const most = { short: 10_000, layered: 200 };
    const texts = {
      short: (at: number) => `text ${at}`,
      layered: (at: number) => `${at}${"%2541&amp;amp;\\\\x41=3D ".repeat(40)}`,
    };
    for (const kind of ["short", "layered"] as const) {
      looked = 0;
      const answer = Array.from({ length: most[kind] * 2 }, (_, at) => echoing(texts[kind](at)));
      const hidden = hideEchoes(answer, counting) as { log: string }[];
      expect(looked, kind).toBeLessThan(most[kind]);
      expect(hidden.at(-1)?.log, kind).toBe("[withheld]");
    }
  });
});
