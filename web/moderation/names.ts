import type { Line } from "../chat/lines.ts";

/**
 * What somebody is called, by their id.
 *
 * @param nickname as the API knows it
 */
export type NameOf = (userId: string, nickname?: string) => string;

/**
 * Names as the API knows them; of those whose account is gone as this page has heard them, or else the first part of the id,
 * which tells one from another.
 *
 * @param ownId who looks
 */
export function namesIn(lines: readonly Line[], ownId: string | undefined): NameOf {
  const heard = new Map(lines.map(({ userId, name }) => [userId, name]));
  return (userId, nickname) =>
    userId === ownId ? "You" : nickname || heard.get(userId) || `User ${userId.slice(0, 8)}`;
}
