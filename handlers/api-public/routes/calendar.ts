import { calendarOf } from "#domain/calendar/calendar.ts";
import type { Profiles } from "#domain/profiles/profile.ts";
import { channelPath } from "../../shared/api/fields.ts";
import { Problem } from "../../shared/api/problem.ts";
import { answer, openRoute } from "../../shared/api/route.ts";

interface CalendarDeps {
  readonly profiles: Pick<Profiles, "byName">;
  /** Milliseconds. */
  readonly now: () => number;
}

const nothingPlanned = (name: string) =>
  new Problem(404, "NEXT_STREAM_UNKNOWN", "No stream is announced.", `No channel ${name} has announced a stream.`);

export const readNextStreamCalendar = openRoute({
  id: "readNextStreamCalendar",
  summary: "A channel's next stream, for a calendar.",
  params: channelPath,
  answers: { 200: { contentType: "text/calendar" } },
  async handle({ params: { name } }, { profiles, now }: CalendarDeps) {
    const profile = await profiles.byName(name);
    if (!profile?.planned) throw nothingPlanned(name);
    const { startsAt, title } = profile.planned;
    const calendar = calendarOf({
      uid: `${profile.name}.next-stream@onair`,
      writtenAt: now(),
      startsAt,
      summary: `${profile.nickname}: ${title}`,
    });
    return answer(200, calendar, {
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": `attachment; filename="${profile.name}.ics"`,
      "cache-control": "public, max-age=60",
    });
  },
});
