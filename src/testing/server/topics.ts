import type { Route } from "../../contract.ts";
import { routes } from "../../generated/testing.ts";
import { routeName } from "../../refusal.ts";
import type { Action, Topic } from "./topic.ts";

/** A route that matches the words of a path. */
interface Match {
  readonly name: string;
  readonly route: Route<never, unknown> | undefined;
  readonly action: Action | undefined;
  readonly params: Readonly<Record<string, string | undefined>>;
}

interface Known extends Pick<Match, "name" | "route" | "action"> {
  /** The words after the verb and its object, such as `template` and `{id}`. */
  readonly rest: readonly string[];
}

const isParam = (word: string): boolean => word.startsWith("{");

/** Which routes there are, and what does them. */
export class Topics {
  readonly all: readonly Topic[];
  /** The routes by verb and object, such as `get/domain`. */
  readonly #known = new Map<string, Known[]>();
  readonly names: readonly string[];

  constructor(all: readonly Topic[]) {
    this.all = all;
    const actions = new Map(all.flatMap((topic) => Object.entries(topic.actions)));
    const byName = new Map(
      Object.values(routes)
        .flat()
        .map((route) => [routeName(route.path), route]),
    );
    this.names = [...new Set([...byName.keys(), ...actions.keys()])];
    for (const name of this.names) {
      const [verb = "", object = "", ...rest] = name.split("/");
      const key = `${verb}/${object}`;
      const group = this.#known.get(key) ?? [];
      group.push({ name, rest, route: byName.get(name), action: actions.get(name) });
      this.#known.set(key, group);
    }
  }

  /** Whether any route of this verb is about this object, in this release. */
  has(verb: string, object: string, release: string): boolean {
    return this.#of(verb, object, release).length > 0;
  }

  /** The route for a path. mailcow ignores further words, and takes missing ones for empty. */
  find([verb = "", object = "", ...words]: readonly string[], release: string): Match | undefined {
    let best: Known | undefined;
    let bestScore = -1;
    for (const known of this.#of(verb, object, release)) {
      if (!known.rest.every((word, index) => isParam(word) || word === words[index])) continue;
      const literals = known.rest.filter((word) => !isParam(word)).length;
      const score = 100 * literals + 50 - 2 * Math.abs(known.rest.length - words.length);
      if (score > bestScore) [best, bestScore] = [known, score];
    }
    if (!best) return undefined;
    const named = best.rest.flatMap((word, index) => (isParam(word) ? [[word.slice(1, -1), words[index]]] : []));
    return { ...best, params: Object.fromEntries(named) };
  }

  #of(verb: string, object: string, release: string): readonly Known[] {
    const group = this.#known.get(`${verb}/${object}`) ?? [];
    return group.filter(({ route }) => !route?.since || route.since <= release);
  }
}
