import { join } from "node:path";
import { App, Aspects } from "cdktf";
import { ConfigError } from "./constructs/core/config-error.ts";
import { WithinBoundary } from "./constructs/delivery/within-boundary.ts";
import { readBackend } from "./settings/backend.ts";
import { DEFAULT_ENVIRONMENT, environmentNames, readSettings } from "./settings/read-settings.ts";
import { SettingsError } from "./settings/settings-error.ts";
import { DeliveryStack, workloadBoundaryName } from "./stacks/delivery.ts";
import type { Environment } from "./stacks/environment.ts";
import { forgetOtherState } from "./stacks/forget-other-state.ts";
import { PlatformStack } from "./stacks/platform.ts";
import { StateStack } from "./stacks/state.ts";

const root = import.meta.dirname;

function readEnvironment(): Environment {
  const settingsFile = join(root, "cdktf.json");
  const name = process.env.ONAIR_ENV ?? DEFAULT_ENVIRONMENT;
  return {
    name,
    settings: readSettings(settingsFile, name),
    backend: readBackend(root, name, environmentNames(settingsFile)),
  };
}

function synthesize(environment: Environment): void {
  const app = new App();
  const platform = new PlatformStack(app, "platform", environment);
  const stacks = [new StateStack(app, "state", environment), platform];
  const { delivery } = environment.settings;
  if (delivery) {
    stacks.push(new DeliveryStack(app, "delivery", environment, delivery));
    Aspects.of(platform).add(new WithinBoundary(workloadBoundaryName(environment.name)));
  }
  for (const stack of stacks) forgetOtherState(join(app.outdir, "stacks", stack.node.id), stack.remoteState);
  app.synth();
}

try {
  synthesize(readEnvironment());
} catch (error) {
  // Both say what to change; a stack trace would hide it.
  if (!(error instanceof SettingsError || error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
