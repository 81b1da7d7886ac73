import { CloudcontrolapiResource } from "@cdktf/provider-aws/lib/cloudcontrolapi-resource/index.js";
import { IvsRecordingConfiguration } from "@cdktf/provider-aws/lib/ivs-recording-configuration/index.js";
import type { Precondition } from "cdktf";
import { Construct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";
import { checkArn, checkName, checkRange } from "../core/check.ts";
import { ConfigError } from "../core/config-error.ts";
import { sameAsBefore } from "../core/memory.ts";
import { physicalName } from "../core/name.ts";
import type { Grantee } from "../core/policy.ts";
import type { IBucket } from "../data/private-bucket.ts";
import { cloudControlResource } from "./cloud-control.ts";
import { type Recorded, recordingProperties, recordingSchema } from "./recording-properties.ts";

/** Says where and how channels are recorded; made here or elsewhere. */
export interface IRecordingConfiguration {
  readonly recordingConfigurationArn: string;
}

/** A quality that IVS makes of the input; its size is in the user guide, Auto-Record to Amazon S3. */
export type Rendition = "FULL_HD" | "HD" | "SD" | "LOWEST_RESOLUTION";

/** SEQUENTIAL keeps every thumbnail; LATEST keeps the last one, always under the same name. */
export type ThumbnailStorage = "SEQUENTIAL" | "LATEST";

export interface RecordingConfigurationProps {
  /** Must be in the stack's region: elsewhere the service ends in CREATE_FAILED. */
  readonly bucket: IBucket;
  /** 1 to 128 letters, digits, hyphens or underscores. @default from the construct's path */
  readonly name?: string;
  /** A thumbnail every so many seconds, 1 to 60, or none. @default 60, the service's */
  readonly thumbnailIntervalSeconds?: number | "none";
  /** A stream that comes back within this time goes on in the same recording; 0 to 300 seconds. @default 0 */
  readonly reconnectWindowSeconds?: number;
  /** Which renditions are recorded; the best one instead of each that a stream does not have. "none" keeps thumbnails alone. @default "all" */
  readonly renditions?: "all" | "none" | readonly Rendition[];
  /** Of which rendition thumbnails are, where a stream has it. @default of the input */
  readonly thumbnailResolution?: Rendition;
  /** One or both. @default ["SEQUENTIAL"] */
  readonly thumbnailStorage?: readonly ThumbnailStorage[];
}

/**
 * How channels are recorded to S3. The service cannot change one, nor delete one that a channel uses: a replacement is
 * made first, channels are pointed at it, then the old one goes. Channels that users made at run time are not
 * Terraform's to point elsewhere, so where those exist, add an entry to a ring instead of changing one. Thumbnails can only
 * be changed so: the AWS provider plans an update that it then cannot make, and such a plan is refused.
 *
 * The AWS provider's own resource has no arguments for renditions, and for thumbnails' resolution and storage, and cannot
 * be made without thumbnails: it sends an interval all the same, and refuses it itself. One that says any of these is
 * declared by Cloud Control; the others are as they always were.
 */
export class RecordingConfiguration extends Construct implements IRecordingConfiguration {
  /** The underlying `aws_ivs_recording_configuration`, or `aws_cloudcontrolapi_resource`. */
  readonly resource: IvsRecordingConfiguration | CloudcontrolapiResource;

  constructor(scope: Construct, id: string, props: RecordingConfigurationProps) {
    super(scope, id);
    const { bucket, thumbnailIntervalSeconds = 60, reconnectWindowSeconds = 0 } = props;
    checkName(this, "name", props.name);
    checkRange(this, "reconnectWindowSeconds", reconnectWindowSeconds, { minimum: 0, maximum: 300, unit: "seconds" });
    if (thumbnailIntervalSeconds !== "none") {
      checkRange(this, "thumbnailIntervalSeconds", thumbnailIntervalSeconds, {
        minimum: 1,
        maximum: 60,
        unit: "seconds",
      });
    }
    const { region } = AwsStack.of(this);
    if (bucket.region !== region) {
      throw new ConfigError("ERR_BUCKET_REGION", this, "bucket", `must be in ${region}`, bucket.region);
    }
    this.#checkSelections(props);
    const { renditions, thumbnailResolution, thumbnailStorage } = props;
    const recorded: Recorded = {
      name: props.name ?? physicalName(this),
      bucketName: bucket.bucketName,
      thumbnailIntervalSeconds,
      reconnectWindowSeconds,
      renditions: renditions ?? "all",
      thumbnailResolution,
      thumbnailStorage: thumbnailStorage ?? ["SEQUENTIAL"],
    };
    const isPlain = [renditions, thumbnailResolution, thumbnailStorage].every((one) => one === undefined);
    this.resource =
      isPlain && thumbnailIntervalSeconds !== "none"
        ? this.#ofProvider(recorded, thumbnailIntervalSeconds)
        : cloudControlResource(this, "Resource", recordingSchema, recordingProperties(recorded));
  }

  /** Reads a recording configuration's ARN. Throws ERR_ARN where it is another kind of ARN. */
  static fromRecordingConfigurationArn(scope: Construct, recordingConfigurationArn: string): IRecordingConfiguration {
    checkArn(scope, "recordingConfigurationArn", recordingConfigurationArn, "ivs", "recording-configuration");
    return { recordingConfigurationArn };
  }

  get recordingConfigurationArn(): string {
    return this.resource instanceof CloudcontrolapiResource ? this.resource.id : this.resource.arn;
  }

  /** Lets a function read where and how this records. */
  grantRead(grantee: Grantee): void {
    const resources = [this.recordingConfigurationArn];
    grantee.grant({ sid: "GetRecordingConfiguration", actions: ["ivs:GetRecordingConfiguration"], resources });
  }

  get outputs(): Record<string, string> {
    return { arn: this.recordingConfigurationArn };
  }

  #checkSelections({ thumbnailIntervalSeconds, ...props }: RecordingConfigurationProps): void {
    for (const property of ["renditions", "thumbnailStorage"] as const) {
      const given = props[property];
      if (typeof given !== "object" || (given.length > 0 && new Set(given).size === given.length)) continue;
      throw new ConfigError("ERR_SELECTION", this, property, "must name one or more, each once", given);
    }
    if (thumbnailIntervalSeconds !== "none") return;
    for (const property of ["thumbnailResolution", "thumbnailStorage"] as const) {
      if (props[property] === undefined) continue;
      throw new ConfigError("ERR_NO_THUMBNAILS", this, property, "needs thumbnailIntervalSeconds", props[property]);
    }
  }

  #ofProvider(recorded: Recorded, thumbnailIntervalSeconds: number): IvsRecordingConfiguration {
    const { name, bucketName, reconnectWindowSeconds } = recorded;
    return new IvsRecordingConfiguration(this, "Resource", {
      name,
      destinationConfiguration: { s3: { bucketName } },
      thumbnailConfiguration: { recordingMode: "INTERVAL", targetIntervalSeconds: thumbnailIntervalSeconds },
      recordingReconnectWindowSeconds: reconnectWindowSeconds,
      // A changed tag would replace it: the provider has no other way to write tags here.
      lifecycle: {
        createBeforeDestroy: true,
        ignoreChanges: ["tags", "tags_all"],
        precondition: [this.#sameThumbnailsAsBefore(`${thumbnailIntervalSeconds}`)],
      },
    });
  }

  /** The state remembers how thumbnails are taken; a plan that says otherwise is refused. */
  #sameThumbnailsAsBefore(interval: string): Precondition {
    return sameAsBefore(this, "Thumbnails", {
      name: "interval",
      value: interval,
      errorMessage:
        `Recording configuration ${this.node.path} takes its thumbnails otherwise, and Terraform cannot change it. ` +
        "Put its thumbnailIntervalSeconds back, and add another configuration before it.",
    });
  }
}
