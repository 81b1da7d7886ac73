import { GetChannelCommand, type IvsClient } from "@aws-sdk/client-ivs";
import { GetRoomCommand, type IvschatClient } from "@aws-sdk/client-ivschat";
import { ask, isNamed } from "./refusals.ts";

/**
 * Waits for a call that may only be made on what carries a user's tag. What is not there carries no tag, so IAM refuses
 * the call before the service could say so: then `look`, which needs no tag, tells which of the two it is.
 *
 * @param absent the answer when it is not there
 */
async function unlessAbsent<Answer>(
  call: () => Promise<Answer>,
  look: () => Promise<unknown>,
  absent: Answer,
): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    if (isNamed(error, "ResourceNotFoundException")) return absent;
    if (!isNamed(error, "AccessDeniedException") || !(await isAbsent(look))) throw error;
    return absent;
  }
}

async function isAbsent(look: () => Promise<unknown>): Promise<boolean> {
  try {
    await look();
    return false;
  } catch (error) {
    return isNamed(error, "ResourceNotFoundException");
  }
}

/** Asks something of a channel; `absent` when there is no such channel. @throws ServiceError, CallFailedError */
export const askOfChannel = <Answer>(
  ivs: IvsClient,
  arn: string,
  operation: string,
  call: () => Promise<Answer>,
  absent: Answer,
): Promise<Answer> =>
  ask(
    operation,
    unlessAbsent(call, () => ivs.send(new GetChannelCommand({ arn })), absent),
  );

/** Asks something of a room; `absent` when there is no such room. @throws ServiceError, CallFailedError */
export const askOfRoom = <Answer>(
  chat: IvschatClient,
  arn: string,
  operation: string,
  call: () => Promise<Answer>,
  absent: Answer,
): Promise<Answer> =>
  ask(
    operation,
    unlessAbsent(call, () => chat.send(new GetRoomCommand({ identifier: arn })), absent),
  );
