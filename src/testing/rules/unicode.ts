/** The form of a domain in which people read it. */
export const unicode = (domain: string): string =>
  domain
    .split(".")
    .map((label) => (label.startsWith("xn--") ? fromPunycode(label.slice(4)) : label))
    .join(".");

/** RFC 3492. A label that is not valid stays as it is. */
function fromPunycode(label: string): string {
  const dash = label.lastIndexOf("-");
  const output = dash > 0 ? [...label.slice(0, dash)] : [];
  let [code, at, bias, place] = [128, dash > 0 ? dash + 1 : 0, 72, 0];
  while (at < label.length) {
    const before = place;
    for (let weight = 1, k = 36; ; k += 36) {
      const digit = Number.parseInt(label[at] ?? "", 36);
      if (Number.isNaN(digit)) return `xn--${label}`;
      at += 1;
      // Letters stand for 0 to 25, and digits for 26 to 35; base 36 of JavaScript begins with the digits.
      const value = digit < 10 ? digit + 26 : digit - 10;
      place += value * weight;
      const threshold = Math.min(26, Math.max(1, k - bias));
      if (value < threshold) break;
      weight *= 36 - threshold;
    }
    const length = output.length + 1;
    bias = adapted(place - before, length, before === 0);
    code += Math.floor(place / length);
    place %= length;
    output.splice(place, 0, String.fromCodePoint(code));
    place += 1;
  }
  return output.join("");
}

function adapted(step: number, length: number, isFirst: boolean): number {
  let [delta, k] = [Math.floor(step / (isFirst ? 700 : 2)), 0];
  delta += Math.floor(delta / length);
  for (; delta > 455; k += 36) delta = Math.floor(delta / 35);
  return k + Math.floor((36 * delta) / (delta + 38));
}
