import type { Pace } from "../../src/transport/retry.ts";

export interface FakePace extends Pace {
  /** How long was waited, each time. */
  readonly waits: number[];
}

/** A clock that only moves when somebody waits, and a chance that always falls the same way. */
export function fakePace(chance = 0.5, onWait: () => void = () => {}): FakePace {
  const waits: number[] = [];
  let elapsed = 0;
  return {
    waits,
    now: () => elapsed,
    date: () => Date.UTC(2026, 0, 1) + elapsed,
    random: () => chance,
    sleep: async (ms) => {
      waits.push(ms);
      elapsed += ms;
      onWait();
    },
  };
}
