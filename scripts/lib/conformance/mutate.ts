import { isObject } from "../facts.ts";
import { type Conformance, isEmpty } from "./check.ts";
import { type Exchange, routeOf } from "./recordings.ts";

/** The ways in which an answer is broken, one thing at a time. */
export const kinds = ["drop", "type", "unknown", "swap", "danger"] as const;
export type Kind = (typeof kinds)[number];

interface Mutant {
  readonly kind: Kind;
  readonly where: string;
  readonly body: unknown;
}

export interface Survivor {
  readonly recording: string;
  readonly route: string;
  readonly kind: Kind;
  readonly where: string;
}

export interface Score {
  readonly killed: number;
  readonly total: number;
}

const isBare = (value: unknown): boolean =>
  (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);

/** Breaks every recorded answer in every way that its fellows show to be wrong, and counts what the contract notices. */
export function mutate(
  conformance: Conformance,
  exchanges: readonly Exchange[],
): { scores: Record<Kind, Score>; survivors: Survivor[] } {
  const answers = exchanges.filter(
    (exchange) => !exchange.offContract && !isEmpty(exchange) && exchange.response.text === undefined,
  );
  const habits = new Map<string, Habits>();
  for (const exchange of answers) {
    const key = `${routeOf(exchange)} ${exchange.response.status}`;
    const seen = habits.get(key) ?? new Habits();
    habits.set(key, seen);
    seen.learn(exchange.response.body, "");
  }

  const scores = Object.fromEntries(kinds.map((kind) => [kind, { killed: 0, total: 0 }])) as Record<
    Kind,
    { killed: number; total: number }
  >;
  const survivors: Survivor[] = [];
  for (const exchange of answers) {
    const place = conformance.answerPlace(exchange);
    const seen = habits.get(`${routeOf(exchange)} ${exchange.response.status}`);
    if (!Array.isArray(place) || !seen) continue;
    for (const { kind, where, body } of mutants(exchange.response.body, seen)) {
      scores[kind].total++;
      if (!conformance.accepts(body, place)) scores[kind].killed++;
      else survivors.push({ recording: `${exchange.file}: ${exchange.name}`, route: routeOf(exchange), kind, where });
    }
  }
  return { scores, survivors };
}

/** What the recorded answers of a route have in common, by place (`/0/tags` and `/1/tags` are one place). */
class Habits {
  readonly #objects = new Map<string, number>();
  readonly #fields = new Map<string, number>();
  readonly #bare = new Map<string, Set<string>>();

  learn(value: unknown, place: string): void {
    if (isBare(value)) {
      this.#bare.set(place, (this.#bare.get(place) ?? new Set()).add(Array.isArray(value) ? "[]" : "{}"));
    } else if (Array.isArray(value)) {
      for (const entry of value) this.learn(entry, `${place}/*`);
    } else if (isObject(value)) {
      count(this.#objects, place);
      for (const [key, member] of Object.entries(value)) {
        count(this.#fields, `${place}/${key}`);
        if (key !== "log") this.learn(member, `${place}/${key}`);
      }
    }
  }

  isAlwaysThere(place: string, field: string): boolean {
    return this.#fields.get(`${place}/${field}`) === this.#objects.get(place);
  }

  hasOnlyOneBareForm(place: string): boolean {
    return this.#bare.get(place)?.size === 1;
  }
}

const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

function* mutants(body: unknown, habits: Habits): Generator<Mutant> {
  yield* within(body, "", "", habits, (value) => value);
}

/** `rebuild` puts a changed value back into a copy of the whole answer. */
function* within(
  value: unknown,
  pointer: string,
  place: string,
  habits: Habits,
  rebuild: (value: unknown) => unknown,
): Generator<Mutant> {
  const mutant = (kind: Kind, changed: unknown, where = pointer): Mutant => ({
    kind,
    where: where || "/",
    body: rebuild(changed),
  });
  yield mutant("type", otherType(value));
  if (isBare(value)) {
    if (habits.hasOnlyOneBareForm(place)) yield mutant("swap", Array.isArray(value) ? {} : []);
  } else if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) {
      const put = (changed: unknown) => rebuild(value.with(index, changed));
      yield* within(entry, `${pointer}/${index}`, `${place}/*`, habits, put);
    }
  } else if (isObject(value)) {
    yield mutant("unknown", { ...value, zz_unknown: 1 });
    if (value["type"] === "success" && "msg" in value) yield mutant("danger", { ...value, type: "danger" });
    for (const [key, member] of Object.entries(value)) {
      const { [key]: _, ...rest } = value;
      if (habits.isAlwaysThere(place, key)) yield mutant("drop", rest, `${pointer}/${key}`);
      if (key === "log") continue;
      const put = (changed: unknown) => rebuild({ ...value, [key]: changed });
      yield* within(member, `${pointer}/${key}`, `${place}/${key}`, habits, put);
    }
  }
}

function otherType(value: unknown): unknown {
  if (typeof value === "string") return 4711;
  if (Array.isArray(value)) return "text instead of a list";
  return typeof value === "number" ? [String(value)] : "text instead of it";
}
