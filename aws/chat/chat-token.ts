import { CreateChatTokenCommand, type IvschatClient } from "@aws-sdk/client-ivschat";
import { type SenderAttributes, senderAttributes } from "#domain/chat/attributes.ts";
import type { Capability } from "#domain/chat/role.ts";

/** Leave to connect to a room once. Bearer of it is who it was made for: never written to a log. */
export interface ChatToken {
  readonly token: string;
  /** ISO 8601: until when it can be used to connect, a minute or so. */
  readonly tokenExpirationTime: string;
  /** ISO 8601: until when a connection made with it lasts. */
  readonly sessionExpirationTime: string;
}

export interface ChatTokenRequest {
  readonly roomArn: string;
  readonly userId: string;
  readonly capabilities: readonly Capability[];
  /** What each message of the connection carries. */
  readonly sender: SenderAttributes;
  /** How long the connection may last, 1 to 180. */
  readonly sessionMinutes: number;
}

/** Makes a token for a room. @throws the service's error, for example ThrottlingException */
export async function createChatToken(
  client: IvschatClient,
  { roomArn, userId, capabilities, sender, sessionMinutes }: ChatTokenRequest,
): Promise<ChatToken> {
  const { token, tokenExpirationTime, sessionExpirationTime } = await client.send(
    new CreateChatTokenCommand({
      roomIdentifier: roomArn,
      userId,
      capabilities: [...capabilities],
      attributes: { ...senderAttributes(sender) },
      sessionDurationInMinutes: sessionMinutes,
    }),
  );
  if (!token || !tokenExpirationTime || !sessionExpirationTime) throw new Error("CreateChatToken gave no token");
  return {
    token,
    tokenExpirationTime: tokenExpirationTime.toISOString(),
    sessionExpirationTime: sessionExpirationTime.toISOString(),
  };
}
