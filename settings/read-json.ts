import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { SettingsError } from "./settings-error.ts";

/** Reads a JSON file. Throws {@link SettingsError} where it is none, for example for a comma too many. */
export function readJson(file: string): unknown {
  const text = readFileSync(file, "utf8");
  try {
    return JSON.parse(text);
  } catch (error) {
    const rule = `is not JSON: ${(error as Error).message}`;
    throw new SettingsError(basename(file), [{ path: "whole file", rule, got: `${text.length} characters` }]);
  }
}
