import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { lstatSync, readFileSync } from "node:fs";
import { fingerprintOf } from "#aws/playback/fingerprint.ts";
import { CliError } from "../terminal/cli-error.ts";

/** A P-384 pair, in this process's memory alone. */
export interface KeyPair {
  /** The private half, as PKCS8 PEM: a secret. */
  readonly privatePem: string;
  /** As SPKI PEM. */
  readonly publicPem: string;
  /** Of the public half: the SHA-256 of its SPKI, in hexadecimal. */
  readonly fingerprint: string;
}

export function makeKeyPair(): KeyPair {
  return pairOf(generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey);
}

function pairOf(privateKey: KeyObject): KeyPair {
  const publicKey = createPublicKey(privateKey);
  return {
    privatePem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    publicPem: publicKey.export({ type: "spki", format: "pem" }).toString(),
    fingerprint: fingerprintOf(publicKey),
  };
}

/** A key file is some 300 bytes. */
const mostBytes = 65_536;

/**
 * Reads the private half of a playback key: P-384, as PKCS8 or SEC1 PEM.
 *
 * @throws CliError KEY_UNUSABLE, which shows nothing of the file
 */
export function readKeyFile(file: string): KeyPair {
  try {
    const { size } = lstatSync(file);
    if (size > mostBytes) throw unusable(file, `has ${size} bytes; a key has a few hundred`);
    return readKeyPair(readFileSync(file, "utf8"), file);
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw unusable(file, `cannot be read (${(error as NodeJS.ErrnoException).code ?? "no file"})`);
  }
}

/** @param title of where the text comes from */
export function readKeyPair(pem: string, title: string): KeyPair {
  if (pem.includes("ENCRYPTED")) {
    const cure = `Decrypt it by a pipe, to no file: openssl pkey -in ${title} | npx onair keys import /dev/stdin --name NAME`;
    throw unusable(title, "is encrypted", cure);
  }
  const hasPrivate = pem.includes("PRIVATE KEY-----");
  if (!hasPrivate && pem.includes("PUBLIC KEY-----")) {
    throw unusable(title, "is a public key; the private half signs");
  }
  const key = parse(pem);
  if (key === undefined) throw unusable(title, "must be a private key as PEM, PKCS8 or SEC1");
  const { asymmetricKeyType, asymmetricKeyDetails } = key;
  const curve = asymmetricKeyDetails?.namedCurve;
  if (curve !== "secp384r1") {
    const got = asymmetricKeyType === "ec" ? (curve ?? "a curve without a name") : asymmetricKeyType;
    throw unusable(title, `must be a P-384 key (secp384r1); got ${got}`);
  }
  return pairOf(key);
}

function parse(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

const makeOne = "Make one: openssl ecparam -name secp384r1 -genkey -noout; or: onair keys create NAME";

const unusable = (title: string, rule: string, cure = makeOne): CliError =>
  new CliError("KEY_UNUSABLE", `${title} ${rule}.`, "Nothing was done.", cure);
