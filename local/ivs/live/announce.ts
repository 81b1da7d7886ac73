import { placeOf } from "../../service-model/arn.ts";
import type { LimitBreach } from "./health.ts";
import type { IvsEvent } from "./ivs-event.ts";
import type { StreamSessions } from "./stream-sessions.ts";

/** What an event is about. */
export interface Subject {
  readonly channelArn: string;
  readonly channelName: string;
  readonly streamId: string;
}

export type StateEventName =
  | "Session Created"
  | "Stream Start"
  | "Stream End"
  | "Session Ended"
  | "Stream Failure"
  | "Stream Takeover"
  | "Stream Takeover Failure";

/** What else a state change tells. */
interface StateDetail {
  readonly code?: string;
  readonly reason?: string;
}

/** Tells the event bus what happens to a stream, and notes it in the stream's session. */
export interface Announcer {
  state(subject: Subject, name: StateEventName, detail?: StateDetail): void;
  health(subject: Subject, name: "Starvation Start" | "Starvation End"): void;
  limit(subject: Subject, breach: LimitBreach): void;
  /** A limit of the account: its event has no channel and no stream. */
  accountLimit(channelArn: string, breach: LimitBreach): void;
}

const ERRORS: ReadonlySet<string> = new Set(["Stream Failure", "Starvation Start", "Stream Takeover Failure"]);

/** @param now milliseconds since 1970 */
export const createAnnouncer = (
  sessions: Pick<StreamSessions, "note">,
  emit: (event: IvsEvent) => void,
  now: () => number,
): Announcer => {
  const publish = (channelArn: string, event: Omit<IvsEvent, "accountId" | "region">) => {
    const { accountId, region } = placeOf(channelArn);
    emit({ accountId, region, ...event });
  };

  const tell = (
    { channelArn, channelName, streamId }: Subject,
    type: IvsEvent["detailType"],
    name: string,
    detail: Readonly<Record<string, unknown>>,
    code?: string,
  ) => {
    const time = now();
    const eventTime = new Date(time).toISOString();
    const isError = ERRORS.has(name) || type === "IVS Limit Breach";
    sessions.note(channelArn, streamId, { name, type, eventTime, ...(code !== undefined && { code }) }, isError);
    const named = { ...detail, channel_name: channelName, stream_id: streamId };
    publish(channelArn, { detailType: type, resources: [channelArn], detail: named, time });
  };

  return {
    state: (subject, name, { code, reason } = {}) =>
      tell(
        subject,
        "IVS Stream State Change",
        name,
        { event_name: name, ...(reason !== undefined && { reason }), ...(code !== undefined && { code }) },
        code,
      ),
    health: (subject, name) => tell(subject, "IVS Stream Health Change", name, { event_name: name }),
    limit: (subject, breach) => tell(subject, "IVS Limit Breach", breach.limit_name, { ...breach }),
    accountLimit: (channelArn, breach) =>
      publish(channelArn, { detailType: "IVS Limit Breach", resources: [], detail: { ...breach }, time: now() }),
  };
};
