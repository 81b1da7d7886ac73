import { join } from "node:path";
import { type Backend, readBackend } from "#settings/backend.ts";
import { DEFAULT_ENVIRONMENT, readSettings } from "#settings/read-settings.ts";
import type { Settings } from "#settings/schema.ts";
import { SettingsError } from "#settings/settings-error.ts";
import { CliError } from "./terminal/cli-error.ts";

/** The environment to deploy, as far as the commands need to know it. */
export interface ChosenEnvironment {
  readonly name: string;
  readonly region: string;
  readonly awsProviderVersion: string;
  /** Empty means any. */
  readonly allowedAccountIds: readonly string[];
  /** In the order of the settings. */
  readonly channelNames: readonly string[];
  /** The keys for playback tokens, the one that signs first. */
  readonly playbackKeys: readonly { readonly name: string; readonly publicKeyPem?: string | undefined }[];
  /** How long a token may begin playback. */
  readonly tokenSeconds: number;
}

/**
 * The environment that ONAIR_ENV names, with its settings checked.
 *
 * @param root where cdktf.json is
 * @param again the command that goes on once the settings are right
 * @throws CliError SETTINGS_INVALID with path, rule and value of what is wrong
 */
export function chooseEnvironment(root: string, again: string): ChosenEnvironment {
  const { name, settings } = chosenSettings(root, again);
  const { region, awsProviderVersion, allowedAccountIds, playbackKeys } = settings;
  const { tokenSeconds } = settings.playback;
  const channelNames = settings.channels.map((channel) => channel.name);
  return { name, region, awsProviderVersion, allowedAccountIds, channelNames, playbackKeys, tokenSeconds };
}

/**
 * All settings of the environment that ONAIR_ENV names.
 *
 * @throws CliError SETTINGS_INVALID
 */
export function chosenSettings(root: string, again: string): { readonly name: string; readonly settings: Settings } {
  const name = process.env.ONAIR_ENV ?? DEFAULT_ENVIRONMENT;
  try {
    return { name, settings: readSettings(join(root, "cdktf.json"), name) };
  } catch (thrown) {
    throw settingsFailure(thrown, again);
  }
}

/**
 * Where an environment keeps its states.
 *
 * @throws CliError SETTINGS_INVALID
 */
export function backendOf(root: string, environment: string, again: string): Backend {
  try {
    return readBackend(root, environment, []);
  } catch (thrown) {
    throw settingsFailure(thrown, again);
  }
}

/** What is wrong with a file of settings as an error that says what to do; other errors stay what they are. */
function settingsFailure(thrown: unknown, again: string): unknown {
  if (!(thrown instanceof SettingsError)) return thrown;
  const [first = "", ...others] = thrown.message.replace(/\s+SETTINGS_INVALID$/, "").split("\n");
  return new CliError("SETTINGS_INVALID", first, others.slice(0, 3).join("\n"), `Change it, then: ${again}`);
}
