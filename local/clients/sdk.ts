// biome-ignore-all lint/style/noRestrictedImports: our engines call the emulator as services call each other, in the wire formats that the SDK speaks.
export type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
export type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
export type { FirehoseClient } from "@aws-sdk/client-firehose";
export type { LambdaClient } from "@aws-sdk/client-lambda";
export type { S3Client } from "@aws-sdk/client-s3";

// The warning would stand in the log of everybody on a Node that the project supports.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

// Each costs a tenth of a second, so it is loaded when it is first needed.
export const loadCloudWatch = () => import("@aws-sdk/client-cloudwatch");
export const loadCloudWatchLogs = () => import("@aws-sdk/client-cloudwatch-logs");
export const loadFirehose = () => import("@aws-sdk/client-firehose");
export const loadLambda = () => import("@aws-sdk/client-lambda");
export const loadS3 = () => import("@aws-sdk/client-s3");
