import { afterEach, expect, test, vi } from "vitest";
import { chooseEnvironment } from "#cli/environment.ts";
import { projectRoot } from "#cli/project.ts";
import { CliError, errorLines } from "#cli/terminal/cli-error.ts";

afterEach(() => void vi.unstubAllEnvs());

test("is dev where nobody says one, with its settings", () => {
  vi.stubEnv("ONAIR_ENV", undefined);
  expect(chooseEnvironment(projectRoot, "npm start")).toEqual({
    name: "dev",
    region: "us-west-2",
    awsProviderVersion: "~> 5.100",
    allowedAccountIds: [],
    channelNames: ["main-stage", "backstage", "demo"],
    playbackKeys: [{ name: "first" }],
    tokenSeconds: 300,
  });
});

test("is refused where cdktf.json has none of that name, so that no path is built of it", () => {
  vi.stubEnv("ONAIR_ENV", "../../elsewhere");
  let thrown: unknown;
  try {
    chooseEnvironment(projectRoot, "npm run bootstrap");
  } catch (error) {
    thrown = error;
  }
  if (!(thrown instanceof CliError)) throw thrown;
  expect(errorLines(thrown)).toEqual([
    'cdktf.json, ONAIR_ENV: "../../elsewhere" is not one of dev, prod (context.environments).',
    "  Change it, then: npm run bootstrap  SETTINGS_INVALID",
  ]);
});
