import * as v from "valibot";

/** The rules are in the code, so that they change only by a deploy. */
export const environment = v.strictObject({
  /** Where slow mode is kept. @default rooms have no slow mode */
  TABLE_NAME: v.optional(v.string()),
});
