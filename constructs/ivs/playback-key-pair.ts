import { createHash, createPublicKey } from "node:crypto";
import { DataAwsKmsPublicKey } from "@cdktf/provider-aws/lib/data-aws-kms-public-key/index.js";
import { IvsPlaybackKeyPair } from "@cdktf/provider-aws/lib/ivs-playback-key-pair/index.js";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias/index.js";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import type { Precondition } from "cdktf";
import { Construct } from "constructs";
import { AwsStack } from "../core/aws-stack.ts";
import { checkArn, checkName } from "../core/check.ts";
import { ConfigError } from "../core/config-error.ts";
import { sameAsBefore } from "../core/memory.ts";
import { physicalName } from "../core/name.ts";
import type { Grantee } from "../core/policy.ts";

/** A key whose public half IVS trusts, made here or elsewhere. */
export interface IPlaybackKeyPair {
  readonly playbackKeyPairArn: string;
}

export interface PlaybackKeyPairProps {
  /** 1 to 128 letters, digits, hyphens or underscores. @default from the construct's path */
  readonly name?: string;
  /** The public half of a P-384 key made elsewhere, as PEM. @default a new key in KMS, whose private half never leaves it */
  readonly publicKeyPem?: string;
  /** The secret that holds the private half of that key, as PKCS8 PEM. @default nothing here signs by it */
  readonly secretName?: string;
}

/** How tokens are signed by a pair. */
export type Signing =
  | { readonly kind: "kms"; readonly keyArn: string }
  | {
      readonly kind: "secret";
      readonly secretName: string;
      /** Of the public half: the SHA-256 of its SPKI, in hexadecimal. */
      readonly fingerprint: string;
    };

/**
 * A key that signs playback tokens for private channels (ES384, so P-384), and its public half in IVS.
 *
 * Deleting a pair invalidates every token that it signed, so nothing replaces one that exists: neither tags, nor a change of
 * its KMS key, nor another spelling of the PEM. To change keys, add a pair, sign with it, and remove the old one later.
 */
export class PlaybackKeyPair extends Construct implements IPlaybackKeyPair {
  /** The underlying `aws_ivs_playback_key_pair`. */
  readonly resource: IvsPlaybackKeyPair;
  /** What signs; absent where the private half is kept elsewhere. */
  readonly kmsKey: KmsKey | undefined;
  readonly #own: { readonly secretName: string; readonly fingerprint: string } | undefined;

  constructor(scope: Construct, id: string, props: PlaybackKeyPairProps = {}) {
    super(scope, id);
    checkName(this, "name", props.name);
    const pem = props.publicKeyPem === undefined ? undefined : this.#canonical(props.publicKeyPem);
    this.kmsKey = pem === undefined ? this.#signingKey() : undefined;
    const { secretName } = props;
    this.#own = pem && secretName ? { secretName, fingerprint: fingerprintOf(pem) } : undefined;
    this.resource = new IvsPlaybackKeyPair(this, "Resource", {
      name: props.name ?? physicalName(this),
      publicKey: pem ?? this.#publicHalf(),
      lifecycle: {
        // The provider would delete and import the pair again for any of these, and KMS answers "unknown" while planning.
        ignoreChanges: ["public_key", "tags", "tags_all"],
        precondition: [this.#sameKeyAsBefore(pem)],
      },
    });
  }

  /** Reads a key pair's ARN. Throws ERR_ARN where it is another kind of ARN. */
  static fromPlaybackKeyPairArn(scope: Construct, playbackKeyPairArn: string): IPlaybackKeyPair {
    checkArn(scope, "playbackKeyPairArn", playbackKeyPairArn, "ivs", "playback-key");
    return { playbackKeyPairArn };
  }

  get playbackKeyPairArn(): string {
    return this.resource.arn;
  }

  get outputs(): Record<string, string> {
    return { arn: this.playbackKeyPairArn, ...(this.kmsKey && { kms_key_arn: this.kmsKey.arn }) };
  }

  /** How this pair signs. Throws ERR_NO_SIGNING_KEY where its private half is kept elsewhere. */
  get signing(): Signing {
    if (this.kmsKey) return { kind: "kms", keyArn: this.kmsKey.arn };
    if (this.#own) return { kind: "secret", ...this.#own };
    throw new ConfigError("ERR_NO_SIGNING_KEY", this, "secretName", "must be there to sign by this key", "none");
  }

  /** Whether tokens can be signed by this pair here. */
  get canSign(): boolean {
    return this.kmsKey !== undefined || this.#own !== undefined;
  }

  /** Lets a function sign tokens by this pair. Throws ERR_NO_SIGNING_KEY. */
  grantSign(grantee: Grantee): void {
    const { signing } = this;
    if (signing.kind === "kms") {
      grantee.grant({
        sid: "SignPlaybackTokens",
        actions: ["kms:Sign"],
        resources: [signing.keyArn],
        conditions: { StringEquals: { "kms:SigningAlgorithm": "ECDSA_SHA_384" } },
      });
      return;
    }
    grantee.grant({
      sid: "ReadSigningKey",
      actions: ["secretsmanager:GetSecretValue"],
      // Secrets Manager adds a hyphen and six characters to the name.
      resources: [AwsStack.of(this).arn("secretsmanager", `secret:${signing.secretName}-??????`)],
    });
  }

  #signingKey(): KmsKey {
    const name = physicalName(this);
    const key = new KmsKey(this, "Key", {
      description: `Signs IVS playback tokens (${name})`,
      keyUsage: "SIGN_VERIFY",
      customerMasterKeySpec: "ECC_NIST_P384",
      deletionWindowInDays: 30,
    });
    new KmsAlias(this, "Alias", { name: `alias/${name}`, targetKeyId: key.keyId });
    return key;
  }

  #publicHalf(): string {
    return new DataAwsKmsPublicKey(this, "PublicKey", { keyId: this.kmsKey?.keyId ?? "" }).publicKeyPem;
  }

  /**
   * Since changes of the key are ignored, a changed entry would do nothing in IVS, and schedule a KMS key that still signs
   * for deletion. The state remembers what the pair was made of; a plan that says otherwise is refused.
   */
  #sameKeyAsBefore(pem: string | undefined): Precondition {
    const origin = pem === undefined ? "kms" : `sha256:${createHash("sha256").update(pem).digest("hex")}`;
    return sameAsBefore(this, "MadeOf", {
      name: "key",
      value: origin,
      errorMessage:
        `Playback key pair ${this.node.path} was made of another key, and changing it would invalidate every token that it ` +
        "signed. Put this entry back as it was, and add the new key as an entry of another name.",
    });
  }

  /** One spelling of a PEM, whatever its line ends and blank lines. */
  #canonical(pem: string): string {
    const rule = "must be the PEM of a P-384 public key (secp384r1)";
    if (pem.includes("PRIVATE KEY")) {
      throw new ConfigError("ERR_PRIVATE_KEY", this, "publicKeyPem", rule, "a private key (not shown)");
    }
    const key = parsePublicKey(pem);
    if (key?.asymmetricKeyDetails?.namedCurve !== "secp384r1") {
      throw new ConfigError("ERR_PUBLIC_KEY", this, "publicKeyPem", rule, pem);
    }
    return key.export({ type: "spki", format: "pem" }).toString();
  }
}

function parsePublicKey(pem: string) {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}

const fingerprintOf = (pem: string): string =>
  createHash("sha256")
    .update(createPublicKey(pem).export({ type: "spki", format: "der" }))
    .digest("hex");
