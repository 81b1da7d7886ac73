import * as v from "valibot";
import { createTurnStore } from "#aws/chat/turn-store.ts";
import { createTakeTurn } from "#domain/chat/turns.ts";
import { createReviewer } from "#domain/moderation/review.ts";
import { moderationRules } from "#domain/moderation/rules.ts";
import { readEnvironment } from "../shared/environment.ts";
import { log } from "../shared/log.ts";
import { makeHandler } from "./core.ts";
import { environment } from "./env.ts";

/** Built into the bundle: `moderation` of the environment's settings. */
declare const MODERATION_RULES: unknown;

const { TABLE_NAME: tableName } = readEnvironment(environment);
const turns = tableName === undefined ? undefined : createTurnStore({ tableName, environment: process.env });

// The first call loads Node's HTTP and opens a connection, which is too much for the time that a message has.
turns?.slowMode("none", AbortSignal.timeout(1000)).catch(() => {});

/** Called by IVS Chat for each message, which waits 200 ms for the answer: no SDK client, one quick call for slow mode. */
export const handler = makeHandler({
  review: createReviewer(v.parse(moderationRules, MODERATION_RULES)),
  ...(turns && { takeTurn: createTakeTurn(turns, Date.now) }),
  log,
});
