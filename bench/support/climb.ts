/** What was seen at one load. */
export interface Step {
  /** How much of it there was: streams, or viewers. */
  readonly load: number;
  /** How late each segment was, in milliseconds. */
  readonly lateness: readonly number[];
  /** How late the sender was itself, at worst, in milliseconds: what is not the server's fault. */
  readonly senderLag: number;
  /** Streams or viewers that broke off. */
  readonly lost: number;
  readonly megabytes: number;
  /** Of one core. */
  readonly cpuPercent: number;
}

export interface ClimbOptions {
  /** Brings the load from what it was to what it shall be. */
  readonly add: (before: number, load: number) => Promise<void>;
  /** Watches the load for a while. */
  readonly watch: () => Promise<Omit<Step, "load">>;
  /** Milliseconds above which a segment is late. */
  readonly late: number;
  readonly first: number;
  /** From one step to the next. */
  readonly growth: number;
  /** No step is higher. */
  readonly most: number;
}

export interface Climb {
  /** The last step at which nothing was late; undefined where something was at the first. */
  readonly held: Step | undefined;
  /** The first step at which something was late; undefined where nothing ever was. */
  readonly broke: Step | undefined;
}

/**
 * Adds load until a segment is late or something breaks off. A step at which a segment was late is watched once more:
 * when nothing is late then, it was the machine that had something else to do.
 */
export async function climb({ add, watch, late, first, growth, most }: ClimbOptions): Promise<Climb> {
  const isLate = ({ lateness, lost }: Omit<Step, "load">) => lost > 0 || lateness.some((sample) => sample > late);
  let held: Step | undefined;
  for (let load = first; load <= most; load = Math.ceil(load * growth)) {
    await add(held?.load ?? 0, load);
    let seen = await watch();
    if (isLate(seen)) seen = await watch();
    const step = { load, ...seen };
    if (isLate(step)) return { held, broke: step };
    held = step;
  }
  return { held, broke: undefined };
}
