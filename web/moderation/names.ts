import type { Line } from "../chat/lines.ts";

/** What somebody is called, by their id. */
export type NameOf = (userId: string) => string;

/**
 * Names of those whom this page has heard: the API knows users by their ids alone. Of the others it is the first part of
 * the id, which tells one from another.
 *
 * @param ownId who looks
 */
export function namesIn(lines: readonly Line[], ownId: string | undefined): NameOf {
  const heard = new Map(lines.map(({ userId, name }) => [userId, name]));
  return (userId) => (userId === ownId ? "You" : (heard.get(userId) ?? `User ${userId.slice(0, 8)}`));
}
