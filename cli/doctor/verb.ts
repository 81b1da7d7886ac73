import type { TargetOptions } from "../onair/options.ts";
import { addTargetOptions } from "../onair/options.ts";
import type { Verb } from "../onair/verb.ts";

export interface DoctorOptions extends TargetOptions {
  readonly json?: boolean;
}

/** `onair doctor`. */
export const doctorVerb: Verb = {
  examples: ["onair doctor", "onair doctor --aws --json"],
  exitCodes: "0 nothing failed, 1 a check failed, 2 usage, 4 no target.",
  define: (command) => {
    command.option("--json", "answer with one JSON object");
    addTargetOptions(command);
  },
  run: async (terminal, _, options) => {
    const { runDoctor } = await import("./run.ts");
    return runDoctor(terminal, options as unknown as DoctorOptions);
  },
};
