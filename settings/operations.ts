import * as v from "valibot";
import { matching, whole } from "./checks.ts";

/** Looking after a platform that runs. */
export const operationsSettings = v.strictObject({
  /** Who is told of alarms. Each must confirm the first mail. @default nobody */
  alarmEmails: v.optional(
    v.array(matching(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "is not an e-mail address"), "is not a list"),
    [],
  ),
  /**
   * How many streams the account and region may have at once: Service Quotas, Amazon IVS. The alarm comes at four fifths.
   *
   * @default 100, which is unverified
   */
  concurrentStreamsQuota: v.optional(whole(1, 1_000_000, "streams"), 100),
});

export type OperationsSettings = v.InferOutput<typeof operationsSettings>;
