import { IvsRecordingConfiguration } from "@cdktf/provider-aws/lib/ivs-recording-configuration/index.js";
import { describe, expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import { PrivateBucket } from "#constructs/data/private-bucket.ts";
import { RecordingConfiguration, type RecordingConfigurationProps } from "#constructs/ivs/recording-configuration.ts";
import { RecordingConfigurationRing } from "#constructs/ivs/recording-configuration-ring.ts";

const synthesized = (props: Omit<RecordingConfigurationProps, "bucket"> = {}) => {
  const stack = testStack();
  new RecordingConfiguration(stack, "recording", { bucket: new PrivateBucket(stack, "bucket"), ...props });
  return template(stack).resource(IvsRecordingConfiguration);
};

describe("RecordingConfiguration", () => {
  it("is made before the one it replaces is deleted, and is not replaced for a tag", () => {
    expect(synthesized().lifecycle).toMatchObject({
      create_before_destroy: true,
      ignore_changes: ["tags", "tags_all"],
    });
  });

  it("records into the bucket, without thumbnails and without a reconnect window unless asked for", () => {
    expect(synthesized()).toMatchObject({
      name: "onair-test-recording",
      destination_configuration: { s3: { bucket_name: "${aws_s3_bucket.bucket.bucket}" } },
      thumbnail_configuration: { recording_mode: "DISABLED" },
      recording_reconnect_window_seconds: 0,
    });
  });

  it("takes a thumbnail at an interval", () => {
    expect(synthesized({ thumbnailIntervalSeconds: 30 })).toHaveProperty("thumbnail_configuration", {
      recording_mode: "INTERVAL",
      target_interval_seconds: 30,
    });
  });

  it("refuses a reconnect window above 300 seconds", () => {
    expect(() => synthesized({ reconnectWindowSeconds: 301 })).toThrow(
      "stack/recording, reconnectWindowSeconds: must be a whole number, 0 to 300 seconds; got 301.  ERR_RANGE",
    );
  });

  it.each([0, 61, 1.5])("refuses a thumbnail each %d seconds", (thumbnailIntervalSeconds) => {
    expect(() => synthesized({ thumbnailIntervalSeconds })).toThrow(
      `stack/recording, thumbnailIntervalSeconds: must be a whole number, 1 to 60 seconds; got ${thumbnailIntervalSeconds}.  ERR_RANGE`,
    );
  });

  it("refuses a bucket of another region, which the service would take and then fail", () => {
    const stack = testStack({ region: "us-east-1" });
    const bucket = { bucketName: "elsewhere", region: "eu-west-1" };
    expect(() => new RecordingConfiguration(stack, "recording", { bucket })).toThrow(
      'stack/recording, bucket: must be in us-east-1; got "eu-west-1".  ERR_BUCKET_REGION',
    );
  });
});

describe("RecordingConfigurationRing", () => {
  const ringOf = (...names: string[]) => {
    const stack = testStack();
    const bucket = new PrivateBucket(stack, "bucket");
    const ring = new RecordingConfigurationRing(stack, "ring", { bucket, entries: names.map((name) => ({ name })) });
    return { ring, stack };
  };

  it("uses its first entry for what is new", () => {
    const { ring } = ringOf("new", "old");
    expect(ring.current?.node.id).toBe("new");
  });

  it("keeps every resource as it was when an entry is put first", () => {
    const before = template(ringOf("old").stack).json.resource?.aws_ivs_recording_configuration;
    const after = template(ringOf("new", "old").stack).json.resource?.aws_ivs_recording_configuration;
    expect(after).toMatchObject(before ?? {});
  });

  it("refuses two entries of one name", () => {
    expect(() => ringOf("same", "same")).toThrow(
      'stack/ring, entries: must have different names; got "same".  ERR_RING_NAME',
    );
  });
});
