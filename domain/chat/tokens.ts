import type { SenderAttributes } from "./attributes.ts";
import type { Capability } from "./role.ts";

export interface ChatTokenRequest {
  readonly roomArn: string;
  /**
   * Who the room says that messages are from. Of a signed-in user it is their sub: the id must be the same in each room
   * and for good, so that a ban is found by what moderators see, and a nickname can be changed and taken by another.
   * It is random, and no route tells anything about a user by it (docs/guide/accounts.md).
   */
  readonly userId: string;
  readonly capabilities: readonly Capability[];
  /** What each message of the connection carries. */
  readonly sender: SenderAttributes;
}

/** Leave to connect to a room once. Bearer of it is who it was made for: never written to a log. */
export interface ChatToken {
  readonly token: string;
  /** ISO 8601: until when it can be used to connect, a minute or so. */
  readonly tokenExpirationTime: string;
  /** ISO 8601: until when a connection made with it lasts. */
  readonly sessionExpirationTime: string;
}

export interface ChatTokens {
  /** Where clients connect with a token: a WebSocket address. */
  readonly endpoint: string;
  create(request: ChatTokenRequest): Promise<ChatToken>;
}
