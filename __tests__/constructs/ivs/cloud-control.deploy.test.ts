import { join } from "node:path";
import { GetPlaybackRestrictionPolicyCommand, GetRecordingConfigurationCommand, IvsClient } from "@aws-sdk/client-ivs";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { App, TerraformOutput } from "cdktf";
import { afterAll, beforeAll, expect, it } from "vitest";
import { client, type OwnCloud, startOwnCloud } from "#__tests__/local/fixture/own-cloud.ts";
import { REGION } from "#__tests__/support/deployed.ts";
import { byAction, Terraform } from "#__tests__/support/terraform.ts";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import { Channel } from "#constructs/ivs/channel.ts";
import { PlaybackRestrictionPolicy } from "#constructs/ivs/playback-restriction-policy.ts";
import { RecordingConfiguration, type RecordingConfigurationProps } from "#constructs/ivs/recording-configuration.ts";

let own: OwnCloud;
let terraform: Terraform;
let ivs: IvsClient;

beforeAll(async () => {
  own = await startOwnCloud({ terraform: "required", region: REGION });
  const options = client(own.cloud, own.root);
  ivs = new IvsClient(options);
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const CreateBucketConfiguration = { LocationConstraint: REGION } as const;
  await s3.send(new CreateBucketCommand({ Bucket: "recordings", CreateBucketConfiguration }));
  s3.destroy();
  terraform = new Terraform(join(own.folder, "cdktf.out", "stacks", "recorded"), own.cloud.environment);
});
afterAll(async () => {
  ivs?.destroy();
  await own?.[Symbol.asyncDispose]();
});

type How = Omit<RecordingConfigurationProps, "bucket">;
interface Asked {
  readonly tags?: Readonly<Record<string, string>>;
  readonly allowedCountries?: readonly string[];
}

function synthesize(how: How, { tags = { team: "live" }, allowedCountries = ["AT", "DE", "FR"] }: Asked = {}): void {
  const app = new App({ outdir: join(own.folder, "cdktf.out") });
  const stack = new AwsStack(app, "recorded", { region: own.cloud.region, namePrefix: "test", tags });
  const bucket = { bucketName: "recordings", region: own.cloud.region };
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
