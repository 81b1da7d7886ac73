import type { TargetOptions } from "../onair/options.ts";
import { addTargetOptions } from "../onair/options.ts";
import type { Verb } from "../onair/verb.ts";

export interface DestroyOptions extends TargetOptions {
  readonly confirm?: string;
  readonly state?: string;
}

/** `onair destroy`. */
export const destroyVerb: Verb = {
  examples: ["onair destroy", "onair destroy --confirm dev --state onair-terraform-state"],
  exitCodes: "0 removed, 1 refused, 2 not confirmed, 4 no target, 130 stopped.",
  define: (command) => {
    command
      .option("--confirm <environment>", "its name, where nobody can be asked for it")
      .option("--state <bucket>", "remove Terraform's state, too");
    addTargetOptions(command);
  },
  run: async (terminal, _args, options) => {
    const { runDestroy } = await import("./run.ts");
    return runDestroy(terminal, options as unknown as DestroyOptions);
  },
};
