import { resolve } from "node:path";
import { readBackend } from "#settings/backend.ts";
import { environmentNames } from "#settings/read-settings.ts";
import { chooseEnvironment } from "../environment.ts";
import { projectRoot } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { refusedInFolder } from "./synthesized.ts";

/** Said one under the other; more would only be the same again. */
const MOST_LINES = 50;

/**
 * Refuses stacks that somebody else synthesized where planning them could do more than plan, and otherwise leaves them as they
 * were checked: to be run before there are credentials.
 *
 * @throws CliError SYNTHESIS_REFUSED
 */
export function checkSynthesized(terminal: Terminal, folder: string): void {
  const { name } = chooseEnvironment(projectRoot, "npm run synth");
  const backend = readBackend(projectRoot, name, environmentNames(resolve(projectRoot, "cdktf.json")));
  const problems = refusedInFolder(resolve(folder), name, backend);
  for (const problem of problems.slice(0, MOST_LINES)) terminal.answer(problem);
  if (problems.length === 0) {
    terminal.answer(`${folder} has what our stacks have, and nothing else.`);
    return;
  }
  const what = `${folder} is not planned: ${problems.length} of what it has is in no stack of ours.`;
  const cure = "If it is meant, merge a change of cli/workflow/allow-list.ts first.";
  throw new CliError("SYNTHESIS_REFUSED", what, problems.slice(-4).join("\n"), cure);
}
