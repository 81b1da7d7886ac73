import { join } from "node:path";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { IvsClient } from "@aws-sdk/client-ivs";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import { createStateBackendClients } from "#aws/state-backend/state-backend.ts";
import { awsFailure } from "../bootstrap/aws-failure.ts";
import { backendOf, chosenSettings } from "../environment.ts";
import { statesOf } from "../lock/states.ts";
import { functionOf, type Platform, readPlatform } from "../onair/platform.ts";
import { chooseTarget, type Target, targetLine } from "../onair/target.ts";
import { openProject, stackFolder } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { checkAccount } from "./account.ts";
import { type Finding, fail, ok } from "./finding.ts";
import { checkFunctions } from "./functions.ts";
import { checkAlarms, checkDeadLetters, checkObservePass } from "./goings-on.ts";
import { checkMachine, checkProvider } from "./machine.ts";
import { checkMailSender, checkPlaybackKeys, checkQuotas } from "./service.ts";
import { checkStateHome } from "./state-home.ts";
import type { DoctorOptions } from "./verb.ts";

/**
 * Every check, in the order in which things depend on each other: the machine, the account, the state, what is deployed,
 * how it goes. One that fails ends none of the others, but credentials of another account do.
 *
 * @throws CliError where there is no target to look at
 */
export async function examine(terminal: Terminal, options: DoctorOptions, again: string): Promise<Finding[]> {
  const { aws = false, folder } = options;
  // Before the target is chosen: from there on this process has the local cloud's environment.
  const findings = await checkMachine(process.env);
  const project = openProject(folder, "cdktf.out");
  const target = await chooseTarget(project, aws, again);
  terminal.note(targetLine(target));
  const { name, settings } = chosenSettings(project.root, again);
  const output = aws ? project.output : join(project.folder, "cdktf.out", name);
  const stack = stackFolder({ ...project, output }, "platform");
  const provider = await checkProvider(stack, process.env).catch(() =>
    fail("providers", "Terraform does not say", `Run terraform init in ${stack}.`),
  );
  findings.push(provider);

  const backend = backendOf(project.root, name, again);
  const home = createStateBackendClients(backend.region);
  try {
    const account = await checkAccount(home.sts, { name, ...settings }, target.kind === "local").catch(
      (thrown: unknown) => {
        throw awsFailure(thrown, again);
      },
    );
    findings.push(account);
    if (account.state === "fail") return findings;
    findings.push(...(await Promise.all(checkStateHome(home, statesOf(name, backend), Date.now()))));
    const platform = await deployedPlatform(terminal, options, again);
    if (!("target" in platform)) return [...findings, platform];
    findings.push(
      ok(
        "outputs",
        `${Object.keys(platform.functions).length} functions and ${Object.keys(platform.queues).length} queues are named`,
      ),
    );
    const { concurrentStreamsQuota } = settings.operations;
    const names = settings.playbackKeys.map((key) => key.name);
    return [...findings, ...(await checkPlatform(platform, { stack, concurrentStreamsQuota, names, target, again }))];
  } finally {
    for (const client of Object.values(home)) client.destroy();
  }
}

async function deployedPlatform(
  terminal: Terminal,
  options: DoctorOptions,
  again: string,
): Promise<Platform | Finding> {
  try {
    return await readPlatform({ ...terminal, note: () => undefined }, options, again);
  } catch (thrown) {
    if (!(thrown instanceof CliError)) throw thrown;
    const [why = ""] = thrown.why.split("\n");
    return fail("outputs", `${thrown.what} ${why}`, thrown.cure);
  }
}

interface Expected {
  /** Where the platform is synthesized. */
  readonly stack: string;
  readonly concurrentStreamsQuota: number;
  /** Of playback keys. */
  readonly names: readonly string[];
  readonly target: Target;
  readonly again: string;
}

async function checkPlatform(platform: Platform, expected: Expected): Promise<Finding[]> {
  const { stack, concurrentStreamsQuota, names, again } = expected;
  const { region } = expected.target;
  const [ivs, lambda, sqs] = [new IvsClient({ region }), new LambdaClient({ region }), new SQSClient({ region })];
  const cloudWatch = new CloudWatchClient({ region });
  const cognito = new CognitoIdentityProviderClient({ region });
  const prefix = `onair-${platform.environment}-`;
  const functionName = functionOf(platform, "playback-token", again);
  try {
    return await Promise.all([
      checkFunctions(lambda, stack),
      checkDeadLetters(sqs, prefix),
      checkObservePass(cloudWatch, functionOf(platform, "observe-streams", again), Date.now()),
      checkQuotas(ivs, concurrentStreamsQuota),
      checkPlaybackKeys({ ivs, lambda, functionName, names }),
      checkMailSender(cognito, platform.userPoolId),
      checkAlarms(cloudWatch, prefix),
    ]);
  } finally {
    for (const client of [ivs, lambda, sqs, cloudWatch, cognito]) client.destroy();
  }
}
