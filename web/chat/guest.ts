import { recall, remember } from "../remembered.ts";

/** What makes a returning guest the same guest: known to this browser and the server only, unlike the name. */
export function guestSecret(): string {
  const known = recall("guest");
  if (known !== undefined) return known;
  const made = crypto.randomUUID();
  remember("guest", made);
  return made;
}
