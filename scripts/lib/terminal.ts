const columns = 108;
const lineHeight = 18;
const charWidth = 7.8;

/** Lines of a terminal as an SVG in which they appear one after the other, then stand still. */
export function terminalSvg(title: string, lines: readonly string[], secondsPerLine = 0.35): string {
  const rows = lines.flatMap((line, index) =>
    wrapped(line).map((text) => ({ text, kind: kindOf(line), at: index * secondsPerLine })),
  );
  const width = Math.ceil(columns * charWidth + 32);
  const height = rows.length * lineHeight + 32;
  const texts = rows.map(
    ({ text, kind, at }, row) =>
      `<text x="16" y="${28 + row * lineHeight}" class="${kind}" style="animation-delay:${at.toFixed(2)}s" xml:space="preserve">${escaped(text)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace,Menlo,Consolas,monospace" font-size="13">
<title>${escaped(title)}</title>
<style>text{fill:#c9d1d9;animation:show 1ms both}.call{fill:#79c0ff}.refused{fill:#ffa198}.shell{fill:#7ee787}@keyframes show{from{opacity:0}to{opacity:1}}@media(prefers-reduced-motion:reduce){text{animation:none}}</style>
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
${texts.join("\n")}
</svg>
`;
}

/** Cuts a line into rows, at blanks where there are any; the rest of a line keeps its indentation. */
function wrapped(line: string): string[] {
  if (line.length <= columns) return [line];
  const blank = line.lastIndexOf(" ", columns);
  const cut = blank > columns / 2 ? blank : columns;
  return [line.slice(0, cut), ...wrapped(`    ${line.slice(cut).trimStart()}`)];
}

function kindOf(text: string): string {
  if (text.startsWith("mcc.")) return "call";
  if (text.startsWith("  ✗")) return "refused";
  return text.startsWith("$") ? "shell" : "";
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
