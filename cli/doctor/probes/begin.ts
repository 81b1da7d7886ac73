import { join } from "node:path";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { IvsClient } from "@aws-sdk/client-ivs";
import { IvschatClient } from "@aws-sdk/client-ivschat";
import { refuseOtherCaller } from "../../bootstrap/allowed-account.ts";
import { type ChosenEnvironment, chooseEnvironment } from "../../environment.ts";
import { type AwsTarget, chooseTarget, targetLine } from "../../onair/target.ts";
import { probeTerraform } from "../../prerequisites/probe.ts";
import { requireTerraform } from "../../prerequisites/requirements.ts";
import { openProject, type Project, projectRoot } from "../../project.ts";
import type { RunContext } from "../../run-context.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { runsFolder, sweepCommand } from "./leftovers.ts";
import { patient } from "./session.ts";

/** What every step of a run works with. */
export interface Begun {
  readonly run: string;
  readonly project: Project;
  readonly environment: ChosenEnvironment;
  readonly target: AwsTarget;
  readonly ivs: IvsClient;
  readonly chat: IvschatClient;
  readonly cloudWatch: CloudWatchClient;
  /** For Terraform in the run's own folder. */
  context(signal: AbortSignal): RunContext;
  end(): void;
}

/**
 * Chooses the account for a run, or for the sweep of one.
 *
 * @throws CliError SETTINGS_INVALID, TERRAFORM_MISSING, TERRAFORM_TOO_OLD, ACCOUNT_NOT_ALLOWED, AWS_REFUSED, AWS_UNREACHABLE
 */
export async function begin(terminal: Terminal, folder: string, run: string, again: string): Promise<Begun> {
  const project = openProject(folder, join(runsFolder(openProject(folder, "cdktf.out")), run));
  const target = (await chooseTarget(project, true, again)) as AwsTarget;
  terminal.note(targetLine(target));
  requireTerraform({ platform: process.platform, terraform: await probeTerraform(process.env) });
  const environment = chooseEnvironment(projectRoot, again);
  // What is made there may be looked at by its owners.
  await refuseOtherCaller(environment, again);
  const options = { region: target.region, ...patient };
  const clients = {
    ivs: new IvsClient(options),
    chat: new IvschatClient(options),
    cloudWatch: new CloudWatchClient(options),
  };
  return {
    ...{ run, project, environment, target, ...clients },
    context: (signal) => ({
      ...{ project, terminal, signal, again },
      environment: process.env,
      unlock: () => sweepCommand(run),
    }),
    end: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
