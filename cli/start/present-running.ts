import type { Project } from "../project.ts";
import { shortPath } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { readyBlock } from "./ready-block.ts";
import { readRunFile } from "./run-file.ts";
import { runningCloud } from "./running.ts";
import { runningStart } from "./start-lock.ts";

/**
 * Shows the `npm start` that has this folder already. Its file is not believed: its address must answer now.
 *
 * @throws CliError ALREADY_STARTING while it is not ready
 */
export async function presentRunning(terminal: Terminal, project: Project): Promise<void> {
  const pid = runningStart(project);
  const run = readRunFile(project);
  if (run && run.pid === pid && (await runningCloud(project)) !== undefined) {
    const when = `already started by process ${pid}`;
    for (const line of readyBlock({ run, folder: shortPath(project, project.folder), when })) terminal.answer(line);
    return;
  }
  throw new CliError(
    "ALREADY_STARTING",
    `npm start runs here already (process ${pid}), and is not ready yet or just ends.`,
    "Nothing was started.",
    `Wait for it, or end it: kill -INT ${pid}`,
  );
}
