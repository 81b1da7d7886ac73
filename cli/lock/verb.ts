import { Argument } from "commander";
import type { TargetOptions } from "../onair/options.ts";
import { addTargetOptions } from "../onair/options.ts";
import type { Verb } from "../onair/verb.ts";
import { CliError } from "../terminal/cli-error.ts";

export interface LockOptions extends TargetOptions {
  readonly json?: boolean;
}

const actions = ["show", "release"] as const;

/** `onair lock`. */
export const lockVerb: Verb = {
  examples: ["onair lock show --aws", "onair lock release 715bd78b-a1da-9aa1-8074-75d3942e2b35 --aws"],
  exitCodes: "0 ok, 1 failed, 2 usage, 4 nothing runs or answers.",
  define: (command) => {
    command
      .addArgument(new Argument("<action>", "what to do").choices(actions))
      .argument("[id]", "the lock's id, to release it")
      .option("--json", "answer with one JSON object");
    addTargetOptions(command);
  },
  run: async (terminal, [action, id], given) => {
    const options = given as unknown as LockOptions;
    if ((action === "show") !== (id === undefined)) {
      const what = action === "show" ? "lock show takes no id." : "lock release needs the id of the lock.";
      throw new CliError("USAGE", what, "Nothing was done.", "See: onair lock --help");
    }
    if (id === undefined) return (await import("./show.ts")).showLocks(terminal, options);
    return (await import("./release.ts")).releaseLock(terminal, id, options);
  },
};
