import { readChannelName } from "./channel-name.ts";

const fallback = "channel";

/**
 * The public name that a new channel gets until its owner picks one: what is usable of a nickname, and `random`, which
 * tells it from others ("Ana María", "x7k2" gives "ana-maria-x7k2").
 *
 * @param random 4 to 8 small letters or digits.
 */
export function firstChannelName(nickname: string, random: string): string {
  const plain = nickname
    .slice(0, 100)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 20)
    .replace(/^-+|-+$/g, "");
  const reading = readChannelName(`${plain}-${random}`);
  return plain !== "" && reading.kind === "name" ? reading.name : `${fallback}-${random}`;
}
