import { join } from "node:path";
import { Testing } from "cdktf";
import { readBackend } from "#settings/backend.ts";
import { parseSettings, readSettings } from "#settings/read-settings.ts";
import type { Settings } from "#settings/schema.ts";
import type { Environment } from "#stacks/environment.ts";
import { PlatformStack } from "#stacks/platform.ts";
import { StateStack } from "#stacks/state.ts";
import { template } from "./template.ts";

const ROOT = join(import.meta.dirname, "../..");

/** The project's own settings of an environment, with changes. */
export function environment(name = "dev", changes: Partial<Record<keyof Settings, unknown>> = {}): Environment {
  const settings = { ...readSettings(join(ROOT, "cdktf.json"), name), ...changes };
  return {
    name,
    settings: parseSettings(settings, { file: "cdktf.json", path: `environments.${name}` }),
    backend: readBackend(ROOT, name, ["dev", "prod"]),
  };
}

/** Every stack of an environment, by name, as the Terraform JSON that is deployed. */
export function stacks(of: Environment = environment()) {
  const app = Testing.app();
  return {
    state: template(new StateStack(app, "state", of)),
    platform: template(new PlatformStack(app, "platform", of)),
  };
}

/** Names of all stacks, for tests that say a thing of each. */
export const STACKS = ["state", "platform"] as const;
