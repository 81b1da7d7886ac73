import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { STSClient } from "@aws-sdk/client-sts";
import { createKeySecret, keySecretFingerprint } from "#aws/playback/key-secrets.ts";
import { callerAccount } from "#aws/state-backend/caller.ts";
import { keySecretName } from "#domain/playback/key-secret.ts";
import { refuseOtherAccount } from "../bootstrap/allowed-account.ts";
import { awsFailure } from "../bootstrap/aws-failure.ts";
import { type ChosenEnvironment, chooseEnvironment } from "../environment.ts";
import { chooseTarget, type Target, targetLine } from "../onair/target.ts";
import { openProject } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { addEntry, entryText } from "./edit-ring.ts";
import type { KeyPair } from "./private-key.ts";
import { checkEdited, readSettingsText, writeSettingsText } from "./settings-file.ts";
import type { KeysOptions } from "./verb.ts";

/** Where a key goes. */
export interface KeyPlace {
  readonly terminal: Terminal;
  readonly target: Target;
  /** Where cdktf.json is. */
  readonly root: string;
  /** The command, as it is to be typed once more. */
  readonly again: string;
}

/** The secrets of the environment, in the account that it allows. */
export interface KeySecrets {
  readonly chosen: ChosenEnvironment;
  readonly secrets: SecretsManagerClient;
}

/** The target that the options say, which is told. @throws CliError */
export async function openTarget(terminal: Terminal, { aws = false, folder }: KeysOptions, again: string) {
  const target = await chooseTarget(openProject(folder, "cdktf.out"), aws, again);
  terminal.note(targetLine(target));
  return target;
}

/** @throws CliError */
export async function withKeySecrets<Value>(
  { target, root, again }: KeyPlace,
  work: (place: KeySecrets) => Promise<Value>,
): Promise<Value> {
  const chosen = chooseEnvironment(root, again);
  const { region } = chosen;
  const [secrets, sts] = [new SecretsManagerClient({ region }), new STSClient({ region })];
  try {
    if (target.kind === "aws") refuseOtherAccount(chosen, await callerAccount(sts), again);
    return await work({ chosen, secrets });
  } catch (thrown) {
    throw awsFailure(thrown, again);
  } finally {
    secrets.destroy();
    sts.destroy();
  }
}

/**
 * Puts the private half into a new secret and the public one into the ring, as its last entry. What would be refused is
 * refused before anything is made; where only the settings failed, the entry that they lack has been told.
 *
 * @throws CliError KEY_EXISTS, SETTINGS_INVALID, FOLDER_NOT_WRITABLE
 */
export async function keepKey(
  place: KeyPlace,
  { chosen, secrets }: KeySecrets,
  name: string,
  pair: KeyPair,
): Promise<void> {
  const { terminal, root, again } = place;
  const settings = readSettingsText(root, chosen.name);
  const isInRing = chosen.playbackKeys.some((key) => key.name === name);
  const entry = { name, publicKeyPem: pair.publicPem };
  const edited = isInRing ? settings.text : addEntry(settings, entry);
  checkEdited(edited, settings, again);
  const secretName = keySecretName(chosen.name, name);
  const made = await createKeySecret(secrets, { name: secretName, pem: pair.privatePem, environment: chosen.name });
  if (made === "exists" && (await keySecretFingerprint(secrets, secretName)) !== pair.fingerprint) {
    throw new CliError(
      "KEY_EXISTS",
      `There is a secret ${secretName} already, with another key.`,
      "It was left as it is, and so was cdktf.json.",
      "Choose another name: a key is known by it for good.",
    );
  }
  terminal.note(
    `Secret ${secretName} ${made === "exists" ? "has this key already" : "made"}: the private half, and nowhere else.`,
  );
  terminal.note(`Fingerprint: ${pair.fingerprint}`);
  terminal.answer(entryText(entry));
  if (isInRing) return terminal.note("The ring in cdktf.json has the key already.");
  writeSettingsText(root, settings, edited, "Write the entry above into playbackKeys.");
  terminal.note(`Written into cdktf.json, playbackKeys of ${chosen.name}, as the last entry.`);
  const others =
    chosen.playbackKeys.length > 0 ? "IVS trusts it then; the first entry signs as before." : "It signs then.";
  terminal.note(`Next: deploy. ${others}`);
}
