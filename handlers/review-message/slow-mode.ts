import { moderates } from "#domain/chat/role.ts";
import type { TakeTurn } from "#domain/chat/turns.ts";
import type { log } from "../shared/log.ts";
import type { ReviewEvent } from "./event.ts";

/** IVS Chat waits 200 ms for all of a review, the call of the function included. */
const mostMilliseconds = 100;

/**
 * How many seconds a sender has to wait before the message may pass; 0 when it may. Moderators are exempt. Slow mode is a
 * courtesy: where it cannot be asked in time, the message passes.
 */
export async function waitOf(event: ReviewEvent, takeTurn: TakeTurn, write: typeof log): Promise<number> {
  const { RoomArn: roomArn, Sender } = event;
  const userId = Sender?.UserId;
  if (!roomArn || !userId || moderates(Sender.Attributes.role ?? "")) return 0;
  try {
    return await takeTurn(roomArn, userId, AbortSignal.timeout(mostMilliseconds));
  } catch (error) {
    const { name, message } = error as Error;
    write("warn", "slow mode not asked", { error: `${name}: ${message}`, roomArn });
    return 0;
  }
}
