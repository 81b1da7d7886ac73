import { CloudcontrolapiResource } from "@cdktf/provider-aws/lib/cloudcontrolapi-resource/index.js";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { CognitoUserPool } from "@cdktf/provider-aws/lib/cognito-user-pool/index.js";
import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table/index.js";
import { IvsChannel } from "@cdktf/provider-aws/lib/ivs-channel/index.js";
import { IvsPlaybackKeyPair } from "@cdktf/provider-aws/lib/ivs-playback-key-pair/index.js";
import { IvsRecordingConfiguration } from "@cdktf/provider-aws/lib/ivs-recording-configuration/index.js";
import { IvschatLoggingConfiguration } from "@cdktf/provider-aws/lib/ivschat-logging-configuration/index.js";
import { IvschatRoom } from "@cdktf/provider-aws/lib/ivschat-room/index.js";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket/index.js";
import { type IAspect, TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";

/** What cannot be made again as it was: stored data, users, keys, and addresses that users have written down. */
const HOLDS_DATA: ReadonlySet<string> = new Set(
  [
    CloudcontrolapiResource,
    CloudwatchLogGroup,
    CognitoUserPool,
    DynamodbTable,
    IvsChannel,
    IvsPlaybackKeyPair,
    IvsRecordingConfiguration,
    IvschatLoggingConfiguration,
    IvschatRoom,
    KmsKey,
    S3Bucket,
  ].map((type) => type.tfResourceType),
);

/**
 * Makes Terraform refuse a plan that destroys or replaces what holds data, and DynamoDB and Cognito refuse to delete theirs.
 * Taking a resource out of the configuration is still possible: that is how an old entry leaves a ring.
 */
export class ProtectData implements IAspect {
  visit(node: IConstruct): void {
    if (!(node instanceof TerraformResource) || !HOLDS_DATA.has(node.terraformResourceType)) return;
    node.lifecycle = { ...node.lifecycle, preventDestroy: true };
    if (node instanceof DynamodbTable) node.deletionProtectionEnabled = true;
    if (node instanceof CognitoUserPool) node.deletionProtection = "ACTIVE";
  }
}
