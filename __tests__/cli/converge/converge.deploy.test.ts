import {
  ConflictException,
  DeleteRecordingConfigurationCommand,
  GetRecordingConfigurationCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UpdateChannelCommand,
} from "@aws-sdk/client-ivs";
import { GetRoomCommand } from "@aws-sdk/client-ivschat";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { sendClip } from "#__tests__/local/live/fixture/send-clip.ts";
import type { Push } from "#__tests__/local/media/rtmp/fixture/push.ts";
import { ProjectCopy, type WrittenSettings } from "#__tests__/support/project-copy.ts";
import { byAction } from "#__tests__/support/terraform.ts";
import { ownPace } from "#aws/accounts/own-pace.ts";
import { carryOut } from "#aws/converge/carry-out.ts";
import { readStream } from "#aws/ivs/streams.ts";
import { runConverge } from "#cli/converge/run.ts";
import type { ConvergeOptions } from "#cli/converge/verb.ts";
import { startOnair } from "../onair/fixture/onair-process.ts";
import { type MadeAccount, type RestoredPlatform, restoredPlatform } from "../onair/fixture/restored-platform.ts";
import { said } from "../users/fixture/own-platform.ts";

let platform: RestoredPlatform;
let users: readonly MadeAccount[];
let encoder: Push;
let every30: string;
/** A checkout of the test's own, whose settings it changes. */
const project = new ProjectCopy();

beforeAll(async () => {
  platform = await restoredPlatform();
  every30 = String((platform.outputs.recording_configurations as Record<string, string>)["every-30-seconds"]);
  users = [];
  for (const sub of ["ana", "ben", "cyd"]) users = [...users, await platform.addAccount(sub, every30)];
});
afterAll(async () => {
  encoder?.process.kill("SIGKILL");
  await encoder?.ended;
  project.remove();
  await platform?.[Symbol.asyncDispose]();
});

const converge = (options: Partial<ConvergeOptions> = {}) =>
  said((terminal) => runConverge(terminal, { folder: platform.cloudFolder, ...options }, project.folder));

/** By which configuration each user's channel is recorded now. */
const recordedBy = () =>
  Promise.all(users.map(async ({ channelArn }) => (await platform.channel(channelArn)).recordingConfigurationArn));

const terraform = () => platform.deployed.terraform("platform");

/** Writes the settings, and synthesizes them for Terraform. */
function settings(edit: (dev: WrittenSettings) => void): void {
  const { status, stderr } = project.change(edit).synth({ CDKTF_OUTDIR: platform.deployed.output });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}

describe("a run of onair converge that is killed in the middle", () => {
  const run = (...args: readonly string[]) => startOnair(["converge", "--folder", platform.cloudFolder, ...args]);

  it("is ended by the next one, after which there is nothing to do", async () => {
    await vi.waitFor(
      async () => {
        // A run that was over before it was killed shows nothing: it is tried again, from the start.
        for (const { channelArn: arn } of users) {
          await platform.ivs.send(new UpdateChannelCommand({ arn, recordingConfigurationArn: every30 }));
        }
        const first = run();
        await first.said(/, (channel|room): /);
        first.child.kill("SIGKILL");
        await first.ended;
        expect((await recordedBy()).filter((arn) => arn === every30).length).toBeGreaterThan(0);
      },
      { timeout: 120_000 },
    );
    expect(await run().ended).toBe(0);
    expect(await recordedBy()).toEqual(["", "", ""]);
    const third = run();
    expect(await third.ended).toBe(0);
    expect(third.output()).toBe("Nothing to do: all 15 are as settings say.\n");
  });
});

