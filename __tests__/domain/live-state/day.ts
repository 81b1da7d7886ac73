import type { ListedStream } from "#domain/live-state/walk-streams.ts";
import { envelope, minute } from "./support.ts";

const hour = 60 * minute;
export const dayLength = 24 * hour;

/** A number from 0 up to, and without, this one. */
export type Draw = (below: number) => number;

/** An event, and when it comes. */
export interface Delivery {
  readonly event: ReturnType<typeof envelope>;
  readonly at: number;
}

type Told = readonly [name: string, streamId: string, at: number];

/** As long as the service's own. */
const streamIdOf = (arn: string, place: number) => `st-${`${arn.slice(-12)}${place}`.padEnd(23, "0")}`;

/** What happens on a channel in a day, as events tell it and as ListStreams has it at the end. Times are whole seconds. */
function dayOf(arn: string, draw: Draw, begin: number, longestPause: number) {
  const events: Told[] = [];
  const dayEnd = begin + dayLength;
  let at = begin;
  for (let place = 0; ; place++) {
    const streamId = streamIdOf(arn, place);
    at += draw(longestPause / 1000) * 1000;
    const end = at + (1 + draw(4 * 3600)) * 1000;
    if (at >= dayEnd) return { events, onAir: undefined };
    const startedAt = at;
    events.push(["Session Created", streamId, at], ["Stream Start", streamId, at]);
    if (draw(4) === 0) events.push(["Starvation Start", streamId, at], ["Stream Takeover", streamId, at]);
    if (end >= dayEnd) {
      const onAir: ListedStream = { channelArn: arn, streamId, startedAt, viewers: draw(50) - 1 };
      return { events, onAir };
    }
    events.push(["Stream End", streamId, end], ["Session Ended", streamId, end]);
    at = end;
  }
}

/** One event in five is lost, one in five doubled, each comes 0 s to 3 h late, by itself. */
function deliveries(events: readonly Told[], arn: string, draw: Draw): Delivery[] {
  const deliver = ([name, streamId, at]: Told) => ({
    event: envelope(arn, name, streamId, at),
    at: at + draw(draw(2) === 0 ? 20 : 3 * 3600) * 1000,
  });
  return events.flatMap((event) => {
    const fate = draw(5);
    return fate === 0 ? [] : fate === 1 ? [deliver(event), deliver(event)] : [deliver(event)];
  });
}

/** The day of many channels: what is delivered, in that order, and what is on air at its end. All in milliseconds. */
export function dayOfAll(arns: readonly string[], draw: Draw, begin: number, longestPause = 6 * hour) {
  const days = arns.map((arn) => ({ arn, ...dayOf(arn, draw, begin, longestPause) }));
  const all = days.flatMap(({ arn, events }) => deliveries(events, arn, draw));
  return {
    all: all.sort((one, other) => one.at - other.at),
    onAir: days.flatMap(({ onAir }) => onAir ?? []),
  };
}
