import type { StateBackend, StateBackendClients } from "#aws/state-backend/state-backend.ts";
import { createStateBackendClients } from "#aws/state-backend/state-backend.ts";
import { type Backend, stateKey } from "#settings/backend.ts";
import { awsFailure } from "../bootstrap/aws-failure.ts";
import { backendOf, chooseEnvironment } from "../environment.ts";
import { chooseTarget, targetLine } from "../onair/target.ts";
import { openProject, stackNames } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { LockOptions } from "./verb.ts";

/** Where the state of one stack of the chosen environment is kept. */
export interface StackState {
  readonly stack: string;
  readonly backend: StateBackend;
}

/**
 * Does something with the states of all stacks, as backend.tf.json names their bucket and table.
 *
 * @throws CliError NOT_RUNNING, SETTINGS_INVALID, or what AWS refused
 */
export async function withStates<Answer>(
  terminal: Terminal,
  { aws = false, folder }: LockOptions,
  again: string,
  work: (clients: StateBackendClients, states: readonly StackState[]) => Promise<Answer>,
): Promise<Answer> {
  const project = openProject(folder, "cdktf.out");
  const target = await chooseTarget(project, aws, again);
  terminal.note(targetLine(target));
  const { name } = chooseEnvironment(project.root, again);
  const backend = backendOf(project.root, name, again);
  const clients = createStateBackendClients(backend.region);
  try {
    return await work(clients, statesOf(name, backend));
  } catch (thrown) {
    if (thrown instanceof Error && isMissing.test(thrown.name)) throw notBootstrapped(backend, again);
    throw thrown instanceof CliError ? thrown : awsFailure(thrown, again);
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}

/** The states of all stacks of an environment. */
export const statesOf = (environment: string, { bucket, dynamodb_table: table, region }: Backend): StackState[] =>
  stackNames.map((stack) => ({ stack, backend: { bucket, table, region, key: stateKey(environment, stack) } }));

const isMissing = /^(NoSuchBucket|ResourceNotFoundException)$/;

const notBootstrapped = ({ bucket, dynamodb_table: table }: Backend, again: string) =>
  new CliError(
    "NOT_DEPLOYED",
    `There is no state: bucket ${bucket} or table ${table} is missing.`,
    "They are what backend.tf.json names.",
    `Make them: npm run bootstrap; then: ${again}`,
  );
