import * as v from "valibot";

export const environment = v.strictObject({
  /** The platform's table. */
  TABLE_NAME: v.string(),
});

/** The variables as they are deployed. */
export type Environment = v.InferInput<typeof environment>;
