import { rmSync } from "node:fs";
import { openProject, shortPath } from "./project.ts";
import { runningCloud } from "./start/running.ts";
import { runningStart } from "./start/start-lock.ts";
import { CliError } from "./terminal/cli-error.ts";
import { parseOptions } from "./terminal/options.ts";
import { createTerminal } from "./terminal/terminal.ts";

const usage = `npm run clean [-- --folder .onair]

Removes what npm start and npm run synth have made: the local cloud with all that is in it, and the
synthesized stacks. Never touches AWS. Refuses while the local cloud runs.

Exit codes: 0 removed, 1 still running, 2 usage.`;

const terminal = createTerminal({ stdout: process.stdout, stderr: process.stderr, environment: process.env });
try {
  const options = parseOptions(process.argv.slice(2), { folder: ".onair" }, usage);
  if (options === "help") {
    terminal.answer(usage);
  } else {
    const project = openProject(options.folder, "cdktf.out");
    const pid = runningStart(project) ?? (await runningCloud(project));
    if (pid !== undefined) {
      throw new CliError(
        "STILL_RUNNING",
        `The local cloud in ${shortPath(project, project.folder)} runs (process ${pid}).`,
        "Nothing was removed.",
        `End it with Ctrl-C, or: kill -INT ${pid}`,
      );
    }
    for (const folder of [project.folder, project.output]) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      terminal.answer(`Removed ${shortPath(project, folder)}`);
    }
  }
} catch (thrown) {
  process.exitCode = terminal.fail(thrown);
}
