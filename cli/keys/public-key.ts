import { createPublicKey, type KeyObject } from "node:crypto";

/** The key in the PEM of a public key; undefined where it is none, which synthesizing refuses with all that is to be said. */
export function parsePublicKey(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}
