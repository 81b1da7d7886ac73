import { randomBytes } from "node:crypto";

/** On all that a run makes, with the run's name, and on nothing else. */
export const runTag = "onair:doctor";

const named = /^onair-doctor-(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)-[0-9a-f]{4}$/;

/** The name of a run that begins now: it tells the minute, in UTC. It begins the name of whatever the run makes. */
export const runName = (now: Date): string =>
  `onair-doctor-${now.toISOString().slice(0, 16).replace(/\D/g, "")}-${randomBytes(2).toString("hex")}`;

/** When a run began, in milliseconds; undefined for what is no run's name. */
export function begunAt(name: string): number | undefined {
  const [, year, month, day, hour, minute] = named.exec(name) ?? [];
  return year === undefined ? undefined : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
}
