import { type ChatTokenCapability, CreateChatTokenCommand, type IvschatClient } from "@aws-sdk/client-ivschat";

/** Leave to connect to a room once. Bearer of it is who it was made for: never written to a log. */
export interface GuestToken {
  readonly token: string;
  /** ISO 8601: until when it can be used to connect. */
  readonly tokenExpirationTime: string;
  /** ISO 8601: until when a connection made with it lasts. */
  readonly sessionExpirationTime: string;
  /** Besides reading, which every token allows. */
  readonly capabilities: readonly ChatTokenCapability[];
}

/** A guest may speak, and moderates nobody. */
const capabilities = ["SEND_MESSAGE"] as const;

/** Lets a guest into a room. @throws the service's error, for example ResourceNotFoundException */
export async function createGuestToken(chat: IvschatClient, roomArn: string, userId: string): Promise<GuestToken> {
  const command = new CreateChatTokenCommand({ roomIdentifier: roomArn, userId, capabilities: [...capabilities] });
  const { token, tokenExpirationTime, sessionExpirationTime } = await chat.send(command);
  if (!token || !tokenExpirationTime || !sessionExpirationTime) throw new Error("CreateChatToken gave no token");
  return {
    token,
    tokenExpirationTime: tokenExpirationTime.toISOString(),
    sessionExpirationTime: sessionExpirationTime.toISOString(),
    capabilities,
  };
}
