import { DeleteObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { sendClip } from "#__tests__/local/live/fixture/send-clip.ts";
import type { Push } from "#__tests__/local/media/rtmp/fixture/push.ts";
import { clientOptions } from "#__tests__/support/deployed.ts";
import { type Left, whatsLeft } from "#__tests__/support/whats-left.ts";
import { readStream } from "#aws/ivs/streams.ts";
import { projectRoot } from "#cli/project.ts";
import { readBackend } from "#settings/backend.ts";
import { type OnairProcess, startOnair } from "../onair/fixture/onair-process.ts";
import { type MadeAccount, type RestoredPlatform, restoredPlatform } from "../onair/fixture/restored-platform.ts";

const { bucket, dynamodb_table: table } = readBackend(projectRoot, "dev", []);

let platform: RestoredPlatform;
let users: readonly MadeAccount[];
let encoder: Push;
let before: Left;

beforeAll(async () => {
  platform = await restoredPlatform();
  const { deployed, ivs, outputs } = platform;
  users = [await platform.addAccount("ana"), await platform.addAccount("ben")];
  const [ana] = users as [MadeAccount];
  const options = clientOptions(deployed.cloud);
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  await s3.send(new PutObjectCommand({ Bucket: String(outputs.recording_bucket_name), Key: "kept.ts", Body: "x" }));
  const secrets = new SecretsManagerClient(options);
  await secrets.send(new CreateSecretCommand({ Name: "onair-dev/playback-keys/own", SecretString: "none" }));
  await secrets.send(new CreateSecretCommand({ Name: "somebody-elses", SecretString: "none" }));
  for (const client of [s3, secrets]) client.destroy();
  encoder = await sendClip(`${deployed.cloud.rtmpUrl}/${ana.streamKey}`);
  await vi.waitFor(async () => expect(await readStream(ivs, ana.channelArn)).toBeDefined(), { timeout: 60_000 });
  before = await whatsLeft(deployed.cloud);
});
afterAll(async () => {
  encoder?.process.kill("SIGKILL");
  await encoder?.ended;
  await platform?.[Symbol.asyncDispose]();
});

const destroy = (...args: readonly string[]): OnairProcess =>
  startOnair(["destroy", "--folder", platform.cloudFolder, ...args]);

const left = () => whatsLeft(platform.deployed.cloud);

/** So that nothing is overlooked because a list was not understood. */
const known = [
  ...[
    "alarms",
    "aliases",
    "apis",
    "buckets",
    "channels",
    "dashboards",
    "functions",
    "key pairs",
    "keys",
    "log groups",
    "logging configurations",
    "mappings",
  ],
  ...[
    "pools",
    "queues",
    "recording configurations",
    "roles",
    "rooms",
    "rules",
    "secrets",
    "tables",
    "tagged",
    "topics",
  ],
];

describe("onair destroy", () => {
  it("is judged by lists that know what the platform has", () => {
    expect(Object.keys(before)).toEqual(expect.arrayContaining(known));
  });

  it("lists all that it would remove, and removes nothing while nobody says the environment's name", async () => {
    const { ended, output, errors } = destroy();
    expect(await ended).toBe(2);
    expect(output()).toContain("Live streams, to be ended: 1\n  onair-dev-ana (arn:aws:ivs:");
    expect(output()).toMatch(/Users' channels: 2\n {2}onair-dev-\S+ \(arn:\S+\)\n {2}onair-dev-/);
    expect(output()).toMatch(/Users' rooms: 2\n/);
    expect(output()).toContain("  onair-dev/playback-keys/own\n");
    expect(output()).toMatch(/Stack platform: \d{3} resources\n/);
    expect(output()).toMatch(/Bucket onair-dev-recordings-\S+: 1 objects\n/);
    expect(output()).toContain(`Terraform's state stays in bucket ${bucket}`);
    expect(errors()).toContain("To remove all of it: onair destroy --confirm dev  NOT_CONFIRMED");
    expect(await left()).toEqual(before);
  });

  it.each([
    [["--confirm", "prod"], "That is not the name of environment dev."],
    [["--confirm", "dev", "--state", "another-bucket"], "The state is not in bucket another-bucket."],
  ])("removes nothing for %j", async (args, what) => {
    const { ended, errors } = destroy(...args);
    expect(await ended).toBe(2);
    expect(errors()).toContain(what);
    expect(await left()).toEqual(before);
  });

  it("ends streams and removes what users have before the stacks, and can be interrupted", async () => {
    const run = destroy("--confirm", "dev");
    await run.said(/Destroy stack platform/);
    const { channels, rooms } = await left();
    expect([...(channels ?? []), ...(rooms ?? [])].filter((name) => /-(ana|ben)$/.test(name))).toEqual([]);
    expect((await encoder.ended).code, "the encoder is cut off").not.toBe(0);
    run.interrupt();
    expect(await run.ended).toBe(130);
  });

  it("goes on where it was ended, and leaves Terraform's state", async () => {
    const { ended, output, errors } = destroy("--confirm", "dev");
    expect({ code: await ended, errors: errors() }).toMatchObject({ code: 0 });
    expect(output()).toContain("Environment dev is removed.\n");
    const { tagged, ...others } = await left();
    expect(others).toEqual({ buckets: [bucket], tables: [table], secrets: ["somebody-elses"] });
    expect(tagged?.filter((arn) => !arn.includes(bucket) && !arn.includes(table))).toEqual([]);
  });

  it("leaves a state's bucket that still describes something", async () => {
    const s3 = new S3Client({ ...clientOptions(platform.deployed.cloud), forcePathStyle: true });
    const other = { Bucket: bucket, Key: "onair/other/platform.tfstate" };
    const resource = { mode: "managed", type: "aws_ivs_channel", name: "stage", instances: [{ attributes: {} }] };
    await s3.send(new PutObjectCommand({ ...other, Body: JSON.stringify({ resources: [resource] }) }));
    const { ended, errors } = destroy("--confirm", "dev", "--state", bucket);
    expect(await ended).toBe(1);
    expect(errors()).toContain("holds the state of something that is there: onair/other/platform.tfstate.");
    expect(await left()).toMatchObject({ buckets: [bucket], tables: [table] });
    await s3.send(new DeleteObjectCommand(other));
    s3.destroy();
  });

  it("leaves nothing that is tagged ours, where the state's bucket is named", async () => {
    const { ended, errors } = destroy("--confirm", "dev", "--state", bucket);
    expect({ code: await ended, errors: errors() }).toMatchObject({ code: 0 });
    expect(await left()).toEqual({ secrets: ["somebody-elses"] });
  });
});
