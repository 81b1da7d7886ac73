import type { Role } from "./role.ts";

/** What every message of a sender carries, so that nobody can pass for somebody else. Set by the server only. */
export interface SenderAttributes {
  /** Shown as the sender's name. */
  readonly username: string;
  /** Names a checked picture. */
  readonly avatar?: string;
  readonly role: Role;
}

/** Of a token (user guide): its values, in UTF-8. Names are counted too, to be on the safe side. */
const mostBytes = 1024;

const bytes = (text: string): number => new TextEncoder().encode(text).length;
const bytesOf = (attributes: object): number =>
  Object.entries(attributes).reduce((sum, [name, value]) => sum + bytes(name) + bytes(String(value)), 0);

/** The longest beginning of a text that fits, never half a character. */
function shorten(text: string, most: number): string {
  let short = "";
  let left = most;
  for (const character of text) {
    left -= bytes(character);
    if (left < 0) break;
    short += character;
  }
  return short;
}

/** A sender's attributes, within what a token takes: a picture that does not fit is left out, a name is shortened. */
export function senderAttributes({ username, avatar, role }: SenderAttributes): SenderAttributes {
  const rest = { username: "", role, ...(avatar !== undefined && { avatar }) };
  // Beside a picture there must be room for a name.
  const kept = bytesOf(rest) > mostBytes / 2 ? { username: "", role } : rest;
  return { ...kept, username: shorten(username, mostBytes - bytesOf(kept)) };
}
