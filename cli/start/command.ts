import { DEFAULT_ENVIRONMENT } from "#settings/read-settings.ts";
import { chooseEnvironment } from "../environment.ts";
import { runUntilInterrupted } from "../process/run-until-interrupted.ts";
import { openProject, projectRoot } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import { parseOptions } from "../terminal/options.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { canOpenPage } from "./open-page.ts";
import { start } from "./start.ts";

const usage = `npm start [-- --port 4566] [--open auto|never] [--unlock <id>] [--folder .onair]

Starts a local cloud on this machine, makes Terraform's state in it, and deploys the platform to it with the
real cdktf and Terraform, goes live on its demo channel, and opens the page. It runs until Ctrl-C, and what is in it
stays for the next start.
ONAIR_ENV chooses the environment of cdktf.json, ${DEFAULT_ENVIRONMENT} unless said.

  --port     first port to use; a free block unless said (also ONAIR_PORT)
  --open     whether the page opens in the browser by itself: auto does where there is a screen
  --unlock   free the lock of this id, which a killed run left behind
  --folder   where everything is kept, .onair unless said

Exit codes: 0 ended by Ctrl-C after it was ready, or already running; 1 failed; 2 usage; 5 locked;
6 a prerequisite is missing; 130 interrupted before it was ready.`;

/** `npm start`; returns the exit code. */
export async function startCommand(terminal: Terminal, args: readonly string[]): Promise<number> {
  return runUntilInterrupted(terminal, "npm start", async (signal) => {
    const defaults = { folder: ".onair", port: process.env.ONAIR_PORT ?? "", open: "auto", unlock: "" };
    const options = parseOptions(args, defaults, usage);
    if (options === "help") return terminal.answer(usage);
    // Stacks of the local cloud are synthesized beside it: their provider locks must not meet an AWS account.
    const chosen = chooseEnvironment(projectRoot, "npm start");
    const project = openProject(options.folder, `${options.folder}/cdktf.out/${chosen.name}`);
    const { port, unlock, open } = options;
    const opensPage = wantsPage(open) && canOpenPage(process.env, process.stdout.isTTY === true);
    await start({
      terminal,
      signal,
      project,
      chosen,
      port: port || undefined,
      unlockId: unlock || undefined,
      opensPage,
    });
  });
}

function wantsPage(open: string): boolean {
  if (open === "auto" || open === "never") return open === "auto";
  const why = `It is auto or never; got ${JSON.stringify(open)}. Nothing was started.`;
  throw new CliError("USAGE", "--open is not one of its words.", why, "Type: npm start -- --open never");
}
