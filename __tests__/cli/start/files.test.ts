import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openProject, type Project } from "#cli/project.ts";
import { readCloudEnvironment, readCloudReady } from "#cli/start/ready-file.ts";
import { readRunFile, removeRunFile, writeRunFile } from "#cli/start/run-file.ts";
import { runningCloud } from "#cli/start/running.ts";
import { runningStart, takeFolder } from "#cli/start/start-lock.ts";
import { CliError } from "#cli/terminal/cli-error.ts";

let project: Project;
beforeEach(() => {
  project = openProject(mkdtempSync(join(tmpdir(), "onair-")), "cdktf.out");
});
afterEach(() => rmSync(project.folder, { recursive: true, force: true }));

const run = { pid: 1, endpoint: "http://127.0.0.1:4566", region: "us-west-2", accountId: "000000000000", channels: [] };

describe("run.json", () => {
  test("is written whole, read back and removed", () => {
    writeRunFile(project, run);
    expect(readRunFile(project)).toEqual(run);
    removeRunFile(project);
    expect(readRunFile(project)).toBeUndefined();
  });
});

describe("what the cloud writes", () => {
  test("is read once it is there", () => {
    const file = join(project.folder, "cloud.json");
    expect(readCloudReady(file)).toBeUndefined();
    writeFileSync(file, JSON.stringify(run));
    expect(readCloudReady(file)).toEqual(run);
  });

  test("is an environment with quoted values", () => {
    const file = join(project.folder, "cloud.env");
    writeFileSync(file, "AWS_ENDPOINT_URL=http://127.0.0.1:4566\nTF_CLI_CONFIG_FILE='/a folder/cli.tfrc'\nEMPTY=\n");
    expect(readCloudEnvironment(file)).toEqual({
      AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
      TF_CLI_CONFIG_FILE: "/a folder/cli.tfrc",
      EMPTY: "",
    });
  });

  test("is not believed where nothing answers", async () => {
    writeFileSync(join(project.folder, "cloud.json"), JSON.stringify({ ...run, endpoint: "http://127.0.0.1:9" }));
    expect(await runningCloud(project)).toBeUndefined();
  });
});

describe("a folder", () => {
  test("is taken, and free again afterwards", () => {
    const taken = takeFolder(project);
    expect(existsSync(join(project.folder, "start.pid"))).toBe(true);
    taken?.release();
    expect(existsSync(join(project.folder, "start.pid"))).toBe(false);
  });

  test.each([
    ["a process that is gone", "4194305"],
    ["a process that is another program", String(process.pid)],
    ["nothing that is a process", "x"],
  ])("is taken over from %s", (_name, text) => {
    writeFileSync(join(project.folder, "start.pid"), text);
    expect(runningStart(project)).toBeUndefined();
    expect(takeFolder(project)).toBeDefined();
  });

  test("that cannot be written to is refused", () => {
    const file = join(project.folder, "file");
    writeFileSync(file, "");
    const below = openProject(join(file, "folder"), "cdktf.out");
    expect(() => takeFolder(below)).toThrow(CliError);
    expect(() => takeFolder(below)).toThrow(`The folder ${below.folder} cannot be written to.`);
  });
});
