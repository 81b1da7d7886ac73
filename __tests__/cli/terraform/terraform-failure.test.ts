import { describe, expect, test } from "vitest";
import { openProject } from "#cli/project.ts";
import { CliError, errorLines } from "#cli/terminal/cli-error.ts";
import { lockHeld, terraformFailure } from "#cli/terraform/terraform-failure.ts";
import { parseHeldLock } from "#cli/terraform/terraform-text.ts";
import { recordedLines } from "./recorded.ts";

const context = {
  project: openProject(".onair", "cdktf.out"),
  again: "npm start",
  afresh: "npm run clean && npm start",
  unlock: (stack: string, id: string) => `terraform -chdir=cdktf.out/stacks/${stack} force-unlock ${id}`,
};
const failure = (lines: readonly string[]) => terraformFailure(context, "platform", "deploy", lines);

describe("of a locked stack", () => {
  test("says who holds it, since when, for what, and the command that frees it", () => {
    const lock = parseHeldLock(recordedLines("plan-locked"));
    if (!lock) throw new Error("The recording has no lock.");
    expect(errorLines(lockHeld(context, "platform", lock, new Date("2026-11-21T10:14:30Z")))).toEqual([
      "Stack platform is locked by root@vm since 2026-11-21 10:11 UTC (apply, 3 min ago).",
      "  Nothing was changed. Wait until that run is over.",
      "  If it is gone, free the lock: terraform -chdir=cdktf.out/stacks/platform force-unlock 715bd78b-a1da-9aa1-8074-75d3942e2b35  LOCK_HELD",
    ]);
  });

  test.each(["deploy-locked", "plan-locked"])("is LOCK_HELD (%s)", (name) => {
    expect(failure(recordedLines(name)).code).toBe("LOCK_HELD");
  });
});

test("repeats Terraform's error with the construct, the log and the way on", () => {
  expect(errorLines(failure(recordedLines("deploy-error")))).toEqual([
    'Stack platform was not deployed: validating S3 Bucket (Bad_Name!) name: only lowercase alphanumeric characters and hyphens allowed in "Bad_Name!"',
    "  In bad (aws_s3_bucket).",
    "  All that Terraform said: .onair/logs/deploy.log. Once cured: npm start  DEPLOY_FAILED",
  ]);
});

test("counts the errors that it does not repeat", () => {
  expect(failure(["Error: a", "", "Error: b", "", "Error: c"]).why).toContain("2 more errors.");
});

test("does not take a Terraform that was killed for one that is through", () => {
  const error = failure(recordedLines("deploy-killed"));
  expect(error.code).toBe("TERRAFORM_FAILED");
  expect(error.what).toBe("Terraform ended before stack platform was done, and did not say why.");
});

test("offers to begin afresh where a killed run has made what the state does not know", () => {
  const error = failure(["Error: creating SQS Queue (q): QueueAlreadyExists: already exists"]);
  expect(error).toBeInstanceOf(CliError);
  expect(error.cure).toBe("All that Terraform said: .onair/logs/deploy.log. Begin afresh: npm run clean && npm start");
});
