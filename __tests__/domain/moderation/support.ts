import * as v from "valibot";
import { createReviewer } from "#domain/moderation/review.ts";
import { type ModerationSettings, moderationRules } from "#domain/moderation/rules.ts";

/** A reviewer of messages from settings as they are written. */
export function reviewer(settings: ModerationSettings = {}) {
  const review = createReviewer(v.parse(moderationRules, settings));
  return (content: string, attributes: Record<string, string> = {}) => review({ content, attributes });
}
