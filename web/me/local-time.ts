/** What a field for a day and a time of day holds: `2026-01-02T15:04`, in the time zone of whoever looks at it. */
export function fieldTime(moment: Date): string {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The moment that such a field holds, as ISO 8601; undefined where it holds none. */
export function momentOf(field: string): string | undefined {
  const moment = new Date(field);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

/** Why nothing can be announced for what such a field holds; undefined where it can. */
export function startFault(field: string, now: Date): string | undefined {
  const moment = momentOf(field);
  if (moment === undefined) return "Choose a day and a time.";
  return new Date(moment) > now ? undefined : "Choose a time that is to come.";
}
