import { type PaceStore, sharedPace } from "#domain/accounts/pacing.ts";
import type { Pace } from "#domain/accounts/ports.ts";
import { systemClock } from "./system-clock.ts";

/** Turns of this process alone, for whoever may write nothing. */
export function ownPace(callsPerSecond: number): Pace {
  const turns = new Map<string, number>();
  const store: PaceStore = {
    next: async (operation) => turns.get(operation) ?? 0,
    moveOn: async (operation, _from, to) => {
      turns.set(operation, to);
      return true;
    },
  };
  return sharedPace(store, systemClock, { callsPerSecond, random: Math.random });
}
