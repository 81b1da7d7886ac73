import * as v from "valibot";

export const environment = v.strictObject({
  /** The platform's table. */
  TABLE_NAME: v.string(),
  /** The ARN of the KMS key that signs, or the name of the secret that holds it; absent where there is none. */
  SIGNING_KEY: v.optional(v.string()),
  /** Of a key in a secret: the SHA-256 of its public half, in hexadecimal. */
  SIGNING_KEY_FINGERPRINT: v.optional(v.string()),
  /** The names of the keys that IVS trusts, the one that signs first: a rotation sees by it what is deployed. */
  PLAYBACK_KEYS: v.string(),
});

/** The variables as they are deployed. */
export type Environment = v.InferInput<typeof environment>;
