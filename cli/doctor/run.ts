import { jsonAnswer, jsonFailure } from "../onair/json-result.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { examine } from "./examine.ts";
import type { Finding } from "./finding.ts";
import { shownFindings } from "./show.ts";
import type { DoctorOptions } from "./verb.ts";

/** `onair doctor`: looks at an installation and changes nothing; returns the exit code. */
export async function runDoctor(terminal: Terminal, options: DoctorOptions): Promise<number> {
  const findings = await examine(terminal, options, "onair doctor");
  const failure = failureOf(findings);
  if (options.json) {
    terminal.answer(failure ? jsonFailure("doctor", failure, { findings }) : jsonAnswer("doctor", { findings }));
  } else for (const line of shownFindings(findings)) terminal.answer(line);
  return failure ? terminal.fail(failure) : 0;
}

function failureOf(findings: readonly Finding[]): CliError | undefined {
  const failed = findings.filter(({ state }) => state === "fail");
  const [first] = failed;
  if (first === undefined) return undefined;
  const what = failed.length === 1 ? "A check failed." : `${failed.length} checks failed.`;
  const why = failed.map(({ name, seen }) => `${name}: ${seen}`).join("\n");
  return new CliError("UNHEALTHY", what, why, `${first.cure ?? ""} Then: onair doctor`.trim());
}
