/** One delivered message or event as it is logged (user guide, "Chat Logging"). */
export interface ChatLogRecord {
  /** When it was received, ISO 8601 with milliseconds. */
  readonly event_timestamp: string;
  readonly type: "MESSAGE" | "EVENT";
  /** What clients received. */
  readonly payload: unknown;
  readonly version: typeof VERSION;
}

/** A record and the room that it is of, which destinations sort by. */
export interface ChatLogEntry {
  readonly roomArn: string;
  readonly record: ChatLogRecord;
}

/** Of the records' form; part of the names of log objects and streams. */
export const VERSION = "1.0";

/**
 * The record of what clients received.
 * @param time when it was received, in milliseconds since 1970
 */
export const recordOf = (payload: { readonly Type: "MESSAGE" | "EVENT" }, time: number): ChatLogRecord => ({
  event_timestamp: new Date(time).toISOString(),
  type: payload.Type,
  payload,
  version: VERSION,
});
