import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { callerAccount } from "#aws/state-backend/caller.ts";
import { refuseOtherAccount } from "../bootstrap/allowed-account.ts";
import { backendOf, chosenSettings } from "../environment.ts";
import { serviceFailure } from "../onair/service-failure.ts";
import { chooseTarget, targetLine } from "../onair/target.ts";
import { runUntilInterrupted } from "../process/run-until-interrupted.ts";
import { openProject, type Project, projectRoot, stackNames } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { withClients } from "./clients.ts";
import { inventoryLines, isEmpty, takeInventory } from "./inventory.ts";
import { refuseFullBuckets, refuseOtherBucket, refuseProtected, refuseUnconfirmed } from "./refusals.ts";
import { removeRunTime } from "./run-time.ts";
import { destroyStacks } from "./stacks.ts";
import { removeStateHome } from "./state-home.ts";
import type { DestroyOptions } from "./verb.ts";

const again = "onair destroy";

/** The state goes last, and only by its name: all others are described in it. */
const stacksInOrder = stackNames.filter((name) => name !== "state").toReversed();

/**
 * `onair destroy`: lists what there is of the environment that ONAIR_ENV names, has its name said, and removes it: what
 * was made at run time, then the stacks. What is there is found anew by each run, so one that broke off is ended by the next.
 * Returns the exit code.
 *
 * @param root where cdktf.json and main.ts are
 */
export function runDestroy(terminal: Terminal, options: DestroyOptions, root = projectRoot): Promise<number> {
  return runUntilInterrupted(terminal, again, (signal) => destroy(terminal, options, root, signal));
}

async function destroy(terminal: Terminal, options: DestroyOptions, root: string, signal: AbortSignal): Promise<void> {
  const { aws = false, folder } = options;
  const target = await chooseTarget(openProject(folder, "cdktf.out"), aws, again);
  terminal.note(targetLine(target));
  const { name, settings } = chosenSettings(root, again);
  const backend = backendOf(root, name, again);
  refuseOtherBucket(backend.bucket, options.state);
  const project: Project = {
    ...openProject(folder, aws ? join(root, "cdktf.out") : `${folder}/cdktf.out/${name}`),
    root,
  };
  // The stacks' region, whatever a shell's AWS_REGION says: users' channels are in it, too.
  const region = aws ? settings.region : target.region;
  await withClients({ region, stateRegion: backend.region }, async (clients) => {
    try {
      if (aws) refuseOtherAccount({ name, ...settings }, await callerAccount(clients.state.sts), again);
      const where = { environment: name, backend, stacks: stacksInOrder };
      const inventory = await takeInventory(clients, where);
      terminal.answer(`Environment ${name}: this is removed for good.`);
      for (const line of inventoryLines(inventory)) terminal.answer(line);
      terminal.answer(stateLine(backend.bucket, options.state));
      refuseProtected(name, settings.protect, inventory, again);
      refuseFullBuckets(inventory, again);
      refuseUnconfirmed(name, options.confirm ?? (await askFor(name)));
      const ending = async (found: typeof inventory) =>
        terminal.step("Remove what was made at run time", async (tell) => {
          const removed = await removeRunTime(clients, name, found, { tell, signal });
          return { value: undefined, summary: `${removed} removed` };
        });
      await ending(inventory);
      await destroyStacks({ terminal, project, signal, again, aws }, inventory.stacks);
      // Workers may have made something until their functions went.
      const late = await takeInventory(clients, where);
      if (!isEmpty(late)) await ending(late);
      if (options.state !== undefined) await removeStateHome(terminal, clients, name, backend);
      terminal.answer(`Environment ${name} is removed.`);
    } catch (thrown) {
      throw thrown instanceof CliError ? thrown : serviceFailure(thrown, again);
    }
  });
}

const stateLine = (bucket: string, named: string | undefined): string =>
  named === undefined
    ? `Terraform's state stays in bucket ${bucket}; with --state ${bucket} it goes, too.`
    : `Terraform's state: bucket ${bucket}, with all versions, and the table of its locks`;

/** What somebody types; undefined where nobody sits before a terminal. */
async function askFor(environment: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await lines.question(`Type ${environment} to remove all of it: `)).trim();
  } finally {
    lines.close();
  }
}
