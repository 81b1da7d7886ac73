import * as v from "valibot";

const arns = v.pipe(
  v.string(),
  v.transform((list) => list.split(",").filter((arn) => arn !== "")),
);

export const environment = v.strictObject({
  /** The platform's table. */
  TABLE_NAME: v.string(),
  /** The queue that the function works off, and puts back what must wait. */
  WORK_QUEUE_URL: v.string(),
  USER_POOL_ID: v.string(),
  /** The bucket with users' pictures. */
  PICTURES_BUCKET: v.string(),
  /** In the tag `onair:environment`, for example `dev`. */
  ENVIRONMENT_NAME: v.string(),
  /** Begins the names of channels and rooms, for example `onair-dev`. */
  NAME_PREFIX: v.string(),
  /** @default channels are not recorded */
  RECORDING_CONFIGURATION_ARN: v.optional(v.string()),
  /** @default channels are watched from everywhere */
  PLAYBACK_RESTRICTION_POLICY_ARN: v.optional(v.string()),
  REVIEW_FUNCTION_ARN: v.string(),
  /** With commas between. @default rooms are not logged */
  LOGGING_CONFIGURATION_ARNS: v.optional(arns, ""),
});

/** The variables as they are deployed. */
export type Environment = v.InferInput<typeof environment>;
