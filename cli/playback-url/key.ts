import { KMSClient } from "@aws-sdk/client-kms";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createKmsSigner } from "#aws/playback/kms-signer.ts";
import { createSecretSigner } from "#aws/playback/secret-signer.ts";
import type { PlaybackSigner } from "#domain/playback/signer.ts";
import type { DeployedKey } from "../onair/platform.ts";

/** A key to sign with. */
export interface SigningKey {
  readonly signer: PlaybackSigner;
  /** What it is called. */
  readonly title: string;
  /** Lets go of its service. */
  close(): void;
}

const regionOf = (arn: string): string | undefined => /^arn:[^:]+:kms:([^:]+):/.exec(arn)?.[1];

/**
 * @param keyId id, ARN or alias
 * @param region where the key is, unless its ARN says
 */
export function openKmsKey(keyId: string, region: string): SigningKey {
  const kms = new KMSClient({ region: regionOf(keyId) ?? region });
  return { signer: createKmsSigner(kms, keyId), title: `KMS key ${keyId}`, close: () => kms.destroy() };
}

/** A key of the deployed platform. */
export function openDeployedKey(key: DeployedKey, region: string): SigningKey {
  if (key.kind === "kms") return openKmsKey(key.keyArn, region);
  const { secretName, fingerprint } = key;
  const secrets = new SecretsManagerClient({ region });
  const signer = createSecretSigner({ secrets, secretId: secretName, fingerprint, now: Date.now });
  return { signer, title: `secret ${secretName}`, close: () => secrets.destroy() };
}
