import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { KMSClient } from "@aws-sdk/client-kms";
import { fingerprintOf } from "#aws/playback/fingerprint.ts";
import { kmsPublicKey } from "#aws/playback/kms-public-key.ts";
import { chooseEnvironment } from "../environment.ts";
import { parsePublicKey } from "../keys/public-key.ts";
import { keyFailure } from "../onair/key-failure.ts";
import { type DeployedKey, playbackKeysOf, readPlatform } from "../onair/platform.ts";
import { chooseTarget, targetLine } from "../onair/target.ts";
import { openProject } from "../project.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { ReadToken } from "./read-token.ts";
import type { TokenOptions } from "./verb.ts";

/** Whether one of the keys at hand signed a token. */
export type SignedBy =
  | { readonly state: "signed"; readonly key: string }
  | { readonly state: "not-signed"; readonly keys: readonly string[] }
  | { readonly state: "not-checked"; readonly why: string };

/** A public key, and what it is called. */
export interface NamedKey {
  readonly title: string;
  readonly publicKey: KeyObject;
}

const again = "onair token inspect -";

/** Which of the keys signed it. */
export function signedBy({ signed }: ReadToken, keys: readonly NamedKey[]): SignedBy {
  if (signed === undefined) return { state: "not-checked", why: "it is not of a form that a key could have signed" };
  const { text, signature } = signed;
  const found = keys.find(({ publicKey }) =>
    verify("sha384", Buffer.from(text), { key: publicKey, dsaEncoding: "ieee-p1363" }, signature),
  );
  if (found) return { state: "signed", key: found.title };
  return { state: "not-signed", keys: keys.map(({ title }) => title) };
}

/**
 * Checks a token by the key that the operator names; by those of the deployed platform where there is one, and says why it
 * could not where there is none.
 *
 * @throws CliError where a key that was named cannot be read
 */
export async function checkSignature(terminal: Terminal, token: ReadToken, options: TokenOptions): Promise<SignedBy> {
  const { publicKey, keyId } = options;
  if (token.signed === undefined) return signedBy(token, []);
  if (publicKey !== undefined) return signedBy(token, [readPublicKey(publicKey)]);
  if (keyId !== undefined) {
    const target = await chooseTarget(openProject(options.folder, "cdktf.out"), options.aws ?? false, again);
    terminal.note(targetLine(target));
    return signedBy(token, [await readKmsKey(keyId, `KMS key ${keyId}`, target.region)]);
  }
  try {
    return signedBy(token, await readRing(terminal, options));
  } catch (thrown) {
    if (!(thrown instanceof CliError)) throw thrown;
    return { state: "not-checked", why: thrown.what };
  }
}

/** @throws CliError KEY_UNUSABLE */
function readPublicKey(file: string): NamedKey {
  const fault = (rule: string) =>
    new CliError("KEY_UNUSABLE", `${file} ${rule}.`, "", "Name the PEM of a P-384 public key.");
  let pem: string;
  try {
    pem = readFileSync(file, "utf8");
  } catch (error) {
    throw fault(`cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  if (pem.includes("PRIVATE KEY")) throw fault("holds a private key, which nobody needs to check a signature");
  try {
    return p384(createPublicKey(pem), file);
  } catch {
    throw fault("must be the PEM of a P-384 public key");
  }
}

function p384(publicKey: KeyObject, title: string): NamedKey {
  if (publicKey.asymmetricKeyDetails?.namedCurve === "secp384r1") return { title, publicKey };
  const cure = "Playback tokens are signed by P-384 keys: onair keys list";
  throw new CliError("KEY_UNUSABLE", `The ${title} is none of P-384.`, "", cure);
}

async function readKmsKey(keyId: string, title: string, region: string): Promise<NamedKey> {
  const kms = new KMSClient({ region: /^arn:[^:]+:kms:([^:]+):/.exec(keyId)?.[1] ?? region });
  try {
    return p384(await kmsPublicKey(kms, keyId), title);
  } catch (thrown) {
    throw keyFailure(thrown, title, again);
  } finally {
    kms.destroy();
  }
}

/** The public halves of the deployed ring: KMS tells its own, the settings those of keys that were made elsewhere. */
async function readRing(terminal: Terminal, options: TokenOptions): Promise<readonly NamedKey[]> {
  const platform = await readPlatform(terminal, options, again);
  const { playbackKeys } = chooseEnvironment(openProject(options.folder, "cdktf.out").root, again);
  const ofSettings = playbackKeys.flatMap(({ publicKeyPem = "" }) => parsePublicKey(publicKeyPem) ?? []);
  const read = async (key: DeployedKey): Promise<readonly NamedKey[]> => {
    const title = `key ${key.name} of the platform`;
    if (key.kind === "kms") return [await readKmsKey(key.keyArn, title, platform.target.region)];
    const publicKey = ofSettings.find((one) => fingerprintOf(one) === key.fingerprint);
    if (publicKey) return [{ title, publicKey }];
    terminal.note(`The ${title} was not tried: its public half is in the settings no more.`);
    return [];
  };
  return (await Promise.all(playbackKeysOf(platform, again).map(read))).flat();
}
