import * as v from "valibot";
import { oneOf, whole } from "./checks.ts";

/** The chat beside a channel. */
export const room = v.strictObject({
  /** @default 500 */
  maximumMessageLength: v.optional(whole(1, 500, "code points"), 500),
  /** @default 10 */
  maximumMessageRatePerSecond: v.optional(whole(1, 100, "messages a second"), 10),
  /** What happens to a message that the review did not judge in time; strict rooms say DENY. @default "ALLOW" */
  reviewFallback: v.optional(oneOf(["ALLOW", "DENY"]), "ALLOW"),
});
