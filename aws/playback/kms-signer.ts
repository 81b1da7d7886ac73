import { type KMSClient, SignCommand } from "@aws-sdk/client-kms";
import { joseSignature } from "#domain/playback/jose-signature.ts";
import { type PlaybackSigner, SignerBusyError, tokenHeader } from "#domain/playback/signer.ts";

const base64url = (bytes: Uint8Array | string) => Buffer.from(bytes).toString("base64url");

const header = base64url(JSON.stringify(tokenHeader));

/** How KMS says that an account signs too much, or that it cannot just now. */
const busy = /^(Throttling|LimitExceeded|KMSInternal|DependencyTimeout|KeyUnavailable)/;

/**
 * Signs with a key that never leaves KMS. Each token is one call; an account may make 300 a second with elliptic curve
 * keys, all its programs together (KMS quotas; adjustable).
 *
 * @param keyId the key's ARN, id or alias; of type ECC_NIST_P384
 */
export const createKmsSigner = (kms: KMSClient, keyId: string): PlaybackSigner => ({
  async sign(claims) {
    const text = `${header}.${base64url(JSON.stringify(claims))}`;
    const sign = new SignCommand({
      KeyId: keyId,
      Message: Buffer.from(text),
      MessageType: "RAW",
      SigningAlgorithm: "ECDSA_SHA_384",
    });
    try {
      const { Signature = new Uint8Array() } = await kms.send(sign);
      return `${text}.${base64url(joseSignature(Signature))}`;
    } catch (error) {
      if (error instanceof Error && busy.test(error.name)) throw new SignerBusyError({ cause: error });
      throw error;
    }
  },
});
