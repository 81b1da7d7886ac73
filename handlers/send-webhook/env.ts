import * as v from "valibot";

export const environment = v.strictObject({
  /** The platform's table. */
  TABLE_NAME: v.string(),
  /** The queue that the function works off, and puts back what is to be tried again. */
  WEBHOOK_QUEUE_URL: v.string(),
});
