import { Argument } from "commander";
import type { TargetOptions } from "../onair/options.ts";
import { addTargetOptions } from "../onair/options.ts";
import type { Verb } from "../onair/verb.ts";
import { CliError } from "../terminal/cli-error.ts";
import { wholeNumber } from "../terminal/whole-number.ts";

export interface UsersOptions extends TargetOptions {
  readonly json?: boolean;
  readonly limit: number;
  readonly cursor?: string;
}

const actions = ["list", "show", "repair"] as const;

/** `onair users`. */
export const usersVerb: Verb = {
  examples: ["onair users list", "onair users show somebody@example.com --json"],
  exitCodes: "0 ok, 1 failed, 2 usage, 4 nothing runs or answers.",
  define: (command) => {
    command
      .addArgument(new Argument("<action>", "what to do").choices(actions))
      .argument("[who]", "channel name, sub or e-mail; not for list")
      .option("--limit <n>", "most users of a list, 1 to 100", wholeNumber(1, 100), 24)
      .option("--cursor <text>", "go on where a list ended")
      .option("--json", "answer with one JSON object");
    addTargetOptions(command);
  },
  run: async (terminal, [action, who], given) => {
    const options = given as unknown as UsersOptions;
    if ((action === "list") !== (who === undefined)) {
      const what = action === "list" ? "users list takes nobody's name." : `Who is to be the one to ${action}?`;
      throw new CliError("USAGE", what, "Nothing was done.", "See: onair users --help");
    }
    if (action === "list") return (await import("./list.ts")).listUsers(terminal, options);
    if (action === "show") return (await import("./show.ts")).showUser(terminal, String(who), options);
    return (await import("./repair.ts")).repairUser(terminal, String(who), options);
  },
};
