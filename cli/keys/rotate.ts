import { setTimeout as sleep } from "node:timers/promises";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { type DeployedRing, readDeployedRing } from "#aws/playback/deployed-ring.ts";
import { keySecretFingerprint } from "#aws/playback/key-secrets.ts";
import { awsFailure } from "../bootstrap/aws-failure.ts";
import { type ChosenEnvironment, chooseEnvironment } from "../environment.ts";
import { functionOf, type Platform, playbackKeysOf, readPlatform } from "../onair/platform.ts";
import { projectRoot } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { addEntry, makeFirst, removeEntry, type SettingsText } from "./edit-ring.ts";
import { type KeyPlace, keepKey, withKeySecrets } from "./keep-key.ts";
import { nextStep, type RotationFacts, type RotationStep } from "./next-step.ts";
import { makeKeyPair } from "./private-key.ts";
import { checkEdited, readSettingsText, writeSettingsText } from "./settings-file.ts";
import { type StepContext, stepLines } from "./step-lines.ts";
import type { KeysOptions } from "./verb.ts";

interface Rotation extends KeyPlace {
  readonly options: KeysOptions;
  readonly platform: Platform;
  readonly chosen: ChosenEnvironment;
}

/**
 * `onair keys rotate`: the next step from one key to another, decided anew at each call by the settings and by what is
 * deployed. Deploying is left to the operator. Returns the exit code.
 *
 * @param root where cdktf.json is
 */
export async function rotateKeys(terminal: Terminal, options: KeysOptions, root = projectRoot): Promise<number> {
  const again = `onair keys rotate${options.new === undefined ? "" : ` --new ${options.new}`}`;
  const platform = await readPlatform(terminal, options, again);
  const chosen = chooseEnvironment(root, again);
  const rotation: Rotation = { terminal, options, root, again, target: platform.target, platform, chosen };
  const facts = await readFacts(rotation);
  const step = await waited(rotation, facts, nextStep(facts));
  if (step.kind === "blocked") throw blocked(step.why, step.cure);
  await carryOut(step, rotation);
  const own = chosen.playbackKeys.flatMap(({ name, publicKeyPem }) => (publicKeyPem === undefined ? [] : [name]));
  const context: StepContext = {
    deployed: playbackKeysOf(platform, again),
    own: options.own && options.new !== undefined ? [...own, options.new] : own,
    deploy: platform.target.kind === "local" ? "end npm start by Ctrl-C, and npm start" : "npx cdktf deploy platform",
    again: platform.target.kind === "local" ? again : `${again} --aws`,
    now: Date.now(),
  };
  for (const line of stepLines(step, context)) terminal.answer(line);
  return 0;
}

const blocked = (why: string, cure: string): CliError =>
  new CliError("ROTATION_BLOCKED", why, "Nothing was changed.", `${cure}.`);

async function readFacts({ platform, chosen, options, again }: Rotation): Promise<RotationFacts> {
  const name = functionOf(platform, "playback-token", again);
  const lambda = new LambdaClient({ region: platform.target.region });
  let ring: DeployedRing;
  try {
    ring = await readDeployedRing(lambda, name);
  } catch (thrown) {
    throw awsFailure(thrown, again);
  } finally {
    lambda.destroy();
  }
  if (ring.isChanging) throw blocked(`Function ${name} is being changed now.`, `When that is done: ${again}`);
  return {
    newKey: options.new,
    settings: chosen.playbackKeys.map((key) => key.name),
    deployed: ring.keys,
    outputs: playbackKeysOf(platform, again).map((key) => key.name),
    deployedAt: ring.changedAt,
    tokenSeconds: chosen.tokenSeconds,
    now: Date.now(),
  };
}

/** The step itself, or with `--wait` the one that comes after the time that it says. */
async function waited(
  { terminal, options }: Rotation,
  facts: RotationFacts,
  step: RotationStep,
): Promise<RotationStep> {
  const until = step.kind === "wait" ? step.until : step.kind === "deploy" ? step.notBefore : undefined;
  if (!options.wait || until === undefined) return step;
  const title = step.kind === "wait" && step.for === "new-key" ? "Wait until IVS knows the key" : "Wait out the tokens";
  await terminal.step(title, async (tell) => {
    tell(() => `${Math.max(0, Math.ceil((until - Date.now()) / 1000))} s left`);
    await sleep(Math.max(0, until - facts.now));
    return { value: undefined };
  });
  return nextStep({ ...facts, now: until });
}

/** What a step does by itself: at most an edit of cdktf.json, and for a key of our own its secret. */
async function carryOut(step: RotationStep, rotation: Rotation): Promise<void> {
  const { chosen, options } = rotation;
  const places = chosen.playbackKeys.map((key) => key.name);
  if (step.kind === "add" && options.own) {
    await withKeySecrets(rotation, (secrets) => keepKey(rotation, secrets, step.name, makeKeyPair()));
  }
  if (step.kind === "add" && !options.own) edit(rotation, (settings) => addEntry(settings, { name: step.name }));
  if (step.kind === "make-first") {
    await refuseUnsigned(rotation, step.name);
    edit(rotation, (settings) => makeFirst(settings, places.indexOf(step.name)));
  }
  if (step.kind === "remove") edit(rotation, (settings) => removeEntry(settings, places.indexOf(step.name)));
}

function edit({ root, chosen, again }: Rotation, change: (settings: SettingsText) => string): void {
  const settings = readSettingsText(root, chosen.name);
  const edited = change(settings);
  checkEdited(edited, settings, again);
  writeSettingsText(root, settings, edited);
}

/** A key whose private half is not where the function reads it would sign nothing from the next deploy on. */
async function refuseUnsigned(rotation: Rotation, name: string): Promise<void> {
  const key = playbackKeysOf(rotation.platform, rotation.again).find((one) => one.name === name);
  if (key?.kind !== "secret") return;
  const { secretName, fingerprint } = key;
  const held = await withKeySecrets(rotation, ({ secrets }) => keySecretFingerprint(secrets, secretName));
  if (held === fingerprint) return;
  const why = held === undefined ? `There is no secret ${secretName}` : `Secret ${secretName} holds another key`;
  throw blocked(`${why}: ${name} would sign nothing.`, `Put its key there: onair keys import FILE --name ${name}`);
}
