import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createGate } from "#local/edge/gate.ts";
import { STATE } from "#local/generations/manifest.ts";
import { type Persistence, startPersistence } from "#local/generations/persistence.ts";
import { newestGeneration } from "#local/generations/restore.ts";

let folder = "";
let lines: string[] = [];
let persistence: Persistence;
/** What the emulator has in each service; undefined where it cannot say. */
let emulator: Record<string, string | undefined> = {};

const saveEmulator = async (target: string) => {
  await mkdir(join(target, "state"), { recursive: true });
  await mkdir(join(target, "s3"));
  const failed: Record<string, string> = {};
  for (const [service, state] of Object.entries(emulator)) {
    if (state === undefined) failed[service] = "not JSON";
    else await writeFile(join(target, "state", `${service}.json`), state);
  }
  return failed;
};

const restored = async () => {
  const found = await newestGeneration(folder, (line) => lines.push(line));
  const state = join(String(found?.path), STATE);
  const read = async (file: string) => [file, await readFile(join(state, file), "utf8")];
  return Object.fromEntries(await Promise.all((await readdir(state)).map(read)));
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "onair-persistence-"));
  lines = [];
  persistence = await startPersistence({
    folder,
    port: 4566,
    gate: createGate(),
    services: [],
    emulatorChanges: () => 0,
    saveEmulator,
    report: (line) => lines.push(line),
  });
});
afterEach(async () => {
  await persistence.stop();
  await rm(folder, { recursive: true });
});

describe("a service whose state cannot be saved", () => {
  it("is restored as it was last saved, however many saves ago that was", async () => {
    emulator = { kms: "key", sqs: "1" };
    await persistence.save();
    for (const sqs of ["2", "3", "4", "5"]) {
      emulator = { kms: undefined, sqs };
      await persistence.save();
    }
    expect(await restored()).toEqual({ "kms.json": "key", "sqs.json": "5" });
    expect(lines).toEqual(
      [1, 2, 3, 4].map((number) => `kms could not be saved: not JSON; its state of generation ${number} is kept.`),
    );
  });

  it("does not keep the others from being saved when it never was", async () => {
    emulator = { kms: undefined, sqs: "1" };
    await persistence.save();
    expect(await restored()).toEqual({ "sqs.json": "1" });
    expect(lines).toEqual(["kms could not be saved: not JSON; there is no earlier state of it."]);
  });

  it("is saved again once it can be", async () => {
    for (const kms of ["old", undefined, "new"]) {
      emulator = { kms };
      await persistence.save();
    }
    expect(await restored()).toEqual({ "kms.json": "new" });
  });
});
