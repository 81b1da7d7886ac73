import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { refuseOtherEnvironment } from "#cli/onair/other-environment.ts";

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "platform-"));
  const terraform = { backend: { s3: { key: "onair/prod/platform.tfstate" } } };
  writeFileSync(join(place, "cdk.tf.json"), JSON.stringify({ terraform }));
});
afterEach(() => rmSync(place, { recursive: true }));

it("takes the platform of the environment that is meant", () => {
  expect(() => refuseOtherEnvironment(place, "prod", "onair converge --aws")).not.toThrow();
});

it("takes a folder that holds a state alone", () => {
  rmSync(join(place, "cdk.tf.json"));
  expect(() => refuseOtherEnvironment(place, "prod", "onair converge --aws")).not.toThrow();
});

it("refuses one that was synthesized for another environment, and says how to go on", () => {
  expect(() => refuseOtherEnvironment(place, "dev", "onair converge --aws")).toThrow(
    expect.objectContaining({
      code: "NOT_DEPLOYED",
      message: "ONAIR_ENV means environment dev, and what was synthesized last is another one.",
      why: "Its state is onair/prod/platform.tfstate.",
      cure: "Set ONAIR_ENV, or synthesize the one that you mean by onair plan; then: onair converge --aws",
    }),
  );
});
