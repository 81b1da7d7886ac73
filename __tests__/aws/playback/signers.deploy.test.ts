import { createPublicKey, generateKeyPairSync, type KeyObject, verify } from "node:crypto";
import { CreateKeyCommand, GetPublicKeyCommand, KMSClient, SignCommand } from "@aws-sdk/client-kms";
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { compactVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fingerprintOf } from "#aws/playback/fingerprint.ts";
import { createKmsSigner } from "#aws/playback/kms-signer.ts";
import { createSecretSigner } from "#aws/playback/secret-signer.ts";
import { makeClaims } from "#domain/playback/claims.ts";
import { readClaims } from "#local/media/playback/claims.ts";
import { readToken } from "#local/media/playback/token.ts";
import { amazon } from "../../local/fixture/amazon.ts";
import { client, type OwnCloud, startOwnCloud } from "../../local/fixture/own-cloud.ts";

const channelArn = "arn:aws:ivs:us-west-2:111122223333:channel/AbCdEf123456";
const claimsFor = (viewerId: string) =>
  makeClaims({ channelArn, lifetimeSeconds: 300, viewerId, origins: ["https://live.example.com"] }, Date.now());

let own: OwnCloud;
let kms: KMSClient;
let secrets: SecretsManagerClient;

beforeAll(async () => {
  own = await startOwnCloud();
  kms = new KMSClient(client(own.cloud, own.root));
  secrets = new SecretsManagerClient(client(own.cloud, own.root));
});
afterAll(async () => {
  kms?.destroy();
  secrets?.destroy();
  await own?.[Symbol.asyncDispose]();
});

const pemOf = (key: KeyObject) => key.export({ type: "spki", format: "pem" }).toString();

/** Three readers that were written apart from each other take the token; answers with its claims. */
async function readByAll(token: string, publicKey: KeyObject) {
  const { payload, protectedHeader } = await compactVerify(token, publicKey);
  expect(protectedHeader).toEqual({ alg: "ES384", typ: "JWT" });
  const [header, body, signature] = token.split(".");
  const signed = Buffer.from(`${header}.${body}`);
  const bytes = Buffer.from(signature ?? "", "base64url");
  expect(verify("sha384", signed, { key: publicKey, dsaEncoding: "ieee-p1363" }, bytes)).toBe(true);
  const claims = readToken(token, [pemOf(publicKey)]);
  expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(claims);
  readClaims(claims, Date.now());
  return claims;
}

const makeKmsKey = async () => {
  const made = await kms.send(new CreateKeyCommand({ KeyUsage: "SIGN_VERIFY", KeySpec: "ECC_NIST_P384" }));
  const KeyId = made.KeyMetadata?.KeyId ?? "";
  const { PublicKey = new Uint8Array() } = await kms.send(new GetPublicKeyCommand({ KeyId }));
  return { keyId: KeyId, publicKey: createPublicKey({ key: Buffer.from(PublicKey), format: "der", type: "spki" }) };
};

describe("the signer of KMS", () => {
  it("signs 500 tokens that three readers take", { timeout: 120_000 }, async () => {
    const { keyId, publicKey } = await makeKmsKey();
    const signer = createKmsSigner(kms, keyId);
    for (let some = 0; some < 500; some += 10) {
      const viewers = Array.from({ length: 10 }, (_, one) => `viewer-${some + one}`);
      await Promise.all(
        viewers.map(async (viewer) => {
          const claims = claimsFor(viewer);
          expect(await readByAll(await signer.sign(claims), publicKey)).toEqual(claims);
        }),
      );
    }
  });

  it("signs nothing with a key that is not there", async () => {
    const signer = createKmsSigner(kms, "00000000-0000-4000-8000-000000000000");
    await expect(signer.sign(claimsFor("v"))).rejects.toThrow(expect.objectContaining({ name: "NotFoundException" }));
  });
});

