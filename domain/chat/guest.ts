/** Eight characters, each a digit or a small letter: two in a room of a million guests hardly ever meet. */
const idLength = 8;
const idCount = 36 ** idLength;

/**
 * The user id of the guest who knows a secret. Everyone in the room reads the id, and nobody can find the secret by it:
 * so nobody else can come back under it.
 */
export async function guestUserId(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`guest ${secret}`));
  const number = Number(new DataView(digest).getBigUint64(0) % BigInt(idCount));
  return `guest-${number.toString(36).padStart(idLength, "0")}`;
}
