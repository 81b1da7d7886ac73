/** What a program has used since it began. */
export interface Usage {
  /** Of one core, user and system, in milliseconds. */
  readonly cpuMilliseconds: number;
  /** Memory that it holds now. */
  readonly megabytes: number;
}

/** What a program of a bench can be asked for, by name. */
export type Commands = Readonly<Record<string, (...args: never[]) => unknown>>;

/** One question of a bench to its program, and the answer. */
export interface Question {
  readonly id: number;
  readonly name: string;
  readonly args: readonly never[];
}
export type Answer = { readonly id: number } & ({ readonly value: unknown } | { readonly failure: string });

const usage = (): Usage => {
  const { user, system } = process.cpuUsage();
  return { cpuMilliseconds: (user + system) / 1_000, megabytes: process.memoryUsage.rss() / 2 ** 20 };
};

/** Makes this process a program of a bench, which ends with the bench. The answers go through JSON. */
export const obey = (commands: Commands): void => {
  const known: Commands = { usage, ...commands };
  process.on("message", async ({ id, name, args }: Question) => {
    const answer = (said: Answer) => process.send?.(said);
    try {
      answer({ id, value: await known[name]?.(...args) });
    } catch (error) {
      answer({ id, failure: (error as Error).stack ?? String(error) });
    }
  });
  process.on("disconnect", () => process.exit());
  process.send?.("ready");
};
