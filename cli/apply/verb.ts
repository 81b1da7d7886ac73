import { InvalidArgumentError } from "commander";
import type { TargetOptions } from "../onair/options.ts";
import { addTargetOptions } from "../onair/options.ts";
import type { Verb } from "../onair/verb.ts";

export interface ApplyOptions extends TargetOptions {
  readonly reviewed: string;
  readonly reviewedPlans?: string;
  readonly allow?: string;
  /** As Terraform takes it: `5m`. */
  readonly wait: string;
}

/** `onair apply`. */
export const applyVerb: Verb = {
  examples: ["onair apply --reviewed <hash>", "onair apply --aws --reviewed <hash> --wait 5m"],
  exitCodes: "0 applied, 1 stopped or failed, 2 usage, 4 no target, 5 locked.",
  define: (command) => {
    command
      .argument("[stack...]", "stacks to apply; all")
      .requiredOption("--reviewed <hash>", "what the review says: Hash of the changes", reviewedHash)
      .option("--reviewed-plans <folder>", "kept plans of the review, to say what differs")
      .option("--allow <file>", "findings that people let pass, as JSON")
      .option("--wait <time>", "wait for a lock so long: 90s, 5m", waitingTime, "0s");
    addTargetOptions(command);
  },
  run: async (terminal, stacks, options) => {
    const { runApply } = await import("./run.ts");
    return runApply(terminal, stacks, options as unknown as ApplyOptions);
  },
};

function reviewedHash(text: string): string {
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new InvalidArgumentError("It has 64 figures, 0 to 9 and a to f.");
}

function waitingTime(text: string): string {
  if (/^\d{1,4}[sm]$/.test(text)) return text;
  throw new InvalidArgumentError("Write it as 90s or 5m.");
}
