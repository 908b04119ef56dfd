import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { pages } from "../support/blocks.ts";

const withoutCode = (text: string): string => text.replace(/^```.*?^```$/gms, "").replace(/`[^`\n]*`/g, "");

/** What `#` links to in a page: its headings, spelled as GitHub does. */
function anchorsOf(page: string): Set<string> {
  const headings = readFileSync(page, "utf8")
    .replace(/^```.*?^```$/gms, "")
    .matchAll(/^#+ (.+)$/gm);
  const spelled = [...headings].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
  return new Set(spelled);
}

test.each(pages)("every link of %s leads somewhere", (page) => {
  const text = withoutCode(readFileSync(page, "utf8"));
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|<(?:img|a)[^>]* (?:src|href)="([^"]+)"/g)].map(
    ([, a, b]) => a ?? b ?? "",
  );
  const broken = links.filter((link) => {
    if (/^(https?|mailto):/.test(link)) return false;
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? page : join(dirname(page), path);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !(statSync(target).isFile() && anchorsOf(target).has(anchor));
  });
  expect(broken).toEqual([]);
});
