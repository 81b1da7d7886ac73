import * as v from "valibot";
import { createReviewer } from "#domain/moderation/review.ts";
import { moderationRules } from "#domain/moderation/rules.ts";
import { log } from "../shared/log.ts";
import { makeHandler } from "./core.ts";

/** Built into the bundle: `moderation` of the environment's settings. */
declare const MODERATION_RULES: unknown;

/** Called by IVS Chat for each message, which waits 200 ms for the answer: no SDK client, no network. */
export const handler = makeHandler({ review: createReviewer(v.parse(moderationRules, MODERATION_RULES)), log });
