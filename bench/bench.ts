/** What was measured for one thing, several times. */
export interface Measurement {
  readonly what: string;
  readonly unit:
    | "ms"
    | "MB"
    | "KB"
    | "% of a core"
    | "streams"
    | "viewers"
    | "pictures"
    | "times"
    | "calls"
    | "rows"
    | "tokens";
  readonly samples: readonly number[];
}

/** What must hold on every machine: a ratio to the peer, or a share of a limit that does not depend on the machine. */
export interface Goal {
  readonly what: string;
  readonly value: number;
  /** At least this, or at most this. */
  readonly bound: { readonly atLeast: number } | { readonly atMost: number };
}

type Outcome =
  | { readonly measurements: readonly Measurement[]; readonly goals: readonly Goal[] }
  /** Why this machine cannot run it. */
  | { readonly skipped: string };

export interface Bench {
  /** What is compared with what, in one line. */
  readonly title: string;
  run(): Outcome | Promise<Outcome>;
}

const sorted = (samples: readonly number[]) => samples.toSorted((one, other) => one - other);

/** The value that so much of the samples is not above: 0 is the smallest, 0.5 the median, 1 the largest. */
export const quantile = (samples: readonly number[], share: number): number =>
  sorted(samples)[Math.round(share * (samples.length - 1))] ?? Number.NaN;

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);
