import { parseArgs } from "node:util";
import { CliError } from "../terminal/cli-error.ts";
import { createTerminal, type Terminal } from "../terminal/terminal.ts";
import { checkSynthesized } from "./check-synthesized.ts";
import { planSynthesized } from "./plan-synthesized.ts";
import { answerReviewed, judgePullRequest, tellStopped, writeComment } from "./pull-request.ts";
import { numberOf } from "./repository.ts";
import { tellDrift } from "./tell-drift.ts";
import { writeChangelog } from "./write-changelog.ts";

type Options = Readonly<Record<string, string | undefined>>;

/** What the jobs of .github/workflows ask for, besides what people use. Each ends by an error or an exit code. */
const commands: Readonly<
  Record<string, (terminal: Terminal, folder: string, options: Options) => undefined | number | Promise<number>>
> = {
  "check-synthesized": (terminal, folder) => void checkSynthesized(terminal, folder),
  "plan-synthesized": (terminal, folder, { out = "plans" }) => planSynthesized(terminal, folder, out),
  comment: (_terminal, folder, { number, commit = "" }) =>
    void writeComment(numberOf(number, "--number"), reviewIn(folder), commit),
  judge: (_terminal, folder, { number }) =>
    void judgePullRequest(numberOf(number, "--number"), reviewIn(folder).review),
  reviewed: (terminal, stack, { commit = "" }) => void answerReviewed(terminal, commit, stack),
  stopped: (_terminal, folder, { commit = "" }) => void tellStopped(commit, folder),
  drift: (_terminal, folder, { converge }) => void tellDrift(folder, converge === "0"),
  changelog: (terminal, version) => void writeChangelog(terminal, version),
};

const reviewIn = (folder: string) => ({ review: `${folder}/review.json`, summary: `${folder}/review.md` });

const option = { type: "string" } as const;
const terminal = createTerminal({ stdout: process.stdout, stderr: process.stderr, environment: process.env });
try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { out: option, number: option, commit: option, converge: option },
  });
  const [name = "", subject, ...others] = positionals;
  const command = commands[name];
  if (command === undefined || subject === undefined || others.length > 0) {
    const known = Object.keys(commands).join(", ");
    throw new CliError(
      "USAGE",
      "Name a command and what it is about.",
      `Commands: ${known}.`,
      "See: cli/workflow/main.ts",
    );
  }
  process.exitCode = (await command(terminal, subject, values)) ?? 0;
} catch (thrown) {
  process.exitCode = terminal.fail(thrown);
}
