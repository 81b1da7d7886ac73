import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startCloud } from "#local/cloud.ts";
import { playService } from "../../aws/state-backend/recorded-server.ts";
import { deployedCloud, PROJECT_VENV, REGION } from "../../support/deployed.ts";
import { startBootstrap, terraformLog, until } from "./fixture/bootstrap-process.ts";
import { stateHome } from "./fixture/state-home.ts";

const nowhere = {
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "not-a-real-secret",
  AWS_EC2_METADATA_DISABLED: "true",
};

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onair-bootstrap-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("npm run bootstrap", () => {
  test("ended at any step and run again goes on, and leaves no lock", async () => {
    const options = { folder: join(folder, "cloud"), venvFolder: PROJECT_VENV, port: 0, region: REGION };
    const cloud = await startCloud(options);
    const home = stateHome(cloud);
    const run = () => startBootstrap(folder, cloud.environment);
    try {
      for (const reached of [home.hasBucket, home.hasTable]) {
        const killed = run();
        await until(killed, reached);
        killed.child.kill("SIGKILL");
        await killed.ended;
      }

      const interrupted = run();
      await until(interrupted, async () => (await home.lock()) !== undefined);
      expect(await home.protection()).toEqual({ versioning: "Enabled", closed: [true, true, true, true] });
      interrupted.child.kill("SIGINT");
      expect(await interrupted.ended).toBe(130);
      expect(interrupted.errors().trimEnd()).toMatch(/INTERRUPTED$/);
      expect(await home.lock()).toBeUndefined();

      const again = run();
      await until(again, () => terraformLog(folder).includes("Import complete"));
      again.child.kill("SIGTERM");
      expect(await again.ended).toBe(130);
      expect(await home.lock()).toBeUndefined();
      expect(await home.hasState()).toBe(true);
    } finally {
      await cloud.stop();
    }
  });

  test("run again has nothing to do, and says so", async () => {
    await using deployed = await deployedCloud();
    const again = startBootstrap(folder, deployed.cloud.environment);
    expect(await again.ended).toBe(0);
    const endpoint = deployed.cloud.endpoint;
    expect(again.output()).toBe(
      `Nothing to do: s3://onair-terraform-state-change-me with locks in onair-terraform-locks (${endpoint}) is as described.\n`,
    );
    expect(again.errors()).not.toContain("\u001b");
  });

  test("refuses the name that the project ships with where the target is AWS", async () => {
    const refused = startBootstrap(folder, nowhere);
    expect(await refused.ended).toBe(1);
    expect(refused.errors().trimEnd().split("\n").slice(-3)).toEqual([
      "✗ The state's bucket still has the name that the project ships with: onair-terraform-state-change-me.",
      "  Bucket names are shared by everybody on AWS, so that one cannot be yours. Nothing was changed.",
      "  Choose a name in backend.tf.json, line 5, then: npm run bootstrap  BUCKET_PLACEHOLDER",
    ]);
  });

  test("refuses a bucket of another account, and changes nothing", async () => {
    await using aws = await playService(({ line }) => {
      if (line.startsWith("HEAD")) return { status: 403 };
      const identity = "<GetCallerIdentityResult><Account>111122223333</Account></GetCallerIdentityResult>";
      return { status: 200, body: `<GetCallerIdentityResponse>${identity}</GetCallerIdentityResponse>` };
    });
    const refused = startBootstrap(folder, { ...nowhere, AWS_ENDPOINT_URL: aws.endpoint });
    expect(await refused.ended).toBe(1);
    expect(refused.errors()).toContain(
      "Bucket onair-terraform-state-change-me is not account 111122223333's own, or its policy keeps that account out.",
    );
    expect(refused.errors().trimEnd()).toMatch(/BUCKET_FOREIGN$/);
    expect(aws.sent.map(({ line }) => line.split(" ")[0])).toEqual(["POST", "HEAD"]);
  });

  test("says that the cloud cannot be reached", async () => {
    const refused = startBootstrap(folder, { ...nowhere, AWS_ENDPOINT_URL: "http://127.0.0.1:9" });
    expect(await refused.ended).toBe(4);
    expect(refused.errors().trimEnd()).toMatch(/AWS_UNREACHABLE$/);
  });
});
