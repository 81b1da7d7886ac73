/** Regions that have Amazon IVS and IVS Chat (AWS General Reference, Amazon IVS endpoints). */
export const REGIONS = [
  "us-east-1",
  "us-west-2",
  "ap-south-1",
  "ap-northeast-1",
  "ap-northeast-2",
  "eu-central-1",
  "eu-west-1",
] as const;

/** Service quotas and ranges that a setting may not pass. The counts are unverified: from the service quotas page. */
export const LIMITS = {
  playbackKeys: 3,
  recordingConfigurations: 20,
  loggingConfigurations: 10,
} as const;

/** How long CloudWatch Logs can keep a log group's lines, in days (PutRetentionPolicy). */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;
