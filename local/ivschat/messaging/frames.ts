/** Names and values; every value is a string. */
export type Attributes = Readonly<Record<string, string>>;

/** What everyone in a room gets of a message. */
export interface MessageFrame {
  readonly Type: "MESSAGE";
  /** 12 letters and digits. */
  readonly Id: string;
  /** The client's own; empty where it gave none. */
  readonly RequestId: string;
  /** Null where the message has none (as seen in captures of the service). */
  readonly Attributes: Attributes | null;
  readonly Content: string;
  /** With nanoseconds and Z. */
  readonly SendTime: string;
  readonly Sender: { readonly UserId: string; readonly Attributes: Attributes };
}

/** What everyone in a room gets of an event. */
export interface EventFrame {
  readonly Type: "EVENT";
  readonly Id: string;
  readonly RequestId: string;
  readonly EventName: string;
  readonly Attributes: Attributes;
  readonly SendTime: string;
}

/** What everyone in a room gets. */
export type RoomFrame = MessageFrame | EventFrame;

/** Why a request was not carried out (messaging API reference, "Error Messages"). */
export type ErrorCode = 400 | 401 | 403 | 404 | 406 | 413 | 429 | 500;

/** What only the client gets whose request failed. */
export interface ErrorFrame {
  readonly Type: "ERROR";
  /** Of the message that was refused, or one of its own. */
  readonly Id: string;
  readonly RequestId: string;
  readonly ErrorCode: ErrorCode;
  readonly ErrorMessage: string;
}

/** Attributes of the event that tells clients to delete a message. */
export const deleteMessageAttributes = (messageId: string, reason: string | undefined): Attributes => ({
  // The deprecated spelling, which the service still sends.
  MessageID: messageId,
  MessageId: messageId,
  ...(reason && { Reason: reason }),
});

/** Attributes of the event that tells clients that a user is disconnected. */
export const disconnectUserAttributes = (userId: string, reason: string | undefined): Attributes => ({
  UserId: userId,
  ...(reason && { Reason: reason }),
});
