import * as v from "valibot";
import { oneOf, whole } from "./checks.ts";

const roomOf = (mostMessagesPerSecond: number) =>
  v.strictObject({
    /** @default 500 */
    maximumMessageLength: v.optional(whole(1, 500, "code points"), 500),
    /** @default 10 */
    maximumMessageRatePerSecond: v.optional(whole(1, mostMessagesPerSecond, "messages a second"), 10),
    /** What happens to a message that the review did not judge in time; strict rooms say DENY. @default "ALLOW" */
    reviewFallback: v.optional(oneOf(["ALLOW", "DENY"]), "ALLOW"),
  });

/** The chat beside a user's channel. IVS Chat takes up to 100 messages a second. */
export const room = roomOf(100);

/** The chat beside a channel of the house: Terraform makes it, and the AWS provider (5.100) refuses more than 10. */
export const houseRoom = roomOf(10);
