import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { planted, secrets } from "#__tests__/domain/plan-review/fixture/cases.ts";
import { change, document, recorded } from "#__tests__/domain/plan-review/fixture/plans.ts";
import { runProgram } from "#cli/onair/program.ts";
import { recordTerminal } from "../onair/fixture/recorded-terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "onair-review-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

const run = async (...args: readonly string[]) => {
  const { terminal, stdout, stderr } = recordTerminal();
  const exitCode = await runProgram(["review", ...args], "1.2.3", terminal);
  return { exitCode, stdout: stdout(), stderr: stderr() };
};

const table = change("aws_dynamodb_table.one", { arn: "arn:table", name: "one" }, null);

describe("onair review", () => {
  it("prints the summary of plans that may be applied", async () => {
    const { exitCode, stdout, stderr } = await run(
      file("studio.json", recorded("first")),
      file("idle.json", document()),
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^## Plan\n\nHash of the changes: `[0-9a-f]{64}`\n/);
    expect(stdout).toContain("| `idle` | 0 |");
    expect(stdout).toContain("### Stack `studio`");
    expect(stderr).toBe("Nobody asked which channels are live now: --live-from-target does.\n");
  });

  it("refuses, and counts the rules", async () => {
    const { exitCode, stdout, stderr } = await run(file("platform.json", document([table])));
    expect(exitCode).toBe(1);
    expect(stdout).toContain("### Refused by the guard (1)");
    expect(stderr).toContain("The guard refuses these plans: 1 finding.");
    expect(stderr).toContain("1 × table-lost");
    expect(stderr).toContain("PLAN_REFUSED");
  });

  it("lets pass what is allowed, and writes the summary to a file", async () => {
    const plan = file("platform.json", document([table]));
    const [, found = ""] = /Hash of this finding: `([0-9a-f]+)`/.exec((await run(plan)).stdout) ?? [];
    const allowed = { rule: "table-lost", address: "aws_dynamodb_table.one", hash: found, reason: "Rows were moved." };
    const summary = join(folder, "review.md");
    const done = await run(plan, "--allow", file("allowed.json", { allow: [allowed] }), "--markdown", summary);
    expect(done.exitCode).toBe(0);
    expect(done.stdout).toMatch(/^Hash of the changes: [0-9a-f]{64}\n$/);
    expect(readFileSync(summary, "utf8")).toContain("  - Allowed: `Rows were moved.`");
  });

  it("writes the review for programs beside the summary", async () => {
    const [json, markdown] = [join(folder, "r.json"), join(folder, "r.md")];
    const { exitCode } = await run(file("platform.json", document([table])), "--json", json, "--markdown", markdown);
    expect(exitCode).toBe(1);
    const report = JSON.parse(readFileSync(json, "utf8"));
    expect(report).toMatchObject({ refused: true, labels: ["destroy", "policy-failed"], askedTarget: false });
    expect(readFileSync(markdown, "utf8")).toContain(report.hash);
  });

  it("shows no planted secret on any output: summary, program's review, stdout, stderr", async () => {
    const plan = document(secrets.flatMap(planted));
    const [json, markdown] = [join(folder, "s.json"), join(folder, "s.md")];
    const shown = await run(file("secrets.json", plan));
    const written = await run(...[file("secrets.json", plan), "--json", json, "--markdown", markdown]);
    const outputs = [shown.stdout, shown.stderr, written.stdout, written.stderr];
    const all = [...outputs, readFileSync(json, "utf8"), readFileSync(markdown, "utf8")].join("\n");
    expect(all).toContain("kms-key-lost");
    const parts = secrets.flatMap((secret) => secret.split("\n")).filter((line) => !line.startsWith("-----"));
    for (const part of parts) expect(all).not.toContain(part);
  });

  it("repeats no secret of a file that is no plan", async () => {
    const broken = file("broken.json", document([change("aws_a.one", {}, {}, { actions: [secrets[0]] })]));
    const thrown = await run(broken).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ code: "PLAN_UNUSABLE" });
    expect(JSON.stringify(thrown)).not.toContain(secrets[0]);
  });

  it("names construct paths where the stack's JSON lies beside the plan", async () => {
    file("lobby/cdk.tf.json", {
      resource: { aws_dynamodb_table: { one: { "//": { metadata: { path: "lobby/rows/Resource" } } } } },
    });
    const { stdout } = await run(file("lobby/plan.json", document([table])));
    expect(stdout).toContain("- `rows/Resource` (`aws_dynamodb_table.one`)");
    expect(stdout).toContain("### Stack `lobby`");
  });

  it.each([
    ["text.json", "no JSON: sk_us-west-2_AbCdEfGh", "not JSON; a saved plan is read by: terraform show -json <file>"],
    ["state.json", { format_version: "1.0", values: {} }, /it has no planned_values, as a state has none/],
  ])("refuses a file that is no plan: %s", async (name, content, why) => {
    await expect(run(file(name, content))).rejects.toMatchObject({
      code: "PLAN_UNUSABLE",
      why: typeof why === "string" ? why : expect.stringMatching(why),
    });
  });

  it("refuses a file that is not there, and two plans of one stack", async () => {
    await expect(run(join(folder, "none.json"))).rejects.toMatchObject({ code: "PLAN_UNUSABLE" });
    const twice = [file("a/state.json", document()), file("b/state.json", document())];
    await expect(run(...twice)).rejects.toMatchObject({ code: "USAGE", what: "Two plans are of a stack state." });
  });

  it("asks the target who is live, and refuses to touch who is", async () => {
    const arn = "arn:aws:ivs:us-west-2:000000000000:channel/abcdefghijkl";
    const asked: string[] = [];
    const service = createServer((request, response) => {
      asked.push(String(request.url));
      const stream = { channelArn: arn, streamId: "st-1", state: "LIVE", startTime: "2026-11-21T20:00:00Z" };
      response.setHeader("content-type", "application/json").end(JSON.stringify({ streams: [stream] }));
    });
    await once(service.listen(0, "127.0.0.1"), "listening");
    try {
      vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${(service.address() as AddressInfo).port}`);
      vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
      vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
      const channel = { arn, name: "hall", type: "STANDARD" };
      const plan = file(
        "live/platform.json",
        document([change("aws_ivs_channel.hall", channel, { ...channel, type: "BASIC" })]),
      );
      const { exitCode, stdout, stderr } = await run(plan, "--live-from-target", "--aws");
      expect(exitCode).toBe(1);
      expect(asked).toEqual(["/ListStreams"]);
      expect(stdout).toContain("- **live-channel** in `platform`: `aws_ivs_channel.hall`");
      expect(stdout).toContain("`live since 2026-11-21T20:00:00.000Z`");
      expect(stderr).not.toContain("Nobody asked");
    } finally {
      vi.unstubAllEnvs();
      service.close();
      service.closeAllConnections();
    }
  });

  it("does not ask AWS by itself where no local cloud runs", async () => {
    const plan = file("platform.json", document());
    const asked = run(plan, "--live-from-target", "--folder", join(folder, "nowhere"));
    await expect(asked).rejects.toMatchObject({ code: "NOT_RUNNING" });
  });
});
