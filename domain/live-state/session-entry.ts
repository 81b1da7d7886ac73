import type { StreamEvent, StreamEventKind } from "./stream-event.ts";

/** One line of a channel's session history. */
export interface SessionEntry {
  readonly channelArn: string;
  /** Sorts by time, and is the same for every delivery of one event. */
  readonly key: string;
  readonly kind: StreamEventKind;
  readonly name: string;
  readonly streamId?: string;
  /** Milliseconds. */
  readonly at: number;
  readonly facts: StreamEvent["facts"];
  /** When the entry may go, in seconds, as DynamoDB's TTL wants it. */
  readonly expiresAt: number;
}

export interface SessionHistory {
  /** Adds the entry; one of the same channel and key is replaced. */
  add(entry: SessionEntry): Promise<void>;
}

const secondsPerDay = 86_400;

/** The history's entry for an event, kept for some days from when it happened. */
export function sessionEntry(event: StreamEvent, keepDays: number): SessionEntry {
  const key = [new Date(event.at).toISOString(), event.streamId ?? "-", event.kind, event.name].join("#");
  return { ...event, key, expiresAt: Math.ceil(event.at / 1000) + keepDays * secondsPerDay };
}
