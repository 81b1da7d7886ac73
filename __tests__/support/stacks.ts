import { join } from "node:path";
import { Aspects, Testing } from "cdktf";
import { WithinBoundary } from "#constructs/delivery/within-boundary.ts";
import { readBackend } from "#settings/backend.ts";
import { parseSettings, readSettings } from "#settings/read-settings.ts";
import type { Settings } from "#settings/schema.ts";
import { DeliveryStack, workloadBoundaryName } from "#stacks/delivery.ts";
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

/** What a team writes who deliver from GitHub. */
export const DELIVERY = {
  repository: "example/onair",
  developers: ["arn:aws:iam::000000000000:role/team"],
};

/** The project's own settings of an environment, and a team's. */
export const teamEnvironment = (name = "dev", changes: Partial<Record<keyof Settings, unknown>> = {}): Environment =>
  environment(name, { delivery: DELIVERY, ...changes });

/** Every stack of an environment, by name, as the Terraform JSON that is deployed. */
export function stacks(of: Environment = environment()) {
  const app = Testing.app();
  return {
    state: template(new StateStack(app, "state", of)),
    platform: template(new PlatformStack(app, "platform", of)),
  };
}

/** The stacks as a team has them: with roles for delivery, and everything of the platform within its boundary. */
export function teamStacks(of: Environment = teamEnvironment()) {
  const app = Testing.app();
  const platform = new PlatformStack(app, "platform", of);
  Aspects.of(platform).add(new WithinBoundary(workloadBoundaryName(of.name)));
  if (!of.settings.delivery) throw new Error("the environment has no delivery");
  return {
    state: template(new StateStack(app, "state", of)),
    platform: template(platform),
    delivery: template(new DeliveryStack(app, "delivery", of, of.settings.delivery)),
  };
}

/** Names of the stacks that everybody has, for tests that say a thing of each. */
export const STACKS = ["state", "platform"] as const;
/** Names of a team's stacks. */
export const TEAM_STACKS = [...STACKS, "delivery"] as const;
