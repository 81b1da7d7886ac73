import { createPublicKey, type KeyObject } from "node:crypto";
import { GetPublicKeyCommand, type KMSClient } from "@aws-sdk/client-kms";

/**
 * The public half of a key that KMS keeps.
 *
 * @param keyId the key's ARN, id or alias
 * @throws what KMS answers, for one that has no public half, too
 */
export async function kmsPublicKey(kms: KMSClient, keyId: string): Promise<KeyObject> {
  const { PublicKey = new Uint8Array() } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
  return createPublicKey({ key: Buffer.from(PublicKey), format: "der", type: "spki" });
}
