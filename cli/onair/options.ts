import type { Command } from "commander";

/** What every verb that speaks to a target takes. */
export interface TargetOptions {
  readonly aws?: boolean;
  readonly folder: string;
}

export function addTargetOptions(command: Command): void {
  command
    .option("--aws", "AWS, with this shell's credentials")
    .option("--folder <folder>", "where the local cloud keeps what it has", ".onair");
}
