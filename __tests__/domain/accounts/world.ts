import type { Clock } from "#domain/accounts/ports.ts";

/** A worker died, or an answer never came: to the one who called it is the same. */
export class Crash extends Error {}

export type Draw = (below: number) => number;

interface Due {
  readonly at: number;
  readonly order: number;
  readonly resume: () => void;
}

/**
 * Time and fate for processes that call services: every call takes a while on its way there and back, so that
 * processes interleave, and may die before it, or after it and before its answer. Time passes only in `run`.
 */
export class World {
  time = Date.parse("2026-01-02T12:00:00Z");
  /** How many calls may still go wrong. */
  faults = 0;
  /** One call in so many goes wrong, while some may. */
  rarity = 8;
  /** Whether a call may take longer than a lease, so that its worker goes on when another has taken its place. */
  hasSlowWorkers = false;
  readonly draw: Draw;
  #due: Due[] = [];
  #order = 0;

  constructor(draw: Draw) {
    this.draw = draw;
  }

  readonly clock: Clock = {
    now: () => this.time,
    sleep: (milliseconds) => new Promise((resume) => this.#wakeIn(milliseconds, resume)),
  };

  #wakeIn(milliseconds: number, resume: () => void) {
    const due = { at: this.time + milliseconds, order: this.#order++, resume };
    let place = this.#due.length;
    while (place > 0 && (this.#due[place - 1]?.at ?? 0) < due.at) place--;
    while (place > 0 && this.#due[place - 1]?.at === due.at) place--;
    this.#due.splice(place, 0, due);
  }

  after(milliseconds: number, start: () => void) {
    this.#wakeIn(milliseconds, start);
  }

  /**
   * A call's way through the network; `effect` is what the service does, at one moment.
   *
   * @param isRepeated its client makes it again by itself when the answer is lost
   */
  async call<Answer>(effect: () => Answer, isRepeated = false): Promise<Answer> {
    const isFault = this.faults > 0 && this.draw(this.rarity) === 0;
    if (isFault) this.faults--;
    const fates = ["before", "after", ...(this.hasSlowWorkers ? ["slow"] : []), ...(isRepeated ? ["repeated"] : [])];
    const fate = isFault ? fates[this.draw(fates.length)] : undefined;
    await this.clock.sleep(fate === "slow" ? 70_000 : 1 + this.draw(60));
    if (fate === "before") throw new Crash(fate);
    const answer = effect();
    await this.clock.sleep(1 + this.draw(60));
    if (fate === "after") throw new Crash(fate);
    return fate === "repeated" ? effect() : answer;
  }

  /** Lets time pass until nothing is due any more. */
  async run() {
    for (let steps = 0; steps < 100_000; steps++) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = this.#due.pop();
      if (next === undefined) return;
      this.time = Math.max(this.time, next.at);
      next.resume();
    }
    throw new Error("It never ends.");
  }
}
