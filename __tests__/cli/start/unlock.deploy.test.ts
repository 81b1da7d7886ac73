import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type DeployedCloud, deployedCloud, REGION } from "#__tests__/support/deployed.ts";
import { type StateLocks, stateLocks } from "#__tests__/support/state-locks.ts";
import { projectRoot } from "#cli/project.ts";
import type { RunContext } from "#cli/run-context.ts";
import { unlock } from "#cli/start/unlock.ts";
import { createTerminal } from "#cli/terminal/terminal.ts";

const id = "0b9d6c1e-0000-4000-8000-000000000000";
const lock = (of: string) =>
  JSON.stringify({
    ID: of,
    Operation: "OperationTypePlan",
    Info: "",
    Who: "carol@desk",
    Version: "1.11.4",
    Created: "2026-11-21T10:11:25.8Z",
    Path: "onair-terraform-state-change-me/onair/dev/state.tfstate",
  });

let deployed: DeployedCloud;
let locks: StateLocks;

beforeAll(async () => {
  deployed = await deployedCloud();
  const state = {
    bucket: "onair-terraform-state-change-me",
    region: REGION,
    dynamodbTable: "onair-terraform-locks",
    key: "onair/dev/state.tfstate",
  };
  locks = stateLocks(deployed.cloud, { state });
});
afterAll(() => deployed[Symbol.asyncDispose]());
beforeEach(() => {
  for (const [name, value] of Object.entries(deployed.cloud.environment)) vi.stubEnv(name, value);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all([locks.table.free(), locks.file.free()]);
});

/** `npm start -- --unlock`, once its cloud runs; returns what it showed. */
async function free(lockId: string): Promise<string> {
  const shown: string[] = [];
  const stream = { write: (text: string) => shown.push(text) > 0 };
  const context: RunContext = {
    project: { root: projectRoot, folder: join(deployed.folder, "unlock"), output: deployed.output },
    terminal: createTerminal({ stdout: stream, stderr: stream, environment: {} }),
    environment: deployed.terraform("state").environment,
    signal: new AbortController().signal,
    again: "npm start",
    unlock: (_stack, left) => `npm start -- --unlock ${left}`,
  };
  await unlock(context, lockId);
  return shown.join("");
}

describe("npm start -- --unlock", () => {
  it.each([
    ["after taking both halves", ["table", "file"] as const],
    ["when it had the table's only", ["table"] as const],
    ["when it had the file only", ["file"] as const],
  ])("frees the lock of a run that was killed %s", async (_when, halves) => {
    for (const half of halves) await locks[half].hold(lock(id));
    expect(await free(id)).toContain("stack state is free");
    expect(await locks.held()).toEqual({});
  });

  it("leaves a lock of another id alone, and says so", async () => {
    await locks.table.hold(lock("11111111-0000-4000-8000-000000000000"));
    expect(await free(id)).toContain("no stack is locked by it");
    expect(await locks.held()).toEqual({ table: "11111111-0000-4000-8000-000000000000" });
  });

  it("says who holds the other half when that is somebody else's", async () => {
    await locks.table.hold(lock(id));
    await locks.file.hold(lock("11111111-0000-4000-8000-000000000000"));
    await expect(free(id)).rejects.toMatchObject({
      code: "LOCK_HELD",
      what: expect.stringMatching(/^Stack state is locked by carol@desk since 2026-11-21 10:11 UTC \(/),
    });
  });
});
