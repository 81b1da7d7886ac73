import type { TargetOptions } from "../onair/options.ts";
import { addTargetOptions } from "../onair/options.ts";
import type { Verb } from "../onair/verb.ts";
import { CliError } from "../terminal/cli-error.ts";

export interface TokenOptions extends TargetOptions {
  readonly publicKey?: string;
  readonly keyId?: string;
  readonly json?: boolean;
}

/** `onair token`. */
export const tokenVerb: Verb = {
  examples: [
    "onair playback-url --channel backstage --expiresIn 60 | onair token inspect -",
    "onair token inspect - --json",
  ],
  exitCodes: "0 a good token, 1 something is wrong with it or failed, 2 usage.",
  define: (command) => {
    command
      // No choices: the error that names them would repeat a token that stands in the wrong place.
      .argument("<action>", "inspect: say what a playback token allows, and what is wrong")
      .argument("[token]", "a token, or an address with one; - reads stdin")
      .option("--public-key <file>", "check the signature by this PEM")
      .option("--keyId, --key-id <id>", "or by a KMS key; the platform's unless said")
      .option("--json", "answer with one JSON object");
    addTargetOptions(command);
  },
  run: async (terminal, [action, token], given) => {
    const options = given as unknown as TokenOptions;
    const usage = (what: string) =>
      new CliError("USAGE", what, "Nothing was done.", "Type: onair token inspect -; then paste it");
    if (action !== "inspect") throw usage("The one thing to do with a token is: inspect.");
    if (token === undefined) throw usage("Which token? Name it, or - for stdin, which no shell remembers.");
    if (options.publicKey !== undefined && options.keyId !== undefined) {
      throw usage("--public-key and --key-id are one too many.");
    }
    return (await import("./inspect.ts")).inspectToken(terminal, token, options);
  },
};
