import { existsSync } from "node:fs";
import * as v from "valibot";
import { chooseEnvironment } from "../environment.ts";
import { openProject, shortPath, stackFolder } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { readOutputs } from "../terraform/run-terraform.ts";
import type { TargetOptions } from "./options.ts";
import { refuseOtherEnvironment } from "./other-environment.ts";
import { chooseTarget, type Target, targetLine } from "./target.ts";

const text = v.pipe(v.string(), v.nonEmpty());

const playbackKey = v.variant("kind", [
  v.object({ name: text, kind: v.literal("kms"), key_arn: text }),
  v.object({ name: text, kind: v.literal("secret"), secret_name: text, fingerprint: text }),
]);

const outputs = v.object({
  table_name: text,
  user_pool_id: text,
  queues: v.record(text, v.object({ url: text, dead_letters_url: text })),
  functions: v.record(text, text),
  // Platforms that were deployed before it was an output have none.
  playback_key_ring: v.optional(v.array(playbackKey)),
});

/** A queue, and where goes what failed for good. */
export interface PlatformQueue {
  readonly url: string;
  readonly deadLettersUrl: string;
}

/** A key for playback tokens, and where its private half is. */
export type DeployedKey =
  | { readonly name: string; readonly kind: "kms"; readonly keyArn: string }
  | {
      readonly name: string;
      readonly kind: "secret";
      readonly secretName: string;
      /** Of the public half: the SHA-256 of its SPKI, in hexadecimal. */
      readonly fingerprint: string;
    };

/** A deployed platform, as far as an operator's commands need to know it. */
export interface Platform {
  readonly target: Target;
  /** For example `dev`; also the value of the tag `onair:environment`. */
  readonly environment: string;
  readonly tableName: string;
  readonly userPoolId: string;
  /** By what they are for: `accounts`, `stream-state`, `webhooks`. */
  readonly queues: Readonly<Record<string, PlatformQueue>>;
  /** Names of the deployed functions, by their folder of handlers/. */
  readonly functions: Readonly<Record<string, string>>;
  /** The one that signs first; undefined where the platform that is deployed does not tell. */
  readonly playbackKeys: readonly DeployedKey[] | undefined;
  /** All that its stack says, for commands that need more of it. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/**
 * The platform that is deployed on the target, by the outputs of its stack: on the laptop those of `npm start`, on AWS
 * those of the stack that was deployed from this checkout.
 *
 * @throws CliError NOT_RUNNING, NOT_DEPLOYED, or what Terraform says
 */
export async function readPlatform(terminal: Terminal, options: TargetOptions, again: string): Promise<Platform> {
  const { aws = false, folder } = options;
  const target = await chooseTarget(openProject(folder, "cdktf.out"), aws, again);
  terminal.note(targetLine(target));
  const { name } = chooseEnvironment(openProject(folder, "cdktf.out").root, again);
  const project = openProject(folder, aws ? "cdktf.out" : `${folder}/cdktf.out/${name}`);
  const place = stackFolder(project, "platform");
  const cure = aws
    ? `Deploy it: npx cdktf deploy platform; then: ${again} --aws`
    : `Deploy it: npm start; then: ${again}`;
  if (!existsSync(place)) {
    const what = `The platform of environment ${name} was not deployed from here.`;
    throw new CliError("NOT_DEPLOYED", what, `There is no ${shortPath(project, place)}.`, cure);
  }
  refuseOtherEnvironment(place, name, aws ? `${again} --aws` : again);
  const context = {
    ...{ project, terminal, environment: process.env, again },
    signal: new AbortController().signal,
    unlock: () => again,
  };
  const said = await readOutputs(context, "platform", "outputs");
  const parsed = v.safeParse(outputs, said);
  if (!parsed.success) {
    const missing = parsed.issues.map((issue) => v.getDotPath(issue)).join(", ");
    const what = `The platform of environment ${name} is not deployed, or was before it had accounts.`;
    throw new CliError("NOT_DEPLOYED", what, `Missing among its outputs: ${missing}.`, cure);
  }
  const { table_name, user_pool_id, queues, functions, playback_key_ring } = parsed.output;
  return {
    ...{ target, functions, outputs: said },
    playbackKeys: playback_key_ring?.map(deployedKey),
    environment: name,
    tableName: table_name,
    userPoolId: user_pool_id,
    queues: Object.fromEntries(
      Object.entries(queues).map(([queue, { url, dead_letters_url }]) => [
        queue,
        { url, deadLettersUrl: dead_letters_url },
      ]),
    ),
  };
}

function deployedKey(key: v.InferOutput<typeof playbackKey>): DeployedKey {
  const { name } = key;
  if (key.kind === "kms") return { name, kind: "kms", keyArn: key.key_arn };
  return { name, kind: "secret", secretName: key.secret_name, fingerprint: key.fingerprint };
}

/**
 * The keys for playback tokens, the one that signs first.
 *
 * @throws CliError NOT_DEPLOYED
 */
export function playbackKeysOf({ playbackKeys }: Platform, again: string): readonly DeployedKey[] {
  if (playbackKeys !== undefined) return playbackKeys;
  const what = "The platform that is deployed does not say which playback keys it has.";
  throw new CliError("NOT_DEPLOYED", what, "It was deployed before it did.", `Deploy it again, then: ${again}`);
}

/**
 * A queue of the platform.
 *
 * @throws CliError QUEUE_UNKNOWN with those that there are
 */
export function queueOf({ queues }: Platform, name: string): PlatformQueue {
  const queue = queues[name];
  if (queue !== undefined) return queue;
  const there = Object.keys(queues).sort().join(", ");
  throw new CliError("QUEUE_UNKNOWN", `There is no queue ${name}.`, "Nothing was moved.", `Choose one of: ${there}`);
}

/**
 * The deployed name of a function.
 *
 * @throws CliError NOT_DEPLOYED
 */
export function functionOf({ functions }: Platform, handler: string, again: string): string {
  const name = functions[handler];
  if (name !== undefined) return name;
  const what = `The platform that is deployed has no function ${handler}.`;
  throw new CliError("NOT_DEPLOYED", what, "It was deployed before it had one.", `Deploy it again, then: ${again}`);
}
