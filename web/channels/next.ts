import type { Channel } from "../api/schema.ts";

/** Who is late is still expected. */
const lateMilliseconds = 3_600_000;

/** What a channel has announced, unless its time is well over. @param now milliseconds */
export const announced = ({ planned }: Pick<Channel, "planned">, now: number): Channel["planned"] =>
  planned && Date.parse(planned.startsAt) > now - lateMilliseconds ? planned : undefined;
