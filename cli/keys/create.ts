import { projectRoot } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { keepKey, openTarget, withKeySecrets } from "./keep-key.ts";
import { makeKeyPair } from "./private-key.ts";
import type { KeysOptions } from "./verb.ts";

/**
 * `onair keys create`: a new P-384 key, its private half in Secrets Manager and nowhere else. Returns the exit code.
 *
 * @param root where cdktf.json is
 */
export async function createKey(
  terminal: Terminal,
  name: string,
  options: KeysOptions,
  root = projectRoot,
): Promise<number> {
  const again = `onair keys create ${name}`;
  const place = { terminal, root, again, target: await openTarget(terminal, options, again) };
  await withKeySecrets(place, async (secrets) => {
    if (secrets.chosen.playbackKeys.some((key) => key.name === name)) throw nameTaken(name);
    await keepKey(place, secrets, name, makeKeyPair());
  });
  return 0;
}

export const nameTaken = (name: string): CliError =>
  new CliError(
    "KEY_EXISTS",
    `The ring in cdktf.json has a key ${name}.`,
    "Nothing was made.",
    "Choose another name: an entry is never changed. See: onair keys list",
  );
