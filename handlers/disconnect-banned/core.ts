import * as v from "valibot";
import type { LateDisconnect } from "#domain/chat/ports.ts";
import type { log } from "../shared/log.ts";
import { type QueueAnswer, type QueueEvent, type QueueMessage, workOffBatch } from "../shared/queue-batch.ts";

export interface Dependencies {
  /** False where the ban no longer holds. */
  readonly disconnect: (late: LateDisconnect) => Promise<boolean>;
  readonly log: typeof log;
}

const id = v.pipe(v.string(), v.nonEmpty());
const message = v.pipe(v.string(), v.parseJson(), v.object({ ownerSub: id, roomArn: id, userId: id }));

/** Works off the queue of late disconnects. One that fails comes back by itself, and goes to the dead letters in the end. */
export function makeHandler({ disconnect, log: write }: Dependencies): (event: QueueEvent) => Promise<QueueAnswer> {
  const workOff = async ({ messageId, body }: QueueMessage) => {
    const read = v.safeParse(message, body);
    if (!read.success) {
      write("error", "message not understood", { messageId });
      throw new Error("The message is not of this queue.");
    }
    const { roomArn, userId } = read.output;
    try {
      const isBanned = await disconnect(read.output);
      write("info", isBanned ? "banned user disconnected" : "ban is over", { roomArn, userId });
    } catch (error) {
      write("error", "banned user not disconnected", { roomArn, userId, error: (error as Error).name });
      throw error;
    }
  };
  return (event) => workOffBatch(event, workOff, "side by side");
}
