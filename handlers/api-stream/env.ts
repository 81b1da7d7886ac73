import * as v from "valibot";

export const environment = v.strictObject({
  /** The platform's table. */
  TABLE_NAME: v.string(),
  /** The queue of accounts that have work left. */
  WORK_QUEUE_URL: v.string(),
  USER_POOL_ID: v.string(),
  /** In the tag `onair:environment`, for example `dev`. */
  ENVIRONMENT_NAME: v.string(),
  /** The queue of users who are to be disconnected again. */
  DISCONNECT_QUEUE_URL: v.string(),
  /** The bucket with users' pictures. */
  PICTURES_BUCKET: v.string(),
});

/** The variables as they are deployed. */
export type Environment = v.InferInput<typeof environment>;
