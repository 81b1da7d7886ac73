import { join } from "node:path";
import { GetRecordingConfigurationCommand, IvsClient } from "@aws-sdk/client-ivs";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { App, TerraformOutput } from "cdktf";
import { afterAll, beforeAll, expect, it } from "vitest";
import { client, type OwnCloud, startOwnCloud } from "#__tests__/local/fixture/own-cloud.ts";
import { REGION } from "#__tests__/support/deployed.ts";
import { byAction, Terraform } from "#__tests__/support/terraform.ts";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import {
  type RecordingConfigurationEntry,
  RecordingConfigurationRing,
} from "#constructs/ivs/recording-configuration-ring.ts";

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
  terraform = new Terraform(join(own.folder, "cdktf.out", "stacks", "rings"), own.cloud.environment);
});
afterAll(async () => {
  ivs?.destroy();
  await own?.[Symbol.asyncDispose]();
});

function synthesize(...entries: readonly RecordingConfigurationEntry[]): void {
  const app = new App({ outdir: join(own.folder, "cdktf.out") });
  const stack = new AwsStack(app, "rings", { region: own.cloud.region, namePrefix: "test" });
  const bucket = { bucketName: "recordings", region: own.cloud.region };
  const ring = new RecordingConfigurationRing(stack, "ring", { bucket, entries });
  new TerraformOutput(stack, "arns", { value: ring.arns });
  app.synth();
}

const refusal = async () => {
  const { status, stderr } = await terraform.run("plan", "-no-color", "-input=false");
  return { status, stderr: stderr.replace(/\s+/g, " ") };
};

const interval = async (arn: string) => {
  const { recordingConfiguration } = await ivs.send(new GetRecordingConfigurationCommand({ arn }));
  return recordingConfiguration?.thumbnailConfiguration?.targetIntervalSeconds;
};

it("a changed thumbnail interval is refused while planning, and is another entry of the ring instead", async () => {
  synthesize({ name: "one", thumbnailIntervalSeconds: 30 });
  await terraform.init();
  await terraform.apply();
  expect(await terraform.changes()).toEqual([]);

  synthesize({ name: "one", thumbnailIntervalSeconds: 10 });
  expect(await refusal()).toEqual({
    status: 1,
    stderr: expect.stringContaining(
      "Recording configuration rings/ring/one takes its thumbnails otherwise, and Terraform cannot change it. " +
        "Put its thumbnailIntervalSeconds back, and add another configuration before it.",
    ),
  });

  synthesize({ name: "two", thumbnailIntervalSeconds: 10 }, { name: "one", thumbnailIntervalSeconds: 30 });
  expect(byAction(await terraform.changes())).toEqual({
    create: ["aws_ivs_recording_configuration.ring_two", "terraform_data.ring_two_Thumbnails"],
  });
  await terraform.applyPlanned();
  const arns = (await terraform.outputs()).arns?.value as { one: string; two: string };
  expect([await interval(arns.one), await interval(arns.two)]).toEqual([30, 10]);

  synthesize({ name: "two", thumbnailIntervalSeconds: 10 });
  expect(byAction(await terraform.changes())).toEqual({
    delete: ["aws_ivs_recording_configuration.ring_one", "terraform_data.ring_one_Thumbnails"],
  });
});
