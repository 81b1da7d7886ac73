import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ListChannelsCommand } from "@aws-sdk/client-ivs";
import { PutBucketVersioningCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { projectRoot } from "#cli/project.ts";
import { readBackend } from "#settings/backend.ts";
import { type Checkout, startTeam, type Team } from "../rehearsal/fixture/team.ts";
import { clientOptions } from "../support/deployed.ts";
import { rehearse } from "./fixture/rehearse.ts";
import { openShell, type Shell } from "./fixture/shell.ts";

const { bucket } = readBackend(projectRoot, "dev", []);

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

let team: Team;
let ana: Checkout;
let shell: Shell;

beforeAll(async () => {
  team = await startTeam();
  ana = await team.person("ana");
  const who = { GIT_AUTHOR_NAME: "ana", GIT_AUTHOR_EMAIL: "ana@example.com" };
  shell = openShell(ana.folder, {
    ...{ ...team.cloud.environment, ...who, GIT_COMMITTER_NAME: "ana", GIT_COMMITTER_EMAIL: "ana@example.com" },
    AWS_REGION: team.cloud.region,
  });
  const s3 = new S3Client({ ...clientOptions(team.cloud), forcePathStyle: true });
  await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: "Enabled" } }));
  s3.destroy();
  await deploy("A hall");
});
afterAll(async () => {
  shell?.[Symbol.dispose]();
  await team?.[Symbol.asyncDispose]();
});

const about = () => JSON.parse(readFileSync(join(ana.folder, "plans/platform/about.json"), "utf8"));

/** Plans as everybody does; returns the hash of the changes. */
async function plan(): Promise<string> {
  expect((await ana.onair("plan", "--out", "plans")).status).toBe(0);
  return about().hash;
}

/** A change as everybody makes one. */
async function deploy(message: string): Promise<void> {
  await ana.merge(message).catch(() => undefined);
  expect(await ana.onair("apply", "--reviewed", await plan())).toMatchObject({ status: 0 });
}

async function channels(): Promise<string[]> {
  const { channels: listed = [] } = await team.ivs.send(new ListChannelsCommand({}));
  return listed.map(({ name, type }) => `${name} ${type}`).sort();
}

it("a bad change is rolled back by the runbook's commands", async () => {
  ana.channels({ name: "hall", type: "BASIC" }, { name: "annex" });
  await deploy("A bad change");
  expect(await channels()).toEqual(["annex STANDARD", "hall BASIC"]);

  await rehearse("rollback", shell, {
    Look: [{ learn: ({ output }) => ({ COMMIT: /^(\w+) A bad change$/m.exec(output)?.[1] ?? "" }) }],
    Do: [
      {
        check: () =>
          expect(readFileSync(join(ana.folder, "plans/review.md"), "utf8")).toContain("- `aws_ivs_channel.annex_"),
      },
      { check: async () => expect(await channels()).toEqual(["hall STANDARD"]) },
    ],
    "It is over when": [{ check: () => expect(about().changes).toEqual([]) }],
  });
});

it("an older state is brought back by the runbook's commands", async () => {
  const terraform = "terraform -chdir=cdktf.out/stacks/platform";
  const left = await shell.paste(`${terraform} state rm $(${terraform} state list | grep aws_ivs_channel)`);
  expect(left).toMatchObject({ failed: [], output: expect.stringContaining("Successfully removed 1 resource") });

  const versionBefore = (output: string) => {
    const { Versions } = JSON.parse(output) as { Versions: { readonly Key: string; readonly VersionId: string }[] };
    const [, before] = Versions.filter(({ Key }) => Key.endsWith(".tfstate"));
    return before?.VersionId ?? "";
  };
  await rehearse("restore-state", shell, {
    Look: [{ learn: ({ output }) => ({ VERSION: versionBefore(output) }) }],
    Do: [{}],
    "It is over when": [{ check: () => expect(about().changes).toEqual([]) }],
  });
});

it("the lock of an apply that was killed is released, and what it made is found, by the runbook's commands", async () => {
  ana.channels({ name: "hall" }, { name: "lobby" });
  await ana.killApply(await plan(), { made: true });

  await rehearse("lost-lock", shell, {
    Look: [{ learn: ({ output }) => ({ LOCK: /^platform .* apply +both +(\S{36})\b/m.exec(output)?.[1] ?? "" }) }],
    Do: [
      {
        check: ({ output }) =>
          expect(output).toMatch(/^Released the lock of platform that .+ held \(both halves\)\.$/m),
      },
      {
        check: ({ output }) => expect(output).toMatch(/^lobby +offline$/m),
        learn: ({ output }) => {
          const [, ADDRESS = ""] = /`lobby\/Resource` \(`(\w+\.\w+)`\)/.exec(output) ?? [];
          return { ADDRESS, CHANNEL: "lobby" };
        },
      },
      {},
    ],
    "It is over when": [
      {
        check: ({ output }) => {
          expect(output).toMatch(/^No state is locked\.$/m);
          expect(JSON.stringify(about().changes)).not.toContain("aws_ivs_channel");
        },
      },
    ],
  });
  const rest = await ana.onair("apply", "--reviewed", about().hash);
  expect(rest).toMatchObject({ status: 0, stdout: expect.stringMatching(/^platform: \d made\n$/) });
  expect(await channels()).toEqual(["hall STANDARD", "lobby STANDARD"]);
});
