import {
  GetPlaybackRestrictionPolicyCommand,
  GetRecordingConfigurationCommand,
  type IvsClient,
} from "@aws-sdk/client-ivs";
import { App, TerraformOutput } from "cdktf";
import { afterAll, beforeAll, expect, it } from "vitest";
import { byAction, type Terraform } from "#__tests__/support/terraform.ts";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import { Channel } from "#constructs/ivs/channel.ts";
import { PlaybackRestrictionPolicy } from "#constructs/ivs/playback-restriction-policy.ts";
import { RecordingConfiguration, type RecordingConfigurationProps } from "#constructs/ivs/recording-configuration.ts";
import { type RecordingCloud, startRecordingCloud } from "./fixture/recording-cloud.ts";

let started: RecordingCloud;
let terraform: Terraform;
let ivs: IvsClient;

beforeAll(async () => {
  started = await startRecordingCloud("recorded");
  ({ terraform, ivs } = started);
});
afterAll(() => started?.[Symbol.asyncDispose]());

type How = Omit<RecordingConfigurationProps, "bucket">;
interface Asked {
  readonly tags?: Readonly<Record<string, string>>;
  readonly allowedCountries?: readonly string[];
}

function synthesize(how: How, { tags = { team: "live" }, allowedCountries = ["AT", "DE", "FR"] }: Asked = {}): void {
  const { outdir, bucket } = started;
  const app = new App({ outdir });
  const stack = new AwsStack(app, "recorded", { region: bucket.region, namePrefix: "test", tags });
  const recording = new RecordingConfiguration(stack, "recording", { bucket, ...how });
  new Channel(stack, "stage", { recording });
  const policy = new PlaybackRestrictionPolicy(stack, "restriction", { allowedCountries });
  new TerraformOutput(stack, "arn", { value: recording.recordingConfigurationArn });
  new TerraformOutput(stack, "policy", { value: policy.playbackRestrictionPolicyArn });
  app.synth();
}

const arnOf = async () => (await terraform.outputs()).arn?.value as string;

const countries = async () => {
  const arn = (await terraform.outputs()).policy?.value as string;
  const { playbackRestrictionPolicy } = await ivs.send(new GetPlaybackRestrictionPolicyCommand({ arn }));
  return playbackRestrictionPolicy?.allowedCountries;
};

const read = async (arn: string) => {
  const { recordingConfiguration } = await ivs.send(new GetRecordingConfigurationCommand({ arn }));
  const { renditionConfiguration, thumbnailConfiguration, tags } = recordingConfiguration ?? {};
  return { renditionConfiguration, thumbnailConfiguration, tags };
};

const hd: How = {
  thumbnailIntervalSeconds: 30,
  renditions: ["HD", "SD"],
  thumbnailResolution: "SD",
  thumbnailStorage: ["LATEST"],
};

it("a recording configuration with renditions is made, kept, tagged, replaced and deleted by Terraform, and so is a policy", async () => {
  synthesize(hd);
  await terraform.init();
  await terraform.apply();
  expect(await terraform.changes()).toEqual([]);
  const first = await arnOf();
  expect(await read(first)).toEqual({
    renditionConfiguration: { renditionSelection: "CUSTOM", renditions: ["HD", "SD"] },
    thumbnailConfiguration: {
      recordingMode: "INTERVAL",
      targetIntervalSeconds: 30,
      resolution: "SD",
      storage: ["LATEST"],
    },
    tags: { team: "live" },
  });

  const tags = { area: "7", cost: "9", team: "live" };
  synthesize(hd, { tags, allowedCountries: ["CH", "DE", "FR"] });
  expect(byAction(await terraform.changes())).toEqual({
    update: [
      "aws_cloudcontrolapi_resource.recording",
      "aws_cloudcontrolapi_resource.restriction",
      "aws_ivs_channel.stage",
    ],
  });
  await terraform.applyPlanned();
  expect(await arnOf()).toBe(first);
  expect((await read(first)).tags).toEqual(tags);
  expect(await countries()).toEqual(["CH", "DE", "FR"]);

  // Two places of a list at once: the provider names the last one first, as they move up.
  synthesize(hd, { allowedCountries: ["DE"] });
  await terraform.apply();
  expect(await countries()).toEqual(["DE"]);
  expect((await read(first)).tags).toEqual({ team: "live" });

  synthesize({ thumbnailIntervalSeconds: "none", renditions: ["HD"] }, { allowedCountries: ["DE"] });
  expect(byAction(await terraform.changes())).toMatchObject({
    replace: ["aws_cloudcontrolapi_resource.recording"],
    update: ["aws_ivs_channel.stage"],
  });
  await terraform.applyPlanned();
  const second = await arnOf();
  expect(await read(second)).toMatchObject({
    renditionConfiguration: { renditionSelection: "CUSTOM", renditions: ["HD"] },
    thumbnailConfiguration: { recordingMode: "DISABLED" },
  });
  await expect(read(first)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  expect(await terraform.changes()).toEqual([]);
  await terraform.must("destroy", "-auto-approve", "-no-color");
  await expect(read(second)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});
