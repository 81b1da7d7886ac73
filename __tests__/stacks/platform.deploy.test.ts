import { generateKeyPairSync } from "node:crypto";
import { DeleteChannelCommand, IvsClient, UpdateChannelCommand } from "@aws-sdk/client-ivs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientOptions, type DeployedCloud, deployedCloud } from "#__tests__/support/deployed.ts";
import { ProjectCopy, type WrittenSettings } from "#__tests__/support/project-copy.ts";
import { byAction, type Terraform } from "#__tests__/support/terraform.ts";

const PUBLIC_KEY = generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey.export({ type: "spki", format: "pem" });

let deployed: DeployedCloud;
let platform: Terraform;
const project = new ProjectCopy();

beforeAll(async () => {
  deployed = await deployedCloud();
  platform = deployed.terraform("platform");
});
afterAll(async () => {
  await deployed[Symbol.asyncDispose]();
  project.remove();
});

/** Synthesizes the project's settings, changed, into the deployed stacks' folder. */
function settings(edit: (settings: WrittenSettings) => void): void {
  const { status, stderr } = project.change(edit).synth({ CDKTF_OUTDIR: deployed.output });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}

const ivs = () => new IvsClient(clientOptions(deployed.cloud));

describe("the deployed platform", () => {
  it("is as its configuration says: the next plan is empty", async () => {
    expect(await platform.changes()).toEqual([]);
    expect(await deployed.terraform("state").changes()).toEqual([]);
  });

  it("says where to send to, where to watch and where to chat, and no stream key", async () => {
    const { channels } = await platform.outputs();
    expect(channels?.value).toMatchObject({
      "main-stage": {
        arn: expect.stringMatching(/^arn:aws:ivs:us-west-2:\d{12}:channel\/[A-Za-z0-9]{12}$/),
        ingest_endpoint: expect.stringMatching(/^[\w.-]+$/),
        playback_url: expect.stringMatching(/\.m3u8$/),
        room_arn: expect.stringMatching(/^arn:aws:ivschat:us-west-2:\d{12}:room\//),
      },
    });
    expect(await platform.must("state", "pull")).not.toMatch(/sk_us-west-2_/);
  });

  it("changes tags in place: nothing is replaced", async () => {
    settings((dev) => {
      dev.tags.team = "video";
    });
    expect(Object.keys(byAction(await platform.changes()))).toEqual(["update"]);
    await platform.applyPlanned();
  });

  it("changes limits, latency and type in place, each alone", async () => {
    settings((dev) => {
      dev.tags.team = "video";
      dev.channels[0].latencyMode = "NORMAL";
      dev.channels[0].type = "BASIC";
      dev.channels[0].room = { maximumMessageLength: 200 };
      dev.channels[1].room.maximumMessageRatePerSecond = 3;
    });
    expect(byAction(await platform.changes())).toEqual({
      update: [
        "aws_ivs_channel.channels_main-stage_channel",
        "aws_ivschat_room.channels_backstage_room",
        "aws_ivschat_room.channels_main-stage_room",
      ],
    });
    await platform.applyPlanned();
  });

  it("records by a new configuration and signs by a new key, and touches neither old one", async () => {
    settings((dev) => {
      dev.tags.team = "video";
      dev.playbackKeys.unshift({ name: "second" });
      dev.recordingConfigurations.unshift({ name: "every-10-seconds", thumbnailIntervalSeconds: 10 });
      dev.channels[0] = { name: "main-stage" };
      dev.channels[1].room = { reviewFallback: "DENY" };
    });
    const { create, ...others } = byAction(await platform.changes());
    expect(create).toEqual([
      "aws_ivs_playback_key_pair.playback-keys_second",
      "aws_ivs_recording_configuration.recording_every-10-seconds",
      "aws_kms_alias.playback-keys_second_Alias",
      "aws_kms_key.playback-keys_second_Key",
      "terraform_data.playback-keys_second_MadeOf",
      "terraform_data.recording_every-10-seconds_Thumbnails",
    ]);
    expect(Object.keys(others)).toEqual(["update"]);
    await platform.applyPlanned();
  });

  it("refuses to plan an entry of the key ring that was changed, before its key is deleted", async () => {
    settings((dev) => {
      dev.tags.team = "video";
      dev.playbackKeys = [{ name: "second" }, { name: "first", publicKeyPem: PUBLIC_KEY }];
      dev.recordingConfigurations.unshift({ name: "every-10-seconds", thumbnailIntervalSeconds: 10 });
    });
    const { status, stderr } = await platform.run("plan", "-no-color", "-input=false");
    expect(status).toBe(1);
    expect(stderr.replace(/\s+/g, " ")).toContain(
      "Playback key pair platform/playback-keys/first was made of another key",
    );
  });

  it("lets the old ones go, after the channels that used them", async () => {
    settings((dev) => {
      dev.tags.team = "video";
      dev.playbackKeys = [{ name: "second" }];
      dev.recordingConfigurations = [{ name: "every-10-seconds", thumbnailIntervalSeconds: 10 }];
    });
    expect(byAction(await platform.changes())).toEqual({
      delete: [
        "aws_ivs_playback_key_pair.playback-keys_first",
        "aws_ivs_recording_configuration.recording_every-30-seconds",
        "aws_kms_alias.playback-keys_first_Alias",
        "aws_kms_key.playback-keys_first_Key",
        "terraform_data.playback-keys_first_MadeOf",
        "terraform_data.recording_every-30-seconds_Thumbnails",
      ],
      // What signs knows the ring, and may use no key that is not in it.
      update: [
        "aws_iam_role_policy.accounts_playback_playback-token_Role_Policy",
        "aws_lambda_function.accounts_playback_playback-token",
      ],
    });
    await platform.applyPlanned();
  });

  it("re-points channels and rooms before the configurations that they used go, in one deploy", async () => {
    settings((dev) => {
      dev.tags.team = "video";
      dev.playbackKeys = [{ name: "second" }];
      dev.recordingConfigurations = [{ name: "every-20-seconds", thumbnailIntervalSeconds: 20 }];
      dev.loggingConfigurations[0] = { name: "archive-2", s3: {} };
    });
    expect(byAction(await platform.changes())).toEqual({
      create: [
        "aws_ivs_recording_configuration.recording_every-20-seconds",
        "aws_ivschat_logging_configuration.chat-logs_configurations_archive-2",
        "terraform_data.recording_every-20-seconds_Thumbnails",
      ],
      delete: [
        "aws_ivs_recording_configuration.recording_every-10-seconds",
        "aws_ivschat_logging_configuration.chat-logs_configurations_archive",
        "terraform_data.recording_every-10-seconds_Thumbnails",
      ],
      update: [
        "aws_ivs_channel.channels_main-stage_channel",
        "aws_ivschat_room.channels_backstage_room",
        "aws_ivschat_room.channels_demo_room",
        "aws_ivschat_room.channels_main-stage_room",
        "aws_lambda_function.accounts_provisioning_work-accounts",
      ],
    });
    await platform.applyPlanned();
  });

  it("refuses to plan a recorded channel that shall no longer record, until it is switched off", async () => {
    settings((dev) => {
      dev.tags.team = "video";
      dev.playbackKeys = [{ name: "second" }];
      dev.recordingConfigurations = [{ name: "every-20-seconds", thumbnailIntervalSeconds: 20 }];
      dev.loggingConfigurations[0] = { name: "archive-2", s3: {} };
      dev.channels[0].recorded = false;
    });
    const { status, stderr } = await platform.run("plan", "-no-color", "-input=false");
    const said = stderr.replace(/\s+/g, " ");
    expect(status).toBe(1);
    expect(said).toContain(
      "Channel platform/channels/main-stage/channel records, though its settings say that it does not",
    );
    const arn = /--arn (arn:aws:ivs:\S+) --recording-configuration-arn ""/.exec(said)?.[1];
    await ivs().send(new UpdateChannelCommand({ arn, recordingConfigurationArn: "" }));
    expect(await platform.changes()).toEqual([]);
  });

  it("refuses to plan a private channel that shall be public, until it is opened", async () => {
    settings((dev) => {
      dev.tags.team = "video";
      dev.playbackKeys = [{ name: "second" }];
      dev.recordingConfigurations = [{ name: "every-20-seconds", thumbnailIntervalSeconds: 20 }];
      dev.loggingConfigurations[0] = { name: "archive-2", s3: {} };
      dev.channels[0].recorded = false;
      dev.channels[1].access = "public";
    });
    const { status, stderr } = await platform.run("plan", "-no-color", "-input=false");
    const said = stderr.replace(/\s+/g, " ");
    expect(status).toBe(1);
    expect(said).toContain(
      "Channel platform/channels/backstage/channel is private, and Terraform cannot make it public.",
    );
    const replace = /terraform apply (-replace=\S+)/.exec(said)?.[1] ?? "";
    const channels = (await platform.outputs()).channels?.value as Record<string, { arn: string }>;
    await ivs().send(new UpdateChannelCommand({ arn: channels.backstage?.arn, authorized: false }));
    await platform.apply(replace);
    expect(await platform.changes()).toEqual([]);
  });

  it("sees a channel that somebody deleted, and makes it again", async () => {
    const channels = (await platform.outputs()).channels?.value as Record<string, { arn: string }>;
    const arn = String(channels["main-stage"]?.arn);
    await ivs().send(new DeleteChannelCommand({ arn }));
    expect(byAction(await platform.changes()).create).toContain("aws_ivs_channel.channels_main-stage_channel");
    await platform.applyPlanned();
    expect(await platform.changes()).toEqual([]);
  });
});
