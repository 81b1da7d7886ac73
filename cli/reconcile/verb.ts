import { Argument } from "commander";
import type { TargetOptions } from "../onair/options.ts";
import { addTargetOptions } from "../onair/options.ts";
import type { Verb } from "../onair/verb.ts";

export interface ReconcileOptions extends TargetOptions {
  readonly json?: boolean;
}

/** What can be put right. */
export const subjects = ["streams", "accounts"] as const;
export type Subject = (typeof subjects)[number];

/** `onair reconcile`. */
export const reconcileVerb: Verb = {
  examples: ["onair reconcile", "onair reconcile streams --json"],
  exitCodes: "0 ok, 1 failed, 2 usage, 4 nothing runs or answers.",
  define: (command) => {
    command
      .addArgument(new Argument("[what]", "who is live, or accounts with work left; both").choices(subjects))
      .option("--json", "answer with one JSON object");
    addTargetOptions(command);
  },
  run: async (terminal, [subject], options) => {
    const { runReconcile } = await import("./run.ts");
    const wanted = subject === undefined ? subjects : [subject as Subject];
    return runReconcile(terminal, wanted, options as unknown as ReconcileOptions);
  },
};
