/** The operation ids of routes such as `POST /api/v1/add/domain`; see docs/corrections.md for the rule. */
export function operationIds(routes: readonly string[]): Map<string, string> {
  const plain = routes.map((route) => camelCase(wordsOf(route).filter((word) => !word.startsWith("{"))));
  return new Map(
    routes.map((route, index) => {
      const name = plain[index] ?? "";
      const twins = routes.filter((_, other) => plain[other] === name);
      const shortest = Math.min(...twins.map((twin) => wordsOf(twin).length));
      const last = wordsOf(route).at(-1) ?? "";
      return [route, wordsOf(route).length > shortest ? camelCase([name, "by", last.slice(1, -1)]) : name];
    }),
  );
}

const wordsOf = (route: string): string[] => route.replace(/^\w+ \/api\/v1\//, "").split("/");

const camelCase = (words: string[]): string =>
  words.join("-").replace(/[-_]+(\w)/g, (_, letter: string) => letter.toUpperCase());