describe("a role that may sign tokens and nothing else", () => {
  it("signs them, and is refused every other way to sign", async () => {
    const { keyId, publicKey } = await makeKmsKey();
    const allowed = {
      Effect: "Allow",
      Action: "kms:Sign",
      Resource: "*",
      Condition: { StringEquals: { "kms:SigningAlgorithm": "ECDSA_SHA_384" } },
    };
    const cloud = amazon(own.cloud.endpoint, own.root);
    const keys = await cloud.assume(await cloud.role("signs-tokens", [allowed]));
    const asRole = new KMSClient(client(own.cloud, keys));
    const claims = claimsFor("viewer");
    expect(await readByAll(await createKmsSigner(asRole, keyId).sign(claims), publicKey)).toEqual(claims);
    const otherwise = { KeyId: keyId, Message: Buffer.from("text"), SigningAlgorithm: "ECDSA_SHA_256" } as const;
    await expect(asRole.send(new SignCommand(otherwise))).rejects.toMatchObject({ name: "AccessDeniedException" });
    asRole.destroy();
  });
});

const makeSecret = async (Name: string, SecretString: string) => {
  await secrets.send(new CreateSecretCommand({ Name, SecretString }));
  return Name;
};
const makePair = () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { pem, publicKey, fingerprint: fingerprintOf(publicKey) };
};

describe("the signer of Secrets Manager", () => {
  it("signs tokens that three readers take", async () => {
    const { pem, publicKey, fingerprint } = makePair();
    const secretId = await makeSecret("good", pem);
    const signer = createSecretSigner({ secrets, secretId, fingerprint, now: Date.now });
    for (let count = 0; count < 50; count++) {
      const claims = claimsFor(`viewer-${count}`);
      expect(await readByAll(await signer.sign(claims), publicKey)).toEqual(claims);
    }
  });

  it("refuses a secret with another key than the one that IVS knows, until it holds the right one", async () => {
    const [right, wrong] = [makePair(), makePair()];
    const secretId = await makeSecret("wrong", wrong.pem);
    const signer = createSecretSigner({ secrets, secretId, fingerprint: right.fingerprint, now: Date.now });
    await expect(signer.sign(claimsFor("v"))).rejects.toThrow(
      `The secret wrong must hold the key of fingerprint ${right.fingerprint}, and holds that of ${wrong.fingerprint}.`,
    );
    await secrets.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: right.pem }));
    await readByAll(await signer.sign(claimsFor("v")), right.publicKey);
  });

  it("reads the secret again after five minutes, and refuses what was put there meanwhile", async () => {
    const [right, wrong] = [makePair(), makePair()];
    const secretId = await makeSecret("later", right.pem);
    let now = 0;
    const signer = createSecretSigner({ secrets, secretId, fingerprint: right.fingerprint, now: () => now });
    await signer.sign(claimsFor("v"));
    await secrets.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: wrong.pem }));
    now = 299_999;
    await readByAll(await signer.sign(claimsFor("v")), right.publicKey);
    now = 300_000;
    await expect(signer.sign(claimsFor("v"))).rejects.toThrow("ERR_SIGNING_KEY");
  });

  it.each([
    ["no key", () => "letmein", "must hold a private key as PKCS8 PEM"],
    ["a public key", () => pemOf(makePair().publicKey), "must hold a private key as PKCS8 PEM"],
    [
      "a key of another curve",
      () =>
        generateKeyPairSync("ec", { namedCurve: "P-256" })
          .privateKey.export({ type: "pkcs8", format: "pem" })
          .toString(),
      "must hold a P-384 key",
    ],
  ])("refuses a secret with %s, and shows nothing of it", async (name, secret, rule) => {
    const secretId = await makeSecret(name.replaceAll(" ", "-"), secret());
    const signer = createSecretSigner({ secrets, secretId, fingerprint: "0", now: Date.now });
    await expect(signer.sign(claimsFor("v"))).rejects.toThrow(`The secret ${secretId} ${rule}.  ERR_SIGNING_KEY`);
  });
});
