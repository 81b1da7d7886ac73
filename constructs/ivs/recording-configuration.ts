import { IvsRecordingConfiguration } from "@cdktf/provider-aws/lib/ivs-recording-configuration/index.js";
import type { Precondition } from "cdktf";
import { Construct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";
import { checkArn, checkName, checkRange } from "../core/check.ts";
import { ConfigError } from "../core/config-error.ts";
import { Memory } from "../core/memory.ts";
import { physicalName } from "../core/name.ts";
import type { Grantee } from "../core/policy.ts";
import type { IBucket } from "../data/private-bucket.ts";

/** Says where and how channels are recorded; made here or elsewhere. */
export interface IRecordingConfiguration {
  readonly recordingConfigurationArn: string;
}

export interface RecordingConfigurationProps {
  /** Must be in the stack's region: elsewhere the service ends in CREATE_FAILED. */
  readonly bucket: IBucket;
  /** 1 to 128 letters, digits, hyphens or underscores. @default from the construct's path */
  readonly name?: string;
  /** A thumbnail every so many seconds, 1 to 60, or none. @default "none" */
  readonly thumbnailIntervalSeconds?: number | "none";
  /** A stream that comes back within this time goes on in the same recording; 0 to 300 seconds. @default 0 */
  readonly reconnectWindowSeconds?: number;
}

/**
 * How channels are recorded to S3. The service cannot change one, nor delete one that a channel uses: a replacement is
 * made first, channels are pointed at it, then the old one goes. Channels that users made at run time are not
 * Terraform's to point elsewhere, so where those exist, add an entry to a ring instead of changing one. Thumbnails can only
 * be changed so: the AWS provider plans an update that it then cannot make, and such a plan is refused.
 */
export class RecordingConfiguration extends Construct implements IRecordingConfiguration {
  /** The underlying `aws_ivs_recording_configuration`. */
  readonly resource: IvsRecordingConfiguration;

  constructor(scope: Construct, id: string, props: RecordingConfigurationProps) {
    super(scope, id);
    const { bucket, thumbnailIntervalSeconds = "none", reconnectWindowSeconds = 0 } = props;
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
    this.resource = new IvsRecordingConfiguration(this, "Resource", {
      name: props.name ?? physicalName(this),
      destinationConfiguration: { s3: { bucketName: bucket.bucketName } },
      thumbnailConfiguration:
        thumbnailIntervalSeconds === "none"
          ? { recordingMode: "DISABLED" }
          : { recordingMode: "INTERVAL", targetIntervalSeconds: thumbnailIntervalSeconds },
      recordingReconnectWindowSeconds: reconnectWindowSeconds,
      // A changed tag would replace it: the provider has no other way to write tags here.
      lifecycle: {
        createBeforeDestroy: true,
        ignoreChanges: ["tags", "tags_all"],
        precondition: [this.#sameThumbnailsAsBefore(`${thumbnailIntervalSeconds}`)],
      },
    });
  }

  /** Reads a recording configuration's ARN. Throws ERR_ARN where it is another kind of ARN. */
  static fromRecordingConfigurationArn(scope: Construct, recordingConfigurationArn: string): IRecordingConfiguration {
    checkArn(scope, "recordingConfigurationArn", recordingConfigurationArn, "ivs", "recording-configuration");
    return { recordingConfigurationArn };
  }

  get recordingConfigurationArn(): string {
    return this.resource.arn;
  }

  /** Lets a function read where and how this records. */
  grantRead(grantee: Grantee): void {
    const resources = [this.recordingConfigurationArn];
    grantee.grant({ sid: "GetRecordingConfiguration", actions: ["ivs:GetRecordingConfiguration"], resources });
  }

  get outputs(): Record<string, string> {
    return { arn: this.recordingConfigurationArn };
  }

  /** The state remembers how thumbnails are taken; a plan that says otherwise is refused. */
  #sameThumbnailsAsBefore(interval: string): Precondition {
    const thumbnails = new Memory(this, "Thumbnails", { interval });
    thumbnails.lifecycle = { ignoreChanges: ["input"] };
    return {
      condition: `\${${thumbnails.fqn}.output.interval == "${interval}"}`,
      errorMessage:
        `Recording configuration ${this.node.path} takes its thumbnails otherwise, and Terraform cannot change it. ` +
        "Put its thumbnailIntervalSeconds back, and add another configuration before it.",
    };
  }
}
