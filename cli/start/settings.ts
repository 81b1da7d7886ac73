import { join } from "node:path";
import { DEFAULT_ENVIRONMENT, readSettings } from "#settings/read-settings.ts";
import { SettingsError } from "#settings/settings-error.ts";
import { CliError } from "../terminal/cli-error.ts";

/** The environment to deploy, and its region. */
export interface ChosenEnvironment {
  readonly name: string;
  readonly region: string;
}

/**
 * @param root where cdktf.json is
 * @throws CliError SETTINGS_INVALID with path, rule and value of what is wrong
 */
export function chooseEnvironment(root: string): ChosenEnvironment {
  const name = process.env.ONAIR_ENV ?? DEFAULT_ENVIRONMENT;
  try {
    return { name, region: readSettings(join(root, "cdktf.json"), name).region };
  } catch (thrown) {
    if (!(thrown instanceof SettingsError)) throw thrown;
    const [first = "", ...others] = thrown.message.replace(/\s+SETTINGS_INVALID$/, "").split("\n");
    throw new CliError("SETTINGS_INVALID", first, others.slice(0, 3).join("\n"), "Change it, then: npm start");
  }
}
