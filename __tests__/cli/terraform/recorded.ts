import { readFileSync } from "node:fs";
import { join } from "node:path";
import { terraformLine } from "#cli/terraform/terraform-text.ts";

/** A recorded run as the lines that the parsers get. */
export function recordedLines(name: string): string[] {
  const text = readFileSync(join(import.meta.dirname, "recorded", `${name}.txt`), "utf8");
  return text.split("\n").map((line) => terraformLine(line, name.startsWith("deploy") ? "platform" : ""));
}