describe("another thumbnail interval, with three users' channels of which one is live", () => {
  const changed = (dev: WrittenSettings) => {
    dev.accounts = { channel: { recorded: true, insecureIngest: true } };
    dev.recordingConfigurations.unshift({ name: "every-10-seconds", thumbnailIntervalSeconds: 10 });
  };
  let every10: string;

  beforeAll(async () => {
    const { ivs } = platform;
    for (const { channelArn: arn } of users) {
      await ivs.send(new UpdateChannelCommand({ arn, recordingConfigurationArn: every30, insecureIngest: true }));
    }
    const live = users[1] as MadeAccount;
    encoder = await sendClip(`${platform.deployed.cloud.rtmpUrl}/${live.streamKey}`);
    await vi.waitFor(async () => expect(await readStream(ivs, live.channelArn)).toBeDefined(), { timeout: 60_000 });
    settings(changed);
  });

  it("is deployed without failing", async () => {
    const changes = byAction(await terraform().changes());
    expect(changes.create).toContain("aws_ivs_recording_configuration.recording_every-10-seconds");
    expect(changes).not.toHaveProperty("delete");
    expect(changes).not.toHaveProperty("replace");
    await terraform().applyPlanned();
    const { recording_configurations } = await terraform().outputs();
    every10 = String((recording_configurations?.value as Record<string, string> | undefined)?.["every-10-seconds"]);
    const get = new GetRecordingConfigurationCommand({ arn: every10 });
    const { recordingConfiguration } = await platform.ivs.send(get);
    expect(recordingConfiguration?.thumbnailConfiguration).toMatchObject({ targetIntervalSeconds: 10 });
  });

  it("is listed by a check, which changes nothing and says so by its exit code", async () => {
    const { code, output } = await converge({ check: true });
    expect(code).toBe(1);
    expect(output.split("\n").slice(0, 3)).toEqual([
      "ana, channel: recordingConfigurationArn every-30-seconds -> every-10-seconds",
      expect.stringMatching(
        /^ben, channel: left, live since \S+; recordingConfigurationArn every-30-seconds -> every-10-seconds$/,
      ),
      "cyd, channel: recordingConfigurationArn every-30-seconds -> every-10-seconds",
    ]);
    expect(output).toContain("Looked at 17: 2 to change, 1 left.");
    expect(await recordedBy()).toEqual([every30, every30, every30]);
  });

  it("reaches all but the live channel, which is named and left for later", async () => {
    const { code, output, errors } = await converge({ json: true });
    expect(code).toBe(1);
    expect(errors).toMatch(/ben, channel: live since/);
    expect(JSON.parse(output)).toMatchObject({
      error: { code: "DIFFERENCES_LEFT" },
      data: { found: [{ outcome: "changed" }, { name: "ben", outcome: "left" }, { outcome: "changed" }] },
    });
    expect(await recordedBy()).toEqual([every10, every30, every10]);
    const removal = platform.ivs.send(new DeleteRecordingConfigurationCommand({ arn: every30 }));
    await expect(removal).rejects.toThrow(ConflictException);
  });

  it("says of a channel that goes live meanwhile, or goes, what the service refuses", async () => {
    const { channelArn } = users[1] as MadeAccount;
    const step = { kind: "update-channel", changes: { latencyMode: "NORMAL" } } as const;
    const gone = channelArn.replace(/\w+$/, "nobodyhasit1");
    const refused = [channelArn, gone].map((arn) => carryOut(platform, ownPace(4), arn, step));
    expect(await Promise.all(refused)).toEqual(["live", "gone"]);
  });

  it("is finished by a later run, after which there is nothing to do", async () => {
    encoder.process.kill("SIGTERM");
    await encoder.ended;
    const { channelArn } = users[1] as MadeAccount;
    await vi.waitFor(async () => expect(await readStream(platform.ivs, channelArn)).toBeUndefined(), {
      timeout: 60_000,
    });
    expect(await converge()).toMatchObject({ code: 0, output: expect.stringContaining("1 changed, 0 left.") });
    expect(await recordedBy()).toEqual([every10, every10, every10]);
    expect((await converge()).output).toBe("Nothing to do: all 17 are as settings say.\n");
  });

  it("lets the old configuration go, which the service refused while a channel was recorded by it", async () => {
    await platform.ivs.send(new DeleteRecordingConfigurationCommand({ arn: every30 }));
  });
});

