import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CompactSign } from "jose/jws/compact/sign";
import { type PlaybackSigner, SignerBusyError, tokenHeader } from "#domain/playback/signer.ts";
import { fingerprintOf } from "./fingerprint.ts";

/** What the secret holds is not the private half of the key that IVS knows. */
class SigningKeyError extends Error {
  readonly code = "ERR_SIGNING_KEY";
}

export interface SecretSignerOptions {
  readonly secrets: SecretsManagerClient;
  /** The secret's name or ARN; it holds a P-384 key as PKCS8 PEM. */
  readonly secretId: string;
  /** Of the public half that IVS knows. Anything else would sign tokens that IVS refuses. */
  readonly fingerprint: string;
  /** Milliseconds. */
  readonly now: () => number;
}

/** A key is read again after so long, so that a corrected secret is taken without a deploy. */
const keepMilliseconds = 5 * 60_000;

const busy = /^(Throttling|LimitExceeded|InternalServiceError)/;

/** @throws SigningKeyError without a word of what the secret holds */
function readKey(pem: string | undefined, { secretId, fingerprint }: SecretSignerOptions): KeyObject {
  const fault = (rule: string) => new SigningKeyError(`The secret ${secretId} ${rule}.  ERR_SIGNING_KEY`);
  let key: KeyObject;
  try {
    key = createPrivateKey(pem ?? "");
  } catch {
    throw fault("must hold a private key as PKCS8 PEM");
  }
  if (key.asymmetricKeyDetails?.namedCurve !== "secp384r1") throw fault("must hold a P-384 key");
  const held = fingerprintOf(createPublicKey(key));
  if (held !== fingerprint) throw fault(`must hold the key of fingerprint ${fingerprint}, and holds that of ${held}`);
  return key;
}

/**
 * Signs with a key that Secrets Manager keeps: no call for each token, but the key is in the function's memory. The key
 * is kept for five minutes; while it cannot be read again, the one that was read before signs on.
 */
export function createSecretSigner(options: SecretSignerOptions): PlaybackSigner {
  const { secrets, secretId, now } = options;
  const read = async () => {
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: secretId }));
    return readKey(SecretString, options);
  };
  let kept: { readonly key: KeyObject; readonly until: number } | undefined;
  let reading: Promise<KeyObject> | undefined;

  const key = async (): Promise<KeyObject> => {
    if (kept && now() < kept.until) return kept.key;
    reading ??= read().finally(() => {
      reading = undefined;
    });
    try {
      kept = { key: await reading, until: now() + keepMilliseconds };
      return kept.key;
    } catch (error) {
      if (!(error instanceof Error && busy.test(error.name))) throw error;
      if (kept) return kept.key;
      throw new SignerBusyError({ cause: error });
    }
  };
  return {
    async sign(claims) {
      const payload = Buffer.from(JSON.stringify(claims));
      return new CompactSign(payload).setProtectedHeader(tokenHeader).sign(await key());
    },
  };
}
