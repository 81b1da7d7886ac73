import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { UpdateChannelCommand } from "@aws-sdk/client-ivs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { killTree } from "#cli/process/process-tree.ts";
import { projectRoot } from "#cli/project.ts";
import { readBackend, stateKey } from "#settings/backend.ts";
import type { Spawned } from "../support/spawned.ts";
import { type StateLocks, stateLocks } from "../support/state-locks.ts";
import { type Checkout, startTeam, type Team } from "./fixture/team.ts";

/** A team changes a small platform, from a plan to what is live; each step goes on from the one before. */
let team: Team;
let ana: Checkout;
let ben: Checkout;
let locks: StateLocks;
const started: Spawned[] = [];

beforeAll(async () => {
  team = await startTeam();
  [ana, ben] = [await team.person("ana"), await team.person("ben")];
  const { bucket, region, dynamodb_table: dynamodbTable } = readBackend(projectRoot, "dev", []);
  locks = stateLocks(team.cloud, { state: { bucket, region, dynamodbTable, key: stateKey("dev", "platform") } });
});
afterAll(async () => {
  for (const { child } of started) killTree(child.pid ?? 0);
  await team?.[Symbol.asyncDispose]();
});

const file = ({ folder }: Checkout, ...path: readonly string[]) => readFileSync(join(folder, ...path), "utf8");
const aboutOf = (person: Checkout) => JSON.parse(file(person, "plans/platform/about.json"));

/** Plans into `plans`; returns the hash of the changes. */
async function planned(person: Checkout): Promise<string> {
  const { status, stderr } = await person.onair("plan", "--out", "plans");
  expect(stderr).toContain("Next: onair review plans/platform/plan.json --live-from-target --aws\n");
  expect(status).toBe(0);
  return aboutOf(person).hash;
}

function begin(person: Checkout, ...words: readonly string[]): Spawned {
  const run = person.start(...words);
  started.push(run);
  return run;
}

/** Waits for a state of things, however slow the machine is. */
const until = (isSo: () => Promise<boolean> | boolean) =>
  vi.waitFor(async () => expect(await isSo()).toBe(true), { timeout: 200_000, interval: 50 });