describe("what Terraform cannot change", () => {
  const house = (name: string) =>
    (platform.outputs.channels as Record<string, { arn: string; room_arn: string }>)[name] ?? { arn: "", room_arn: "" };

  it("is carried out, of channels, rooms and the tags of rings", async () => {
    project.change((dev) => {
      dev.recordingConfigurations = [{ name: "every-10-seconds", thumbnailIntervalSeconds: 10 }];
      dev.tags = { team: "video" };
      const preset = "CONSTRAINED_BANDWIDTH_DELIVERY";
      Object.assign(dev.channels[0], {
        recorded: false,
        room: { maximumMessageLength: 200 },
        type: "ADVANCED_HD",
        preset,
      });
      const open = { insecureIngest: true, multitrack: { policy: "REQUIRE", maximumResolution: "HD" } };
      dev.channels[1] = { name: "backstage", recorded: false, ...open, room: { reviewFallback: "ALLOW" } };
    });
    expect(await converge()).toMatchObject({ code: 0 });
    expect(await platform.channel(house("main-stage").arn)).toMatchObject({
      recordingConfigurationArn: "",
      preset: "CONSTRAINED_BANDWIDTH_DELIVERY",
    });
    expect(await platform.channel(house("backstage").arn)).toMatchObject({
      ...{ authorized: false, insecureIngest: true, containerFormat: "FRAGMENTED_MP4" },
      multitrackInputConfiguration: { enabled: true, policy: "REQUIRE", maximumResolution: "HD" },
    });
    const room = async (name: string) => platform.chat.send(new GetRoomCommand({ identifier: house(name).room_arn }));
    expect(await room("main-stage")).toMatchObject({ maximumMessageLength: 200, name: "main-stage-200-10" });
    expect(await room("backstage")).toMatchObject({ messageReviewHandler: { fallbackResult: "ALLOW" } });
    const [resourceArn] = Object.values(platform.outputs.playback_keys as Record<string, string>);
    const { tags } = await platform.ivs.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags).toEqual({ team: "video", "onair:environment": "dev" });
    expect((await converge()).output).toMatch(/^Nothing to do: /);
  });

  it("is what a row says of who may watch a user's channel, and not where it carries somebody else's tags", async () => {
    const { ivs, channel } = platform;
    const { channelArn: mine } = users[0] as MadeAccount;
    await ivs.send(new UpdateChannelCommand({ arn: mine, authorized: true }));
    const { channelArn: foreign } = await platform.addAccount("dan");
    await ivs.send(new UpdateChannelCommand({ arn: foreign, authorized: true }));
    await ivs.send(new TagResourceCommand({ resourceArn: foreign, tags: { "onair:environment": "other" } }));
    const { code, output } = await converge();
    expect({ code, lines: output.split("\n").slice(0, 2) }).toEqual({
      code: 1,
      lines: [
        "ana, channel: authorized true -> false",
        "dan, channel: left, does not carry this user's tags, and is left alone",
      ],
    });
    expect([await channel(mine), await channel(foreign)]).toMatchObject([{ authorized: false }, { authorized: true }]);
  });

  it("is taken back as it was given", async () => {
    project.change((dev) => {
      dev.channels[1] = { name: "backstage", recorded: false, room: { reviewFallback: "ALLOW" } };
    });
    expect((await converge()).output).toContain(
      'backstage, channel: insecureIngest true -> false; multitrack {"policy":"REQUIRE","maximumResolution":"HD"} -> none',
    );
    expect(await platform.channel(house("backstage").arn)).toMatchObject({
      insecureIngest: false,
      multitrackInputConfiguration: { enabled: false },
    });
  });
});
