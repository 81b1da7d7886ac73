import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { layOut } from "#local/ministack/lay-out.ts";

test("a worker in CommonJS runs though the cloud stands in a folder of ES modules, as the project's own is", async () => {
  const project = mkdtempSync(join(tmpdir(), "onair-project-"));
  onTestFinished(() => rmSync(project, { recursive: true }));
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
  const folder = join(project, "ministack");
  await layOut(folder, undefined);
  writeFileSync(join(folder, "worker.js"), 'require("node:fs"); console.log("it runs");');
  expect(execFileSync(process.execPath, [join(folder, "worker.js")], { encoding: "utf8" })).toBe("it runs\n");
});
