import * as v from "valibot";
import type { TakeTurn } from "#domain/chat/turns.ts";
import { type Reason, textFor, waitText } from "#domain/moderation/reasons.ts";
import type { ChatMessage, Decision } from "#domain/moderation/review.ts";
import type { log } from "../shared/log.ts";
import { type ReviewAnswer, type ReviewEvent, reviewEvent } from "./event.ts";
import { waitOf } from "./slow-mode.ts";

export interface Dependencies {
  readonly review: (message: ChatMessage) => Decision;
  /** @default no room has slow mode */
  readonly takeTurn?: TakeTurn;
  readonly log: typeof log;
}

/** The page reads the code before the colon; people read what follows it. */
const reasonFor = (reason: Reason, text: string) => ({ Reason: `${reason}: ${text}` });

const idsOf = ({ MessageId, RoomArn, Sender }: ReviewEvent) => ({
  messageId: MessageId,
  roomArn: RoomArn,
  userId: Sender?.UserId,
});

/**
 * Denies what cannot be read. To throw would leave it to the room's fallback, which by default delivers the message
 * unreviewed; the fallback is meant for a review that is late, not for a request that nobody can judge.
 */
function denyUnreadable(event: unknown, issues: readonly v.BaseIssue<unknown>[], write: typeof log): ReviewAnswer {
  // The paths of fields, never their values.
  write("error", "review request not understood", {
    reasons: ["INVALID_REQUEST"],
    fields: issues.map((issue) => String(issue.path?.[0]?.key ?? "event")),
  });
  const content = v.safeParse(v.object({ Content: v.string() }), event);
  return {
    ReviewResult: "DENY",
    Content: content.success ? content.output.Content : "",
    Attributes: reasonFor("INVALID_REQUEST", textFor("INVALID_REQUEST")),
  };
}

/** Translates between IVS Chat and the review. Denied and changed messages leave a line in the log, without their text. */
export function makeHandler({ review, takeTurn, log: write }: Dependencies): (event: unknown) => Promise<ReviewAnswer> {
  return async (event) => {
    const parsed = v.safeParse(reviewEvent, event);
    if (!parsed.success) return denyUnreadable(event, parsed.issues, write);
    const { Content: content, Attributes } = parsed.output;
    const attributes = Attributes ?? {};
    const deny = (reason: Reason, text: string): ReviewAnswer => {
      write("info", "message denied", { reasons: [reason], ...idsOf(parsed.output) });
      return { ReviewResult: "DENY", Content: content, Attributes: reasonFor(reason, text) };
    };

    const decision = review({ content, attributes });
    if (decision.verdict === "deny") return deny(decision.reason, decision.text);
    // Last, so that a message that is refused for itself takes no turn.
    const seconds = takeTurn ? await waitOf(parsed.output, takeTurn, write) : 0;
    if (seconds > 0) return deny("SLOW_MODE", waitText(seconds));
    if (decision.verdict === "allow") return { ReviewResult: "ALLOW", Content: content, Attributes: attributes };
    write("info", "message edited", { reasons: decision.reasons, ...idsOf(parsed.output) });
    return { ReviewResult: "ALLOW", Content: decision.message.content, Attributes: decision.message.attributes };
  };
}
