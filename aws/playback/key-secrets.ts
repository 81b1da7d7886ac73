import { createPrivateKey, createPublicKey } from "node:crypto";
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { fingerprintOf } from "./fingerprint.ts";

export interface NewKeySecret {
  readonly name: string;
  /** The private half, as PKCS8. */
  readonly pem: string;
  /** For the tag `onair:environment`. */
  readonly environment: string;
}

/** Keeps the private half of a playback key in a new secret; one that is there is left as it is. */
export async function createKeySecret(
  secrets: SecretsManagerClient,
  { name, pem, environment }: NewKeySecret,
): Promise<"created" | "exists"> {
  const create = new CreateSecretCommand({
    Name: name,
    Description: "Signs IVS playback tokens: a P-384 key as PKCS8 PEM",
    SecretString: pem,
    Tags: [{ Key: "onair:environment", Value: environment }],
  });
  try {
    await secrets.send(create);
    return "created";
  } catch (error) {
    if (error instanceof ResourceExistsException) return "exists";
    throw error;
  }
}

/** The fingerprint of the key that a secret holds: undefined where there is no such secret, empty where it is no key. */
export async function keySecretFingerprint(secrets: SecretsManagerClient, name: string): Promise<string | undefined> {
  try {
    const { SecretString = "" } = await secrets.send(new GetSecretValueCommand({ SecretId: name }));
    return heldFingerprint(SecretString);
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

function heldFingerprint(pem: string): string {
  try {
    return fingerprintOf(createPublicKey(createPrivateKey(pem)));
  } catch {
    return "";
  }
}
