import type { Construct } from "constructs";
import { ConfigError } from "./config-error.ts";

/**
 * A ring is a list whose first entry is used for what is new, while the others stay for what still holds on to them.
 * Entries are known by name: order may change, names may not meet.
 */
export function checkEntries(scope: Construct, entries: readonly { readonly name: string }[], maximum: number): void {
  if (entries.length > maximum) {
    throw new ConfigError(
      "ERR_RING_FULL",
      scope,
      "entries",
      `must be at most ${maximum} (service quota)`,
      entries.length,
    );
  }
  const names = entries.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new ConfigError("ERR_RING_NAME", scope, "entries", "must have different names", twice);
}
