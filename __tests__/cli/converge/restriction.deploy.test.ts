import { ConflictException, DeletePlaybackRestrictionPolicyCommand } from "@aws-sdk/client-ivs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ProjectCopy, type WrittenSettings } from "#__tests__/support/project-copy.ts";
import { byAction } from "#__tests__/support/terraform.ts";
import { createOwnedChannels } from "#aws/accounts/channels.ts";
import { runConverge } from "#cli/converge/run.ts";
import { type MadeAccount, type RestoredPlatform, restoredPlatform } from "../onair/fixture/restored-platform.ts";
import { said } from "../users/fixture/own-platform.ts";

let platform: RestoredPlatform;
let user: MadeAccount;
const project = new ProjectCopy();

beforeAll(async () => {
  platform = await restoredPlatform();
  user = await platform.addAccount("ana");
});
afterAll(async () => {
  project.remove();
  await platform?.[Symbol.asyncDispose]();
});

const converge = () => said((terminal) => runConverge(terminal, { folder: platform.cloudFolder }, project.folder));

const terraform = () => platform.deployed.terraform("platform");

/** Writes the settings, and synthesizes them for Terraform. */
function settings(edit: (dev: WrittenSettings) => void): void {
  const { status, stderr } = project.change(edit).synth({ CDKTF_OUTDIR: platform.deployed.output });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}

const mainStage = (): { readonly arn: string; readonly playback_url: string } =>
  (platform.outputs.channels as Record<string, { arn: string; playback_url: string }>)["main-stage"] as never;

/** What a page gets that asks for a channel's playlist: 404 is said to those who may watch, of a channel that is offline. */
const watchedFrom = async (playbackUrl: string, origin: string) =>
  (await fetch(playbackUrl, { headers: { origin } })).status;

const pages = ["https://live.example.com", "https://elsewhere.example.com"] as const;

describe("a restriction of playback", () => {
  it("is a policy that a deploy makes, and that no channel names yet", async () => {
    settings((dev) => {
      Object.assign(dev, { playback: { restriction: { allowedOrigins: [pages[0]] } } });
    });
    expect(byAction(await terraform().changes()).create).toEqual(["aws_cloudcontrolapi_resource.playback-restriction"]);
    await terraform().applyPlanned();
    const { playback_url } = mainStage();
    expect(await Promise.all(pages.map((page) => watchedFrom(playback_url, page)))).toEqual([404, 404]);
  });

  it("holds for channels of the house and of users after onair converge: another page is refused", async () => {
    expect((await converge()).output).toContain("playbackRestrictionPolicyArn none -> playback.restriction");
    const { playbackUrl: ofUser = "" } = await platform.channel(user.channelArn);
    for (const url of [mainStage().playback_url, ofUser]) {
      expect(await Promise.all(pages.map((page) => watchedFrom(url, page)))).toEqual([404, 403]);
    }
  });

  it("holds for a user's channel that is made meanwhile", async () => {
    const { ivs, channel } = platform;
    const { playbackRestrictionPolicyArn } = await channel(user.channelArn);
    const channels = createOwnedChannels(
      { ivs, ivsOnce: ivs, ownership: { namePrefix: "onair-dev", environment: "dev" } },
      { type: "STANDARD", latencyMode: "LOW", insecureIngest: false, playbackRestrictionPolicyArn },
    );
    const made = await channel(await channels.create("ben", "public"));
    expect(made).toMatchObject({ playbackRestrictionPolicyArn });
    await channels.remove(String(made.arn));
  });

  it("goes by onair converge, after which IVS lets the policy go", async () => {
    const { playbackRestrictionPolicyArn: arn } = await platform.channel(user.channelArn);
    const remove = () => platform.ivs.send(new DeletePlaybackRestrictionPolicyCommand({ arn }));
    await expect(remove()).rejects.toThrow(ConflictException);
    project.change((dev) => Object.assign(dev, { playback: {} }));
    expect(await converge()).toMatchObject({ code: 0 });
    expect(await watchedFrom(mainStage().playback_url, pages[1])).toBe(404);
    await remove();
  });
});
