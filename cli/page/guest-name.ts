import { createHash } from "node:crypto";

/**
 * The name of the guest who knows a secret. Everyone in the room reads the name, and nobody can find the secret by it:
 * so nobody else can come back under it.
 */
export function guestName(secret: string): string {
  const digits = createHash("sha256").update(`guest ${secret}`).digest().readUIntBE(0, 6).toString(36);
  return `guest-${digits.slice(0, 6)}`;
}
