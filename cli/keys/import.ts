import { lstatSync, rmSync } from "node:fs";
import { fingerprintOf } from "#aws/playback/fingerprint.ts";
import { keySecretFingerprint } from "#aws/playback/key-secrets.ts";
import { keySecretName } from "#domain/playback/key-secret.ts";
import { projectRoot } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { nameTaken } from "./create.ts";
import { keepKey, openTarget, withKeySecrets } from "./keep-key.ts";
import { type KeyPair, readKeyFile } from "./private-key.ts";
import { parsePublicKey } from "./public-key.ts";
import type { KeysOptions } from "./verb.ts";

/**
 * `onair keys import`: a P-384 key that was made elsewhere. One that is in the ring already, as its public half, gets the
 * secret that it lacks. Returns the exit code.
 *
 * @param root where cdktf.json is
 */
export async function importKey(
  terminal: Terminal,
  file: string,
  options: KeysOptions,
  root = projectRoot,
): Promise<number> {
  const name = String(options.name);
  const pair = readKeyFile(file);
  if (options.remove && !lstatSync(file).isFile()) {
    throw new CliError("USAGE", `--remove deletes files, and ${file} is none.`, "Nothing was done.", "Leave it out.");
  }
  const again = `onair keys import ${file} --name ${name}`;
  const place = { terminal, root, again, target: await openTarget(terminal, options, again) };
  await withKeySecrets(place, async (secrets) => {
    const known = secrets.chosen.playbackKeys.find((key) => key.name === name);
    if (known && !isHalfOf(known.publicKeyPem, pair)) throw nameTaken(name);
    await keepKey(place, secrets, name, pair);
    if (!options.remove) {
      terminal.note(`Now remove ${file}: the secret is to be the only copy.`);
      return;
    }
    const held = await keySecretFingerprint(secrets.secrets, keySecretName(secrets.chosen.name, name));
    if (held !== pair.fingerprint) {
      const why = `Read back, its fingerprint is ${held || "none"}, not ${pair.fingerprint}.`;
      throw new CliError(
        "KEY_UNUSABLE",
        `${file} was not removed: the secret does not hold its key.`,
        why,
        "Look at it.",
      );
    }
    rmSync(file);
    terminal.note(`Removed ${file}; the secret was read back and is the same key.`);
  });
  return 0;
}

function isHalfOf(publicPem: string | undefined, { fingerprint }: KeyPair): boolean {
  const publicKey = publicPem === undefined ? undefined : parsePublicKey(publicPem);
  return publicKey !== undefined && fingerprintOf(publicKey) === fingerprint;
}
