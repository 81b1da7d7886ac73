import { createHash, type KeyObject } from "node:crypto";

/** Names a public key, however its PEM is spelt: the SHA-256 of its SPKI in DER, in hexadecimal. */
export const fingerprintOf = (publicKey: KeyObject): string =>
  createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex");
