import { accessSync, constants, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseSettings } from "#settings/read-settings.ts";
import { SettingsError } from "#settings/settings-error.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { SettingsText } from "./edit-ring.ts";

const fileName = "cdktf.json";

/** @throws CliError where it could not be written later on */
export function readSettingsText(root: string, environment: string): SettingsText {
  const file = join(root, fileName);
  try {
    accessSync(file, constants.W_OK);
    return { text: readFileSync(file, "utf8"), environment };
  } catch (error) {
    const why = String((error as NodeJS.ErrnoException).code);
    throw new CliError(
      "FOLDER_NOT_WRITABLE",
      `${fileName} cannot be written.`,
      why,
      "Make it writable, and try again.",
    );
  }
}

/** @throws CliError SETTINGS_INVALID where an edit would break a rule; nothing was written then */
export function checkEdited(edited: string, { environment }: SettingsText, again: string): void {
  const settings = (JSON.parse(edited) as { context: { environments: Record<string, unknown> } }).context;
  try {
    parseSettings(settings.environments[environment], { file: fileName, path: `environments.${environment}` });
  } catch (thrown) {
    if (!(thrown instanceof SettingsError)) throw thrown;
    const [first = ""] = thrown.message.replace(/\s+SETTINGS_INVALID$/, "").split("\n");
    throw new CliError("SETTINGS_INVALID", first, "Nothing was changed.", `Change that, then: ${again}`);
  }
}

/**
 * Writes the edited text.
 *
 * @param cure what is to be done where somebody else wrote meanwhile
 * @throws CliError SETTINGS_INVALID then; the file is left as it is
 */
export function writeSettingsText(root: string, before: SettingsText, edited: string, cure = "Try again."): void {
  const file = join(root, fileName);
  if (readFileSync(file, "utf8") !== before.text) {
    throw new CliError("SETTINGS_INVALID", `${fileName} was changed meanwhile.`, "It was left as it is.", cure);
  }
  writeFileSync(file, edited);
}
