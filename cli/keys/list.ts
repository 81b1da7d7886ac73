import type { KeyObject } from "node:crypto";
import { KMSClient } from "@aws-sdk/client-kms";
import { fingerprintOf } from "#aws/playback/fingerprint.ts";
import { kmsPublicKey } from "#aws/playback/kms-public-key.ts";
import { keySecretName } from "#domain/playback/key-secret.ts";
import { type ChosenEnvironment, chooseEnvironment } from "../environment.ts";
import { jsonAnswer } from "../onair/json-result.ts";
import { keyFailure } from "../onair/key-failure.ts";
import { type DeployedKey, playbackKeysOf, readPlatform } from "../onair/platform.ts";
import { projectRoot } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import { table } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { parsePublicKey } from "./public-key.ts";
import type { KeysOptions } from "./verb.ts";

/** One key, in the settings, deployed, or both. */
export interface ListedKey {
  readonly name: string;
  readonly keptIn: "kms" | "secret";
  /** Null in KMS. */
  readonly secretName: string | null;
  /** The place in the settings' ring, from 1; the first signs once it is deployed. Null where it is not there. */
  readonly settings: number | null;
  /** The place in the deployed ring, from 1; the first signs. Null where it is not there, or that is not known. */
  readonly deployed: number | null;
  /** SHA-256 of the public half's SPKI, in hexadecimal; null of a key of KMS that is not deployed. */
  readonly fingerprint: string | null;
}

const again = "onair keys list";

/**
 * `onair keys list`; returns the exit code.
 *
 * @param root where cdktf.json is
 */
export async function listKeys(terminal: Terminal, options: KeysOptions, root = projectRoot): Promise<number> {
  const chosen = chooseEnvironment(root, again);
  const warnings: string[] = [];
  const deployed = await readDeployed(terminal, options, warnings);
  const keys = ringRows(chosen, deployed);
  if (options.json) {
    terminal.answer(jsonAnswer("keys", { environment: chosen.name, keys }, warnings));
    return 0;
  }
  for (const warning of warnings) terminal.note(warning);
  for (const line of keys.length === 0 ? ["No keys."] : keyLines(keys)) terminal.answer(line);
  return 0;
}

/** A deployed key, with its fingerprint where that could be had. */
export type FoundKey = DeployedKey & { readonly fingerprint?: string | undefined };

/** The settings are worth listing without a platform, too. */
async function readDeployed(terminal: Terminal, options: KeysOptions, warnings: string[]): Promise<FoundKey[]> {
  try {
    const platform = await readPlatform(terminal, options, again);
    const kms = new KMSClient({ region: platform.target.region });
    const find = async (key: DeployedKey): Promise<FoundKey> => {
      if (key.kind === "secret") return key;
      const publicKey: KeyObject = await kmsPublicKey(kms, key.keyArn).catch((thrown: unknown) => {
        throw keyFailure(thrown, `KMS key ${key.keyArn}`, again);
      });
      return { ...key, fingerprint: fingerprintOf(publicKey) };
    };
    try {
      return await Promise.all(playbackKeysOf(platform, again).map(find));
    } finally {
      kms.destroy();
    }
  } catch (thrown) {
    if (!(thrown instanceof CliError)) throw thrown;
    warnings.push(`What is deployed is not known: ${thrown.what}`);
    return [];
  }
}

/** The keys of the settings in their order, then those that are deployed and gone from there. */
export function ringRows(
  { name: environment, playbackKeys }: Pick<ChosenEnvironment, "name" | "playbackKeys">,
  deployed: readonly FoundKey[],
): ListedKey[] {
  const placeOf = (names: readonly { readonly name: string }[], name: string): number | null => {
    const index = names.findIndex((key) => key.name === name);
    return index < 0 ? null : index + 1;
  };
  const ofSettings = playbackKeys.map(({ name, publicKeyPem }, index): ListedKey => {
    const own = publicKeyPem !== undefined;
    const publicKey = own ? parsePublicKey(publicKeyPem) : undefined;
    return {
      name,
      keptIn: own ? "secret" : "kms",
      secretName: own ? keySecretName(environment, name) : null,
      settings: index + 1,
      deployed: placeOf(deployed, name),
      fingerprint: publicKey
        ? fingerprintOf(publicKey)
        : (deployed.find((key) => key.name === name)?.fingerprint ?? null),
    };
  });
  const gone = deployed
    .filter(({ name }) => placeOf(playbackKeys, name) === null)
    .map(
      (key): ListedKey => ({
        name: key.name,
        keptIn: key.kind,
        secretName: key.kind === "secret" ? key.secretName : null,
        settings: null,
        deployed: placeOf(deployed, key.name),
        fingerprint: key.fingerprint ?? null,
      }),
    );
  return [...ofSettings, ...gone];
}

const place = (number: number | null): string => (number === null ? "-" : number === 1 ? "1, signs" : String(number));

export const keyLines = (keys: readonly ListedKey[]): string[] =>
  table(
    ["KEY", "SETTINGS", "DEPLOYED", "KEPT IN", "FINGERPRINT"],
    keys.map(({ name, settings, deployed, secretName, fingerprint }) => [
      ...[name, place(settings), place(deployed)],
      ...[secretName === null ? "KMS" : `secret ${secretName}`, fingerprint ?? "-"],
    ]),
  );
