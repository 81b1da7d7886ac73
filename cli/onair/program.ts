import { Command, CommanderError, Help } from "commander";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { Verb } from "./verb.ts";
import { verbs } from "./verbs.ts";

/** No line of a help text is wider. */
const helpColumns = 80;

const furtherHelp = `
Examples:
  onair test-stream main-stage --for 1m
Exit codes: 0 ok, 1 failed, 2 usage, 4 no answer, 6 prerequisite, 130 stopped.`;

/**
 * Runs what the command line says; returns the exit code. Only the verb that is named is loaded.
 *
 * @throws CliError
 */
export async function runProgram(args: readonly string[], version: string, terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const program = newCommand("onair", terminal)
    .description("Operate live channels: on this machine's local cloud, or with --aws on AWS.")
    .version(version, "--version", "print the version")
    .usage("<command> [--help], or onair --version")
    .configureHelp({ helpWidth: helpColumns, formatItemList: withoutOptions })
    .addHelpText("after", furtherHelp);
  const named = nameIn(args);
  for (const { name, summary, load } of verbs) {
    const command = newCommand(name, terminal).description(summary);
    program.addCommand(command);
    if (name !== named) continue;
    const verb = await load();
    defineVerb(command, verb, async (words, options) => {
      exitCode = await verb.run(terminal, words, options);
    });
  }
  try {
    await program.parseAsync(args.length === 0 ? ["--help"] : [...withoutHelpVerb(args, named)], { from: "user" });
    return exitCode;
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return 0;
    throw usageError(thrown, verbIn(args));
  }
}

/** The list of all verbs fills a screen; what options there are beside them stands in its first line. */
const withoutOptions: Help["formatItemList"] = (heading, items, help) =>
  heading === "Options:" ? [] : Help.prototype.formatItemList.call(help, heading, items, help);

type Action = (words: readonly string[], options: Readonly<Record<string, unknown>>) => Promise<void>;

function defineVerb(command: Command, verb: Verb, run: Action): void {
  verb.define(command);
  const examples = verb.examples.map((line) => `  ${line}`).join("\n");
  command.addHelpText("after", `\nExamples:\n${examples}\n\nExit codes: ${verb.exitCodes}`);
  command.action(() => run(command.args, command.opts()));
}

function newCommand(name: string, terminal: Terminal): Command {
  return new Command(name)
    .helpCommand(false)
    .helpOption("-h, --help", "print this")
    .exitOverride()
    .configureHelp({ helpWidth: helpColumns })
    .configureOutput({
      writeOut: (text) => terminal.answer(text.trimEnd()),
      // Said by whoever catches it.
      writeErr: () => undefined,
      getOutHelpWidth: () => helpColumns,
      getErrHelpWidth: () => helpColumns,
    });
}

/** The verb that a command line names, if it is one of ours. */
export function verbIn(args: readonly string[]): string | undefined {
  const named = nameIn(args);
  return verbs.find(({ name }) => name === named)?.name;
}

/** `onair help status` names a verb, too. */
function nameIn(args: readonly string[]): string | undefined {
  const [first, second] = args.filter((word) => !word.startsWith("-"));
  return first === "help" ? second : first;
}

function withoutHelpVerb(args: readonly string[], named: string | undefined): readonly string[] {
  if (args[0] !== "help") return args;
  if (named === undefined) return ["--help"];
  // An unknown one is refused by its name; --help would be answered first.
  return verbIn(args) === undefined ? [named] : [named, "--help"];
}

function usageError({ message }: CommanderError, named: string | undefined): CliError {
  const [what = "", ...nearest] = message.replace(/^error: /, "").split("\n");
  const help = named === undefined ? "onair --help" : `onair ${named} --help`;
  const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1).replace(/\.$/, "")}.`;
  const hint = nearest.join(" ").replace(/^\(|\)$/g, "");
  return new CliError("USAGE", sentence, [hint, "Nothing was done."].filter(Boolean).join(" "), `See: ${help}`);
}
