import { placeOf } from "../../service-model/arn.ts";
import type { Shapes } from "../../service-model/generated/ivs.types.ts";
import { randomText } from "../../service-model/identifiers.ts";
import type { State } from "../../service-model/state.ts";
import type { StreamSession } from "../live-streams.ts";
import type { IvsRows } from "../state.ts";

/** Events that a session keeps, the newest (API reference, StreamSession). */
const MOST_EVENTS = 500;
/** How long the service shows a session that is over, in milliseconds; unverified. */
const KEPT_MILLISECONDS = 60 * 24 * 60 * 60 * 1000;

/** A session without an end. */
export interface OpenSession {
  readonly channelArn: string;
  readonly streamId: string;
  /** Whether viewers could have it: then it is known what came in. */
  readonly wasLive: boolean;
}

/** What is remembered of broadcasts, running and over. */
export interface StreamSessions {
  of(channelArn: string): readonly StreamSession[];
  /** Sessions without an end, of every account and region: after a start, those that a killed cloud left. */
  open(): readonly OpenSession[];
  begin(channelArn: string, channel: Shapes["Channel"], time: number): string;
  /** Adds to a session; one that is gone with its channel stays gone. */
  update(channelArn: string, streamId: string, changes: Partial<StreamSession>): void;
  /** Adds an event, the newest first. An error event marks the session. */
  note(channelArn: string, streamId: string, event: Shapes["StreamEvent"], isError: boolean): void;
}

/** `st-` and 23 letters and digits. */
const newStreamId = (): string => `st-${randomText(23)}`;

const keyOf = (channelArn: string, streamId: string) => `${channelArn} ${streamId}`;

/** Keeps sessions in the state of the control plane, so that they outlive the process. */
export const createStreamSessions = (state: () => State<IvsRows>): StreamSessions => {
  const tableOf = (channelArn: string) => {
    const { accountId, region } = placeOf(channelArn);
    return state().in(accountId, region).streamSessions;
  };

  const forgetOld = (channelArn: string, now: number) => {
    const table = tableOf(channelArn);
    for (const { streamId, endTime } of table.all()) {
      if (endTime !== undefined && now - Date.parse(endTime) > KEPT_MILLISECONDS)
        table.delete(keyOf(channelArn, streamId));
    }
  };

  const update: StreamSessions["update"] = (channelArn, streamId, changes) => {
    const table = tableOf(channelArn);
    const session = table.get(keyOf(channelArn, streamId));
    if (session !== undefined) table.put(keyOf(channelArn, streamId), { ...session, ...changes });
  };

  return {
    of: (channelArn) =>
      tableOf(channelArn)
        .all()
        .filter(({ channel }) => channel?.arn === channelArn),
    open: () =>
      state()
        .places()
        .flatMap(({ accountId, region }) => state().in(accountId, region).streamSessions.all())
        .flatMap(({ channel, streamId, endTime, ingestConfiguration }) =>
          endTime === undefined && channel?.arn !== undefined
            ? [{ channelArn: channel.arn, streamId, wasLive: ingestConfiguration !== undefined }]
            : [],
        ),
    begin: (channelArn, channel, time) => {
      forgetOld(channelArn, time);
      const streamId = newStreamId();
      const startTime = new Date(time).toISOString();
      const session: StreamSession = { streamId, startTime, channel, hasErrorEvent: false, truncatedEvents: [] };
      tableOf(channelArn).put(keyOf(channelArn, streamId), session);
      return streamId;
    },
    update,
    note: (channelArn, streamId, event, isError) => {
      const session = tableOf(channelArn).get(keyOf(channelArn, streamId));
      if (session === undefined) return;
      const truncatedEvents = [event, ...(session.truncatedEvents ?? [])].slice(0, MOST_EVENTS);
      update(channelArn, streamId, { truncatedEvents, hasErrorEvent: session.hasErrorEvent || isError });
    },
  };
};