describe("a team", () => {
  it("plans a change, reviews it, merges it, and applies what was reviewed", async () => {
    const hash = await planned(ana);
    expect(statSync(join(ana.folder, "plans/platform/plan.json")).mode & 0o777).toBe(0o600);
    expect(aboutOf(ana)).toMatchObject({
      stack: "platform",
      commit: await ana.git("rev-parse", "HEAD"),
      dirty: false,
      terraformVersion: expect.stringMatching(/^1\.\d+\.\d+$/),
      providerVersions: { "registry.terraform.io/hashicorp/aws": expect.stringMatching(/^\d/) },
    });
    const review = await ana.onair(
      ...["review", "plans/platform/plan.json", "--live-from-target"],
      ...["--markdown", "plans/review.md", "--json", "plans/review.json"],
    );
    expect(review).toMatchObject({ status: 0, stdout: `Hash of the changes: ${hash}\n` });
    expect(file(ana, "plans/review.md")).toContain("- `hall/Resource` (`aws_ivs_channel.hall_");
    expect(JSON.parse(file(ana, "plans/review.json"))).toMatchObject({ hash, labels: ["add-or-update"] });

    const applied = await ana.onair("apply", "--reviewed", hash);
    expect(applied).toMatchObject({ status: 0, stdout: expect.stringMatching(/^platform: \d made\n$/) });
    expect(await team.arnOf("hall")).toMatch(/^arn:aws:ivs:/);
    expect(readdirSync(team.temporary).filter((name) => name.startsWith("onair-plans-"))).toEqual([]);
  });

  it("stops what would carry out somebody else's change, too, and names it", async () => {
    ana.channels({ name: "hall", type: "BASIC" });
    ben.channels({ name: "hall" }, { name: "annex" });
    const [changed] = await Promise.all([planned(ana), planned(ben)]);
    await ben.merge("An annex");
    await ana.git("checkout", "-q", "--", "cdktf.json");
    await ana.git("pull", "-q");
    ana.channels({ name: "hall", type: "BASIC" }, { name: "annex" });

    const stopped = await ana.onair("apply", "--reviewed", changed, "--reviewed-plans", "plans");
    expect(stopped.status).toBe(1);
    expect(stopped.stderr).toContain("This is not what was reviewed. Nothing was applied.");
    expect(stopped.stderr).toContain("PLAN_CHANGED");
    expect(stopped.stdout).toMatch(
      /^- `platform`: `annex\/Resource` \(`aws_ivs_channel\.annex_\w+`\), `create`: was not in it$/m,
    );
    expect(stopped.stdout).not.toMatch(/^- `platform`: `hall\/Resource`.*(was not in it|something else)/m);
  });

  it("is refused at once or waits while somebody applies, and goes on once a killed apply's lock is released", async () => {
    const { hash } = aboutOf(ben);
    await ben.killApply(hash, { made: false });
    const { table: id = "" } = await locks.held();
    expect(await locks.held()).toEqual({ table: expect.any(String), file: id });

    const refused = await ana.onair("apply", "--reviewed", hash);
    expect(refused.status).toBe(5);
    expect(refused.stderr).toMatch(/Stack platform is locked by .+@.+ since .+ UTC \(apply, \d+ min ago\)\./);
    expect(refused.stderr).toContain(`onair lock release ${id} --aws`);

    const cai = await team.person("cai");
    const waiting = begin(cai, "apply", "--reviewed", hash, "--wait", "10m");
    await until(() => /Plan platform/.test(waiting.errors()));
    const shown = await ana.onair("lock", "show");
    const commit = (await ben.git("rev-parse", "HEAD")).trim();
    expect(shown.stdout).toMatch(new RegExp(`${id} +${commit.slice(0, 12)}$`, "m"));
    expect(waiting.child.exitCode).toBeNull();
    const released = await ana.onair("lock", "release", id);
    expect(released.stdout).toMatch(/^Released the lock of platform that .+ held \(both halves\)\.\n$/);
    expect(await waiting.ended).toBe(0);
    expect(waiting.output()).toMatch(/^platform: \d made\n$/);
  });

  it("applies a reviewed change after another merge in between, as long as it does the same", async () => {
    const { hash } = aboutOf(ana);
    const applied = await ana.onair("apply", "--reviewed", hash);
    expect(applied).toMatchObject({ status: 0, stdout: "platform: 1 changed\n" });
  });

  it("is stopped from changing a live channel, and told what was changed by hand", async () => {
    await team.ivs.send(new UpdateChannelCommand({ arn: await team.arnOf("annex"), latencyMode: "NORMAL" }));
    await team.goLive("hall");
    ana.channels({ name: "hall", type: "STANDARD" }, { name: "annex" });
    const { stateSerial } = aboutOf(ana);
    const hash = await planned(ana);
    expect(aboutOf(ana).stateSerial).toBeGreaterThan(stateSerial);
    const review = await ana.onair("review", "plans/platform/plan.json", "--live-from-target");
    expect(review.status).toBe(1);
    expect(review.stdout).toContain("- **live-channel** in `platform`: `hall/Resource` (`aws_ivs_channel.hall_");
    const [, drift = ""] = review.stdout.split("#### Changed by others since the last apply (drift) (1)\n");
    expect(drift).toMatch(
      /^\n- `annex\/Resource` \(`aws_ivs_channel\.annex_\w+`\)\n {2}- `latency_mode`: `LOW` → `NORMAL`$/m,
    );

    const refused = await ana.onair("apply", "--reviewed", hash);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("1 × live-channel");
    expect(refused.stderr).toContain("PLAN_REFUSED");
  });
});
