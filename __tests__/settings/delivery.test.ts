import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parseSettings, readSettings } from "#settings/read-settings.ts";

const where = { file: "cdktf.json", path: "environments.dev" };
const read = (delivery: object) => parseSettings({ region: "eu-west-1", protect: false, delivery }, where).delivery;

it("needs the repository alone: the branch main, the environment production, and no developers", () => {
  expect(read({ repository: "example/onair" })).toEqual({
    repository: "example/onair",
    branch: "main",
    githubEnvironment: "production",
    developers: [],
  });
});

it.each([
  ["a repository with a wildcard", { repository: "example/*" }, "is not a repository of GitHub"],
  ["a branch with a wildcard", { repository: "a/b", branch: "release/*" }, "is not the name of a branch"],
  ["an environment with a colon", { repository: "a/b", githubEnvironment: "x:y" }, "is not an environment's name"],
  [
    "the provider of somebody else's tokens",
    { repository: "a/b", oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/example.com" },
    "is not the ARN of the provider of GitHub",
  ],
  ["everybody as a developer", { repository: "a/b", developers: ["*"] }, "is not the ARN of a user or role"],
  [
    "all of an account as developers",
    { repository: "a/b", developers: ["arn:aws:iam::111122223333:root"] },
    "is not the ARN of a user or role",
  ],
])("refuses %s", (_, delivery, rule) => {
  expect(() => read(delivery)).toThrow(rule);
});

/** The settings of an environment of this name, as they stand in a file. */
function named(environment: string, settings: object) {
  const folder = mkdtempSync(join(tmpdir(), "onair-"));
  const environments = { [environment]: { region: "eu-west-1", protect: false, ...settings } };
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ context: { environments } }));
  try {
    return readSettings(join(folder, "cdktf.json"), environment);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it.each(["delivery", "delivery-two", "terraform", "terraform-state"])(
  "refuses an environment called %s, whose roles would reach roles of delivery or states",
  (name) => {
    expect(() => named(name, { delivery: { repository: "example/onair" } })).toThrow(
      `cdktf.json, context.environments: "${name}" is no name for an environment with delivery: ` +
        "its roles would reach those of others, or their states.  SETTINGS_INVALID",
    );
    expect(named(name, {})).toMatchObject({ region: "eu-west-1" });
  },
);

it("lets an environment have a name that begins alike", () => {
  expect(named("deliveries", { delivery: { repository: "example/onair" } }).delivery).toBeDefined();
});
