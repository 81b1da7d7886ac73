import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { chooseTarget, targetLine } from "#cli/onair/target.ts";
import { openProject } from "#cli/project.ts";

const folder = mkdtempSync(join(tmpdir(), "onair-target-"));
const project = openProject(folder, "cdktf.out");
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test("does not take AWS for a local cloud that is not there, whatever the shell can do", async () => {
  vi.stubEnv("AWS_PROFILE", "somebody");
  vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
  await expect(chooseTarget(project, false, "onair status")).rejects.toMatchObject({
    code: "NOT_RUNNING",
    what: `No local cloud runs in ${folder}.`,
    why: "AWS is asked only where --aws says so.",
    cure: "Start it: npm start (or for AWS: onair status --aws)",
  });
  expect(process.env.AWS_PROFILE).toBe("somebody");
});

test("does not believe a file that nobody stands behind", async () => {
  const stale = { pid: process.pid, endpoint: "http://127.0.0.1:1", region: "us-west-2", accountId: "000000000000" };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "run.json"), JSON.stringify(stale));
  await expect(chooseTarget(project, false, "onair status")).rejects.toMatchObject({ code: "NOT_RUNNING" });
});

test("takes AWS where the user says so, in the shell's region or the settings'", async () => {
  vi.stubEnv("AWS_ENDPOINT_URL", "");
  vi.stubEnv("AWS_REGION", "eu-west-1");
  expect(await chooseTarget(project, true, "onair status")).toEqual({
    kind: "aws",
    region: "eu-west-1",
    endpoint: undefined,
  });
  vi.stubEnv("AWS_REGION", "");
  vi.stubEnv("ONAIR_ENV", "prod");
  const target = await chooseTarget(project, true, "onair status");
  expect(target.region).toBe("us-west-2");
  expect(targetLine(target)).toBe("Target: AWS, us-west-2, with this shell's credentials");
});

test("says where AWS_ENDPOINT_URL leads", () => {
  const target = { kind: "aws", region: "us-west-2", endpoint: "http://127.0.0.1:4566" } as const;
  expect(targetLine(target)).toBe("Target: what AWS_ENDPOINT_URL names, http://127.0.0.1:4566 (us-west-2)");
});
