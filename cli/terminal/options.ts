import { parseArgs } from "node:util";
import { CliError } from "./cli-error.ts";

/**
 * Reads `--name value` options; each has a default, and is a text. `"help"` when the user asks for the usage.
 *
 * @throws CliError USAGE naming the option that is not known, and those that are
 */
export function parseOptions<Options extends Record<string, string>>(
  args: readonly string[],
  defaults: Options,
  usage: string,
): Options | "help" {
  if (args.includes("--help") || args.includes("-h")) return "help";
  const names = Object.keys(defaults);
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" as const }]));
  try {
    const { values } = parseArgs({ args: [...args], options, strict: true });
    return { ...defaults, ...values } as Options;
  } catch (thrown) {
    throw new CliError(
      "USAGE",
      thrown instanceof Error ? (thrown.message.split(".")[0] ?? "") : String(thrown),
      `Known: ${names.map((name) => `--${name}`).join(", ")}. Nothing was started.`,
      `Type: ${usage.split("\n")[0]}`,
    );
  }
}
