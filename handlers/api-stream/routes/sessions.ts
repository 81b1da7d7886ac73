import * as v from "valibot";
import type { SessionMetrics, Stretch } from "#aws/metrics/session-metrics.ts";
import type { SessionEntry } from "#domain/live-state/session-entry.ts";
import { findSession, sessionPage } from "#domain/live-state/session-page.ts";
import type { StreamSession } from "#domain/live-state/sessions.ts";
import type { Page, PageRequest } from "#domain/profiles/profile.ts";
import { type ReadyDeps, readyRoute } from "../../shared/accounts/ready-route.ts";
import { nextOf, toIsoTime } from "../../shared/api/channel.ts";
import { isoTime, matching, pageOf, pageQuery } from "../../shared/api/fields.ts";
import { Problem } from "../../shared/api/problem.ts";
import { answer } from "../../shared/api/route.ts";

interface SessionDeps extends ReadyDeps {
  /** Newest first. @throws CursorError */
  readonly sessionEntries: (channelArn: string, page: PageRequest) => Promise<Page<SessionEntry>>;
  readonly sessionMetrics: (channelArn: string, stretch: Stretch) => Promise<SessionMetrics>;
  /** Milliseconds. */
  readonly now: () => number;
}

/** A stream that struggles for a day has thousands; a page shows what was last. */
const mostIncidents = 200;

const session = v.object({
  streamId: v.string(),
  startedAt: isoTime,
  endedAt: v.optional(isoTime),
  endReported: v.boolean(),
  incidents: v.array(
    v.object({
      at: isoTime,
      kind: v.string(),
      name: v.string(),
      facts: v.record(v.string(), v.union([v.string(), v.number()])),
    }),
  ),
});

const shown = ({ streamId, startedAt, endedAt, endReported, incidents }: StreamSession) => ({
  streamId,
  startedAt: toIsoTime(startedAt),
  ...(endedAt !== undefined && { endedAt: toIsoTime(endedAt) }),
  endReported,
  incidents: incidents
    .slice(-mostIncidents)
    .map(({ at, kind, name, facts }) => ({ at: toIsoTime(at), kind, name, facts: { ...facts } })),
});

export const listSessions = readyRoute({
  id: "listSessions",
  summary: "Lists the caller's streams, newest first, each whole, with the last 200 of its incidents.",
  query: pageQuery,
  answers: { 200: pageOf("sessions", session) },
  async handle({ caller, query }, { sessionEntries }: SessionDeps) {
    const { channelArn } = caller.account;
    const page = await sessionPage((part) => sessionEntries(channelArn, part), query);
    return answer(200, { sessions: page.rows.map(shown), ...nextOf(page) });
  },
});

const series = v.array(v.tuple([isoTime, v.number()]));

export const readSessionMetrics = readyRoute({
  id: "readSessionMetrics",
  summary: "Shows how one of the caller's streams came in, by the minute; of a longer one its last 24 hours.",
  params: v.strictObject({ streamId: matching(/^[\w-]{1,100}$/, "must be the id of a stream") }),
  answers: {
    200: v.object({
      ingestVideoBitrate: series,
      ingestAudioBitrate: series,
      ingestFramerate: series,
      keyframeInterval: series,
      concurrentViews: series,
    }),
  },
  async handle({ caller, params }, { sessionEntries, sessionMetrics, now }: SessionDeps) {
    const { channelArn } = caller.account;
    const found = await findSession((page) => sessionEntries(channelArn, page), params.streamId);
    if (!found) {
      const detail = `Your channel's history has no stream ${params.streamId}.`;
      throw new Problem(404, "SESSION_UNKNOWN", "There is no such stream.", detail);
    }
    const metrics = await sessionMetrics(channelArn, { from: found.startedAt, until: found.endedAt ?? now() });
    const inIso = (values: SessionMetrics[keyof SessionMetrics]) =>
      values.map(([at, value]) => [toIsoTime(at), value] as [string, number]);
    return answer(200, {
      ingestVideoBitrate: inIso(metrics.ingestVideoBitrate),
      ingestAudioBitrate: inIso(metrics.ingestAudioBitrate),
      ingestFramerate: inIso(metrics.ingestFramerate),
      keyframeInterval: inIso(metrics.keyframeInterval),
      concurrentViews: inIso(metrics.concurrentViews),
    });
  },
});
