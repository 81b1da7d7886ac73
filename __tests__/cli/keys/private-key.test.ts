import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeKeyPair, readKeyFile, readKeyPair } from "#cli/keys/private-key.ts";
import { CliError } from "#cli/terminal/cli-error.ts";

const p384 = generateKeyPairSync("ec", { namedCurve: "P-384" });
const pem = (key: KeyObject, type: "pkcs8" | "sec1" | "spki") =>
  key.export({ type: type as "pkcs8", format: "pem" }).toString();
const pkcs8 = pem(p384.privateKey, "pkcs8");

const refusal = (text: string): CliError => {
  try {
    readKeyPair(text, "key.pem");
  } catch (thrown) {
    if (thrown instanceof CliError) return thrown;
    throw thrown;
  }
  throw new Error("was read");
};

describe("the private half of a playback key", () => {
  it("is read as PKCS8 and as SEC1, with and without the parameters that openssl puts before it", () => {
    const parameters = "-----BEGIN EC PARAMETERS-----\nBgUrgQQAIg==\n-----END EC PARAMETERS-----\n";
    const sec1 = pem(p384.privateKey, "sec1");
    for (const text of [pkcs8, sec1, parameters + sec1, pkcs8.replaceAll("\n", "\r\n"), `\n${pkcs8}\n`]) {
      const pair = readKeyPair(text, "f");
      expect(pair.privatePem).toBe(pkcs8);
      expect(pair.publicPem).toBe(pem(p384.publicKey, "spki"));
      expect(pair.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it("is made anew each time", () => {
    const [one, other] = [makeKeyPair(), makeKeyPair()];
    expect(createPrivateKey(one.privatePem).asymmetricKeyDetails).toEqual({ namedCurve: "secp384r1" });
    expect(one.fingerprint).not.toBe(other.fingerprint);
    expect(readKeyPair(one.privatePem, "f")).toEqual(one);
  });

  const encrypted = p384.privateKey
    .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" })
    .toString();
  const encryptedSec1 = p384.privateKey
    .export({ type: "sec1", format: "pem", cipher: "aes-256-cbc", passphrase: "x" })
    .toString();
  const p256 = pem(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey, "pkcs8");
  const rsa = pem(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey, "pkcs8");
  const ed25519 = pem(generateKeyPairSync("ed25519").privateKey, "pkcs8");

  it.each([
    ["a public key", pem(p384.publicKey, "spki"), "key.pem is a public key; the private half signs."],
    ["another curve", p256, "key.pem must be a P-384 key (secp384r1); got prime256v1."],
    ["an RSA key", rsa, "key.pem must be a P-384 key (secp384r1); got rsa."],
    ["an Ed25519 key", ed25519, "key.pem must be a P-384 key (secp384r1); got ed25519."],
    ["an encrypted key", encrypted, "key.pem is encrypted."],
    ["an encrypted key of SEC1", encryptedSec1, "key.pem is encrypted."],
    ["nothing", "", "key.pem must be a private key as PEM, PKCS8 or SEC1."],
    ["half a key", pkcs8.slice(0, 120), "key.pem must be a private key as PEM, PKCS8 or SEC1."],
    ["bare base64", pkcs8.split("\n").slice(1, -2).join(""), "key.pem must be a private key as PEM, PKCS8 or SEC1."],
  ])("is not %s, which is refused without a word of it", (_, text, what) => {
    const error = refusal(text);
    expect(error).toMatchObject({ code: "KEY_UNUSABLE", what, why: "Nothing was done." });
    for (const line of text.split("\n").filter((one) => one.length > 40)) {
      expect(`${error.what}${error.why}${error.cure}${error.stack}`).not.toContain(line);
    }
  });

  it("says how to import an encrypted one without a file of it", () => {
    expect(refusal(encrypted).cure).toContain("openssl pkey -in key.pem | npx onair keys import /dev/stdin");
  });

  it("is not in a folder, nor in a file that is not there", () => {
    expect(() => readKeyFile("/")).toThrow("/ cannot be read (EISDIR).");
    expect(() => readKeyFile("/none.pem")).toThrow("/none.pem cannot be read (ENOENT).");
  });
});
