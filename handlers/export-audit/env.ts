import * as v from "valibot";

export const environment = v.strictObject({
  /** The bucket that the moderation audit is exported to. */
  AUDIT_BUCKET: v.string(),
});

/** The variables as they are deployed. */
export type Environment = v.InferInput<typeof environment>;
