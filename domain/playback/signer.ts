import type { PlaybackClaims } from "./claims.ts";

/** Signs playback tokens with a key that it does not show. */
export interface PlaybackSigner {
  /**
   * A token of these claims: a JSON Web Token, ES384.
   *
   * @throws SignerBusyError
   */
  sign(claims: PlaybackClaims): Promise<string>;
}

/** The key's service takes no more calls right now; nothing was signed. */
export class SignerBusyError extends Error {
  readonly code = "ERR_SIGNER_BUSY";

  constructor(options?: ErrorOptions) {
    super("The service that keeps the playback key takes no more calls right now.  ERR_SIGNER_BUSY", options);
    this.name = "SignerBusyError";
  }
}

/** The only header that IVS takes. */
export const tokenHeader = { alg: "ES384", typ: "JWT" } as const;
