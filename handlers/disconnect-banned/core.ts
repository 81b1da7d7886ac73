import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import * as v from "valibot";
import type { LateDisconnect } from "#domain/chat/ports.ts";
import type { log } from "../shared/log.ts";

export interface Dependencies {
  /** False where the ban no longer holds. */
  readonly disconnect: (late: LateDisconnect) => Promise<boolean>;
  readonly log: typeof log;
}

/** What Lambda hands over of a queue. */
interface QueueEvent {
  readonly Records: { readonly messageId: string; readonly body: string }[];
}

/** Which messages are to come back. */
interface Answer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

const id = v.pipe(v.string(), v.nonEmpty());
const message = v.pipe(v.string(), v.parseJson(), v.object({ ownerSub: id, roomArn: id, userId: id }));

/** Works off the queue of late disconnects. One that fails comes back by itself, and goes to the dead letters in the end. */
export function makeHandler({ disconnect, log: write }: Dependencies): (event: QueueEvent) => Promise<Answer> {
  const workOff = async ({ messageId, body }: { readonly messageId: string; readonly body: string }) => {
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
  return (event) =>
    processPartialResponse(event, workOff, new BatchProcessor(EventType.SQS), { throwOnFullBatchFailure: false });
}
