import { GetRecordingConfigurationCommand, type IvsClient } from "@aws-sdk/client-ivs";
import { App, TerraformOutput } from "cdktf";
import { afterAll, beforeAll, expect, it } from "vitest";
import { byAction, type Terraform } from "#__tests__/support/terraform.ts";
import { AwsStack } from "#constructs/core/aws-stack.ts";
import {
  type RecordingConfigurationEntry,
  RecordingConfigurationRing,
} from "#constructs/ivs/recording-configuration-ring.ts";
import { type RecordingCloud, startRecordingCloud } from "./fixture/recording-cloud.ts";

let started: RecordingCloud;
let terraform: Terraform;
let ivs: IvsClient;

beforeAll(async () => {
  started = await startRecordingCloud("rings");
  ({ terraform, ivs } = started);
});
afterAll(() => started?.[Symbol.asyncDispose]());

function synthesize(...entries: readonly RecordingConfigurationEntry[]): void {
  const { outdir, bucket } = started;
  const app = new App({ outdir });
  const stack = new AwsStack(app, "rings", { region: bucket.region, namePrefix: "test" });
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
