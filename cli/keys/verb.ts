import { Argument } from "commander";
import type { TargetOptions } from "../onair/options.ts";
import { addTargetOptions } from "../onair/options.ts";
import type { Verb } from "../onair/verb.ts";
import { CliError } from "../terminal/cli-error.ts";

export interface KeysOptions extends TargetOptions {
  /** Of an imported key. */
  readonly name?: string;
  /** Delete the file that was imported. */
  readonly remove?: boolean;
  /** The key that is to sign after a rotation. */
  readonly new?: string;
  /** That key is made here, for Secrets Manager. */
  readonly own?: boolean;
  readonly wait?: boolean;
  readonly json?: boolean;
}

const actions = ["list", "create", "import", "rotate"] as const;
type Action = (typeof actions)[number];

/** Which options an action takes, besides those of the target. */
const taken: Readonly<Record<Action, readonly (keyof KeysOptions)[]>> = {
  list: ["json"],
  create: [],
  import: ["name", "remove"],
  rotate: ["new", "own", "wait"],
};

/** What stands behind an action, in words for who left it out. */
const subjects: Readonly<Partial<Record<Action, string>>> = { create: "the key's name", import: "a file with a key" };

/** @throws CliError USAGE */
function check(action: Action, what: string | undefined, options: KeysOptions): void {
  const usage = (fault: string) => new CliError("USAGE", fault, "Nothing was done.", "See: onair keys --help");
  const subject = subjects[action];
  if (subject !== undefined && what === undefined) throw usage(`keys ${action} needs ${subject}.`);
  if (subject === undefined && what !== undefined) throw usage(`keys ${action} takes no ${JSON.stringify(what)}.`);
  const others = Object.values(taken).flat();
  const wrong = others.find((name) => options[name] !== undefined && !taken[action].includes(name));
  if (wrong !== undefined) throw usage(`keys ${action} takes no --${wrong}.`);
  if (action === "import" && options.name === undefined)
    throw usage("keys import needs --name, the key's in the ring.");
}

/** `onair keys`. */
export const keysVerb: Verb = {
  examples: ["onair keys list", "onair keys rotate --new key-2"],
  exitCodes: "0 ok, 1 failed, 2 usage, 4 nothing runs or answers.",
  define: (command) => {
    command
      .addArgument(new Argument("<action>", "of the ring in cdktf.json").choices(actions))
      .argument("[what]", "create: the key's name; import: a PEM file")
      .option("--name <name>", "import: the key's name")
      .option("--remove", "import: delete the file afterwards")
      .option("--new <name>", "rotate: the key that is to sign")
      .option("--own", "rotate: make it for Secrets Manager, not in KMS")
      .option("--wait", "rotate: wait where there is something to wait for")
      .option("--json", "list: answer with one JSON object");
    addTargetOptions(command);
  },
  run: async (terminal, [action, what], given) => {
    const options = given as unknown as KeysOptions;
    check(action as Action, what, options);
    if (action === "list") return (await import("./list.ts")).listKeys(terminal, options);
    if (action === "create") return (await import("./create.ts")).createKey(terminal, String(what), options);
    if (action === "import") return (await import("./import.ts")).importKey(terminal, String(what), options);
    return (await import("./rotate.ts")).rotateKeys(terminal, options);
  },
};
