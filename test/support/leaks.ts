import { inspect } from "node:util";

/** Everything that an error says, wherever it is printed, with all that hangs on it. */
export function everythingSaidBy(error: unknown): string {
  const said: unknown[] = [inspect(error, { depth: 20, showHidden: true, maxStringLength: null })];
  for (let link = error, links = 0; link instanceof Error && links < 20; link = link.cause, links += 1) {
    said.push(link.message, link.stack, String(link), JSON.stringify(link), JSON.stringify(Object.entries(link)));
  }
  return said.join("\n");
}

/** A secret, as an error page, a proxy or PHP may repeat it. */
export function waysToWrite(secret: string): string[] {
  const html = secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  return [
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(encodeURIComponent(secret)),
    new URLSearchParams({ p: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(secret).slice(1, -1).replaceAll("/", "\\/").replaceAll("ü", "\\u00fc"),
    html,
    html.replaceAll("'", "&#039;"),
  ];
}
