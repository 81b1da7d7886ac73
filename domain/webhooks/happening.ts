import type { StreamEventDecision } from "../live-state/apply-stream-event.ts";
import type { LiveState } from "../live-state/live-row.ts";
import type { StreamEvent } from "../live-state/stream-event.ts";
import type { WebhookKind } from "./ports.ts";

/** Something on a channel that its owner may want to be told of. */
export interface Happening {
  /** The same however often it is told: receivers know a repetition by it. */
  readonly id: string;
  readonly kind: WebhookKind;
  readonly channelArn: string;
  readonly streamId?: string;
  /** Milliseconds. */
  readonly at: number;
}

/** What a walk's correction of a live state amounts to, or an event's change of it. */
export function happeningOfState(channelArn: string, { live, streamId, at }: LiveState): Happening | undefined {
  if (streamId === undefined) return undefined;
  const kind = live ? "live" : "ended";
  return { id: `${kind}:${streamId}`, kind, channelArn, streamId, at };
}

/**
 * What an event amounts to, once it is applied.
 *
 * @param isRepeated the same delivery has been tried before, and may have broken off after the live state was written;
 *   then a state that is known already is news still
 */
export function happeningOfEvent(
  event: StreamEvent,
  decision: StreamEventDecision,
  isRepeated: boolean,
): Happening | undefined {
  const { kind, name, channelArn, streamId, at, facts } = event;
  if (decision.action === "drop") return undefined;
  if (kind === "recording" && name === "Recording End") {
    // A recording may go on over several streams, and is one thing by its session.
    const what = facts.recording_session_id ?? streamId ?? new Date(at).toISOString();
    return {
      id: `recording-ready:${what}`,
      kind: "recording-ready",
      channelArn,
      ...(streamId === undefined ? {} : { streamId }),
      at,
    };
  }
  if (decision.action === "change") return happeningOfState(channelArn, decision.state);
  if (decision.why !== "known already" || !isRepeated || streamId === undefined) return undefined;
  return happeningOfState(channelArn, { live: name === "Stream Start", streamId, at });
}
