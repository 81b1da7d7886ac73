import type { ResourceSchema } from "./cloud-control.ts";
import type { Rendition, ThumbnailStorage } from "./recording-configuration.ts";

/** `Renditions/0` to `Renditions/3`: a list that may be given so many values. */
const listOf = (steps: string, most: number): string[] => [
  steps,
  ...Array.from({ length: most }, (_, place) => `${steps}/${place}`),
];

/** From the CloudFormation template reference: nothing but tags can be changed. */
export const recordingSchema: ResourceSchema = {
  typeName: "AWS::IVS::RecordingConfiguration",
  properties: [
    "Name",
    "DestinationConfiguration",
    "ThumbnailConfiguration",
    "RecordingReconnectWindowSeconds",
    "RenditionConfiguration",
  ],
  readOnly: ["Arn", "State"],
  createOnly: [
    "Name",
    "DestinationConfiguration",
    "DestinationConfiguration/S3",
    "DestinationConfiguration/S3/BucketName",
    "ThumbnailConfiguration",
    "ThumbnailConfiguration/RecordingMode",
    "ThumbnailConfiguration/TargetIntervalSeconds",
    "ThumbnailConfiguration/Resolution",
    ...listOf("ThumbnailConfiguration/Storage", 2),
    "RecordingReconnectWindowSeconds",
    "RenditionConfiguration",
    "RenditionConfiguration/RenditionSelection",
    ...listOf("RenditionConfiguration/Renditions", 4),
  ],
};

export interface Recorded {
  readonly name: string;
  readonly bucketName: string;
  readonly thumbnailIntervalSeconds: number | "none";
  readonly reconnectWindowSeconds: number;
  readonly renditions: "all" | "none" | readonly Rendition[];
  readonly thumbnailResolution: Rendition | undefined;
  readonly thumbnailStorage: readonly ThumbnailStorage[];
}

/** A recording configuration as CloudFormation names its properties. */
export const recordingProperties = (recorded: Recorded) => ({
  Name: recorded.name,
  DestinationConfiguration: { S3: { BucketName: recorded.bucketName } },
  ThumbnailConfiguration: thumbnails(recorded),
  RecordingReconnectWindowSeconds: recorded.reconnectWindowSeconds,
  RenditionConfiguration: renditions(recorded),
});

const thumbnails = ({ thumbnailIntervalSeconds, thumbnailResolution, thumbnailStorage }: Recorded) =>
  thumbnailIntervalSeconds === "none"
    ? { RecordingMode: "DISABLED" }
    : {
        RecordingMode: "INTERVAL",
        TargetIntervalSeconds: thumbnailIntervalSeconds,
        ...(thumbnailResolution && { Resolution: thumbnailResolution }),
        Storage: [...thumbnailStorage].sort(),
      };

const renditions = ({ renditions: chosen }: Recorded) => {
  if (chosen === "all") return { RenditionSelection: "ALL" };
  if (chosen === "none") return { RenditionSelection: "NONE" };
  return { RenditionSelection: "CUSTOM", Renditions: [...chosen].sort() };
};
