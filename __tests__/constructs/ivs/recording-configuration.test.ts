import { CloudcontrolapiResource } from "@cdktf/provider-aws/lib/cloudcontrolapi-resource/index.js";
import { IvsRecordingConfiguration } from "@cdktf/provider-aws/lib/ivs-recording-configuration/index.js";
import { describe, expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import { PrivateBucket } from "#constructs/data/private-bucket.ts";
import { RecordingConfiguration, type RecordingConfigurationProps } from "#constructs/ivs/recording-configuration.ts";
import { RecordingConfigurationRing } from "#constructs/ivs/recording-configuration-ring.ts";

type How = Omit<RecordingConfigurationProps, "bucket">;

const synthesized = (props: How = {}) => {
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

  it("records into the bucket, with a thumbnail a minute and without a reconnect window unless asked for", () => {
    expect(synthesized()).toMatchObject({
      name: "onair-test-recording",
      destination_configuration: { s3: { bucket_name: "${aws_s3_bucket.bucket.bucket}" } },
      thumbnail_configuration: { recording_mode: "INTERVAL", target_interval_seconds: 60 },
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

describe("RecordingConfiguration with selections", () => {
  const declared = (props: How, tags: Record<string, string> = {}) => {
    const stack = testStack({ tags });
    const bucket = new PrivateBucket(stack, "bucket");
    const recording = new RecordingConfiguration(stack, "recording", { bucket, ...props });
    return { recording, resource: template(stack).resource(CloudcontrolapiResource) };
  };
  const desired = (props: How, tags?: Record<string, string>) =>
    JSON.parse(declared(props, tags).resource.desired_state as string);

  it("is declared by Cloud Control, made before the one it replaces is deleted", () => {
    const { recording, resource } = declared({ renditions: "none" });
    expect(resource).toMatchObject({
      type_name: "AWS::IVS::RecordingConfiguration",
      lifecycle: { create_before_destroy: true },
    });
    expect(recording.node.tryFindChild("Thumbnails")).toBeUndefined();
  });

  it("says renditions and thumbnails as CloudFormation does, with the stack's tags by name", () => {
    const props: How = {
      thumbnailIntervalSeconds: 10,
      reconnectWindowSeconds: 60,
      renditions: ["SD", "HD"],
      thumbnailResolution: "HD",
      thumbnailStorage: ["SEQUENTIAL", "LATEST"],
    };
    expect(desired(props, { team: "live", area: "7" })).toEqual({
      Name: "onair-test-recording",
      DestinationConfiguration: { S3: { BucketName: "${aws_s3_bucket.bucket.bucket}" } },
      ThumbnailConfiguration: {
        RecordingMode: "INTERVAL",
        TargetIntervalSeconds: 10,
        Resolution: "HD",
        Storage: ["LATEST", "SEQUENTIAL"],
      },
      RecordingReconnectWindowSeconds: 60,
      RenditionConfiguration: { RenditionSelection: "CUSTOM", Renditions: ["HD", "SD"] },
      Tags: [
        { Key: "area", Value: "7" },
        { Key: "team", Value: "live" },
      ],
    });
  });

  it.each([
    [{ renditions: "all" }, { RenditionSelection: "ALL" }],
    [{ renditions: "none" }, { RenditionSelection: "NONE" }],
  ] as const)("%j selects them", (props, selection) => {
    expect(desired(props)).toHaveProperty("RenditionConfiguration", selection);
    expect(desired(props)).toHaveProperty("ThumbnailConfiguration.TargetIntervalSeconds", 60);
  });

  it("takes no thumbnails, which the provider's own resource cannot be told", () => {
    expect(desired({ thumbnailIntervalSeconds: "none" })).toMatchObject({
      ThumbnailConfiguration: { RecordingMode: "DISABLED" },
      RenditionConfiguration: { RenditionSelection: "ALL" },
    });
  });

  it("names every value that only a replacement changes, down to the places of lists", () => {
    const props: How = {
      thumbnailIntervalSeconds: 10,
      renditions: ["FULL_HD", "HD", "SD", "LOWEST_RESOLUTION"],
      thumbnailResolution: "HD",
      thumbnailStorage: ["SEQUENTIAL", "LATEST"],
    };
    const { createOnlyProperties } = JSON.parse(declared(props).resource.schema as string);
    const { Tags, ...others } = desired(props, { team: "live" });
    expect(createOnlyProperties).toEqual(expect.arrayContaining(pointers(others, "/properties")));
    expect(createOnlyProperties).not.toContain("/properties/Tags");
  });

  it("is kept from being destroyed where data is protected", () => {
    const stack = testStack({ protect: true });
    const bucket = new PrivateBucket(stack, "bucket");
    new RecordingConfiguration(stack, "recording", { bucket, renditions: "all" });
    expect(template(stack).resource(CloudcontrolapiResource).lifecycle).toMatchObject({ prevent_destroy: true });
  });

  it.each([
    [
      { thumbnailIntervalSeconds: "none", thumbnailResolution: "SD" },
      'thumbnailResolution: needs thumbnailIntervalSeconds; got "SD".  ERR_NO_THUMBNAILS',
    ],
    [
      { thumbnailIntervalSeconds: "none", thumbnailStorage: ["LATEST"] },
      'thumbnailStorage: needs thumbnailIntervalSeconds; got ["LATEST"].  ERR_NO_THUMBNAILS',
    ],
    [{ renditions: [] }, "renditions: must name one or more, each once; got [].  ERR_SELECTION"],
    [
      { thumbnailIntervalSeconds: 9, thumbnailStorage: ["LATEST", "LATEST"] },
      'thumbnailStorage: must name one or more, each once; got ["LATEST","LATEST"].  ERR_SELECTION',
    ],
  ] as const)("refuses %j", (props, message) => {
    expect(() => declared(props)).toThrow(`stack/recording, ${message}`);
  });
});

/** Where values are, in lists and objects too. */
function pointers(value: unknown, at: string): string[] {
  if (typeof value !== "object" || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, inner]) => pointers(inner, `${at}/${name}`))].filter(
    (pointer) => pointer !== "/properties",
  );
}

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
