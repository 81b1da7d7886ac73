import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListChannelsCommand } from "@aws-sdk/client-ivs";
import { PutBucketVersioningCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { projectRoot } from "#cli/project.ts";
import { readBackend } from "#settings/backend.ts";
import { type Checkout, startTeam, type Team } from "../rehearsal/fixture/team.ts";
import { clientOptions } from "../support/deployed.ts";
import { blocksOf, filledIn, openShell, type Shell } from "./fixture/commands.ts";

const { bucket } = readBackend(projectRoot, "dev", []);
const programs = mkdtempSync(join(tmpdir(), "onair-programs-"));

let team: Team;
let ana: Checkout;
let shell: Shell;

beforeAll(async () => {
  team = await startTeam();
  ana = await team.person("ana");
  const who = { GIT_AUTHOR_NAME: "ana", GIT_AUTHOR_EMAIL: "ana@example.com" };
  shell = openShell(ana.folder, programs, {
    ...{ ...team.cloud.environment, ...who, GIT_COMMITTER_NAME: "ana", GIT_COMMITTER_EMAIL: "ana@example.com" },
    AWS_REGION: team.cloud.region,
  });
  const s3 = new S3Client({ ...clientOptions(team.cloud), forcePathStyle: true });
  await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: "Enabled" } }));
  s3.destroy();
  await deploy("A hall");
});
afterAll(async () => {
  await team?.[Symbol.asyncDispose]();
  rmSync(programs, { recursive: true, force: true });
});

const about = () => JSON.parse(readFileSync(join(ana.folder, "plans/platform/about.json"), "utf8"));

/** A change as everybody makes one. */
async function deploy(message: string): Promise<void> {
  await ana.merge(message).catch(() => undefined);
  expect((await ana.onair("plan", "--out", "plans")).status).toBe(0);
  expect(await ana.onair("apply", "--reviewed", about().hash)).toMatchObject({ status: 0 });
}

async function channels(): Promise<Record<string, string>> {
  const { channels: listed = [] } = await team.ivs.send(new ListChannelsCommand({}));
  return Object.fromEntries(listed.map(({ name = "", type = "" }) => [name, type]));
}

it("a bad change is rolled back by the runbook's commands", async () => {
  const before = await channels();
  ana.channels({ name: "hall", type: "BASIC" }, { name: "annex" });
  await deploy("A bad change");
  expect(await channels()).toEqual({ hall: "BASIC", annex: "STANDARD" });

  const [block = ""] = blocksOf("rollback", "Do");
  const commit = await ana.git("rev-parse", "HEAD");
  const [review = "", apply = ""] = block.split(/(?=npx onair apply)/);
  const said = await shell.run(filledIn(review, { commit }));
  const hash = /^Hash of the changes: (\w+)$/m.exec(said)?.[1] ?? "";
  await shell.run(filledIn(apply, { hash }));
  expect(await channels()).toEqual(before);
});

it("an older state is brought back by the runbook's commands", async () => {
  // Somebody takes a channel out of the state, and leaves it in IVS: the next apply would make another.
  const stack = join(ana.folder, "cdktf.out/stacks/platform");
  const left = await shell.run(
    `cd ${stack}; terraform init -input=false; terraform state rm $(terraform state list | grep aws_ivs_channel)
    terraform state list`,
  );
  expect(left.trim().split("\n").at(-1)).not.toContain("aws_ivs_channel");

  const [look = ""] = blocksOf("restore-state", "Look");
  const place = { bucket, environment: "dev" };
  const { Versions } = JSON.parse(await shell.run(filledIn(look, place))) as {
    Versions: { readonly Key: string; readonly VersionId: string; readonly IsLatest: boolean }[];
  };
  const [, before] = Versions.filter(({ Key }) => Key.endsWith(".tfstate"));
  const [restore = ""] = blocksOf("restore-state", "Do");
  await shell.run(filledIn(restore, { ...place, version: before?.VersionId ?? "" }));
  const [over = ""] = blocksOf("restore-state", "It is over when");
  await shell.run(over);
  expect(about().changes).toEqual([]);
});
