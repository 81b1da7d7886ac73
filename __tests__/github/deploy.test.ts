import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { run } from "#__tests__/support/terraform.ts";
import { leftError } from "#cli/converge/report.ts";
import { CliError, errorLines } from "#cli/terminal/cli-error.ts";
import { steps } from "./fixture.ts";

const runs = steps("deploy.yml").map(({ step }) => step.run ?? "");
const at = (text: string) => runs.findIndex((one) => one.includes(text));
const LEFT = "ben, channel: left, live since 2026-11-21T20:15:00.000Z";

const folder = mkdtempSync(join(tmpdir(), "onair-deploy-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a step as GitHub does, with a stand-in for `npx` that says and ends as it is told. */
const runStep = (text: string, answer = "", error: readonly string[] = [], code = 0) => {
  writeFileSync(join(folder, "answer"), answer);
  writeFileSync(join(folder, "error"), error.map((line) => `${line}\n`).join(""));
  writeFileSync(join(folder, "npx"), `#!/bin/sh\ncat "${folder}/answer"\ncat "${folder}/error" >&2\nexit ${code}\n`);
  chmodSync(join(folder, "npx"), 0o755);
  writeFileSync(join(folder, "step"), runs[at(text)] ?? "exit 9");
  const environment = { PATH: `${folder}:${process.env.PATH}`, GITHUB_STEP_SUMMARY: join(folder, "summary") };
  return run("bash", ["--noprofile", "--norc", "-eo", "pipefail", "step"], folder, environment);
};
const summary = () => readFileSync(join(folder, "summary"), "utf8");

describe("what the provider cannot carry out", () => {
  beforeEach(() => {
    for (const file of ["summary", "applied.md", "converged.txt", "stopped.txt"])
      rmSync(join(folder, file), { force: true });
  });

  it("is carried out by converge after the apply, before the summary, in the same job", () => {
    expect(at("onair apply")).toBeGreaterThan(0);
    expect(at("onair converge --aws")).toBe(at("onair apply") + 1);
    expect(at("GITHUB_STEP_SUMMARY")).toBe(at("onair converge --aws") + 1);
    expect(steps("deploy.yml")[at("onair converge --aws")]?.step).not.toHaveProperty("if");
  });

  it("ends well where all is as settings say", async () => {
    expect(await runStep("onair converge", "Nothing to do: all 17 are as settings say.\n")).toMatchObject({
      status: 0,
    });
    await runStep("GITHUB_STEP_SUMMARY");
    expect(summary()).toBe("```text\nNothing to do: all 17 are as settings say.\n```\n");
  });

  it("fails no job where a live channel is left, which the summary names", async () => {
    const left = { name: "ben", kind: "channel", arn: "", differences: [], outcome: "left", why: "live" } as const;
    const error = errorLines(leftError({ check: false, looked: 17, found: [left], undeployed: [] }));
    const { status, stderr } = await runStep("onair converge", `${LEFT}\nLooked at 17: 1 changed, 1 left.\n`, error, 1);
    expect({ status, stderr: stderr.trimEnd() }).toEqual({ status: 0, stderr: error.join("\n") });
    writeFileSync(join(folder, "applied.md"), "platform: 1 added\n");
    await runStep("GITHUB_STEP_SUMMARY");
    expect(summary()).toBe(`platform: 1 added\n\`\`\`text\n${LEFT}\nLooked at 17: 1 changed, 1 left.\n\`\`\`\n`);
  });

  it("fails the job where anything else ends it, and keeps why for the pull request", async () => {
    const refused = new CliError(
      "AWS_REFUSED",
      "AWS refused a call.",
      "AccessDenied: UpdateChannel",
      "Ask for the right",
    );
    expect(await runStep("onair converge", `${LEFT}\n`, errorLines(refused), 1)).toMatchObject({ status: 1 });
    expect(readFileSync(join(folder, "stopped.txt"), "utf8")).toContain("AccessDenied: UpdateChannel");
  });

  it("is not said where the apply failed before it", async () => {
    writeFileSync(join(folder, "applied.md"), "Not what was reviewed\n");
    expect(await runStep("GITHUB_STEP_SUMMARY")).toMatchObject({ status: 0 });
    expect(summary()).toBe("Not what was reviewed\n");
  });
});
