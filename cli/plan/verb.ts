import type { TargetOptions } from "../onair/options.ts";
import { addTargetOptions } from "../onair/options.ts";
import type { Verb } from "../onair/verb.ts";

export interface PlanOptions extends TargetOptions {
  readonly out?: string;
  readonly lock?: boolean;
}

/** `onair plan`. */
export const planVerb: Verb = {
  examples: ["onair plan", "onair plan platform --aws --out plans"],
  exitCodes: "0 planned, 1 failed, 2 usage, 4 no target, 5 locked.",
  define: (command) => {
    command
      .argument("[stack...]", "stacks to plan; all")
      .option("--out <folder>", "where plans are kept; <folder of the cloud>/plans")
      .option("--lock", "hold the state's lock while planning, and be refused by it");
    addTargetOptions(command);
  },
  run: async (terminal, stacks, options) => {
    const { runPlan } = await import("./run.ts");
    return runPlan(terminal, stacks, options as unknown as PlanOptions);
  },
};
