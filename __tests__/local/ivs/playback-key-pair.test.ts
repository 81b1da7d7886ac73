import { generateKeyPairSync } from "node:crypto";
import {
  DeletePlaybackKeyPairCommand,
  GetPlaybackKeyPairCommand,
  ImportPlaybackKeyPairCommand,
  ListPlaybackKeyPairsCommand,
} from "@aws-sdk/client-ivs";
import { describe, expect, test } from "vitest";
import { newPublicKey, refusalOf, startIvs } from "./fixture.ts";

/** A P-384 key that never changes, and the MD5 of its DER as OpenSSL computes it. */
const knownKey = `-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAENgrVicd/Ae6Lwhv8QYANCwXrr2E7OtN/
+OOIDVWGefd9wwPidN6ueNNoTsHZr0+5oQwQ2b4qJ0LtLl4c+QmWsqFiBcop2OZ2
xi+5C4+18QnaqNpy3VCS82u6rAPcSxoH
-----END PUBLIC KEY-----
`;
const knownFingerprint = "2a:e6:16:c4:9c:91:3c:7c:d8:33:9f:1c:29:cc:ad:76";

const importKey = (publicKeyMaterial: string, rest: { name?: string; tags?: Record<string, string> } = {}) =>
  new ImportPlaybackKeyPairCommand({ publicKeyMaterial, ...rest });

test("an imported key pair shows its fingerprint and never its key", async () => {
  const { ivs } = await startIvs();
  const { keyPair } = await ivs.send(importKey(knownKey, { name: "viewers", tags: { project: "onair" } }));
  expect(keyPair).toEqual({
    arn: expect.stringMatching(/^arn:aws:ivs:eu-west-1:000000000000:playback-key\/[A-Za-z0-9]{12}$/),
    name: "viewers",
    fingerprint: knownFingerprint,
    tags: { project: "onair" },
  });
  expect((await ivs.send(new GetPlaybackKeyPairCommand({ arn: keyPair?.arn }))).keyPair).toEqual(keyPair);
  const { keyPairs } = await ivs.send(new ListPlaybackKeyPairsCommand({}));
  expect(keyPairs).toEqual([{ arn: keyPair?.arn, name: "viewers", tags: { project: "onair" } }]);
});

describe("refuses as public key", () => {
  const privateKey = generateKeyPairSync("ec", { namedCurve: "secp384r1" })
    .privateKey.export({ type: "pkcs8", format: "pem" })
    .toString();

  test.each([
    ["a key on another curve", newPublicKey("prime256v1")],
    [
      "an RSA key",
      generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ type: "spki", format: "pem" }),
    ],
    ["a private key", privateKey],
    ["text", "not a key"],
    ["nothing", ""],
    ["a PEM around something else", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"],
  ])("%s", async (_, material) => {
    const { ivs } = await startIvs();
    const refusal = await refusalOf(ivs.send(importKey(String(material))));
    expect(refusal).toEqual({
      name: "ValidationException",
      status: 400,
      message:
        "1 validation error detected: Value at 'publicKeyMaterial' failed to satisfy constraint: Must be the PEM of a public key on curve P-384",
    });
  });
});

test("the same key again is a conflict, also with other line breaks", async () => {
  const { ivs } = await startIvs();
  const { keyPair } = await ivs.send(importKey(knownKey));
  expect(await refusalOf(ivs.send(importKey(`${knownKey}\n`)))).toEqual({
    name: "ConflictException",
    status: 409,
    message: `The same key was imported already as ${keyPair?.arn}`,
  });
});

test("a fourth key pair is above the quota", async () => {
  const { ivs } = await startIvs();
  for (let count = 0; count < 3; count += 1) await ivs.send(importKey(newPublicKey()));
  expect(await refusalOf(ivs.send(importKey(newPublicKey())))).toMatchObject({
    name: "ServiceQuotaExceededException",
    status: 402,
  });
});

test("deleting answers 200 with an empty object", async () => {
  const { ivs } = await startIvs();
  const { keyPair } = await ivs.send(importKey(knownKey));
  const { $metadata, ...rest } = await ivs.send(new DeletePlaybackKeyPairCommand({ arn: keyPair?.arn }));
  expect([$metadata.httpStatusCode, rest]).toEqual([200, {}]);
  const again = ivs.send(new DeletePlaybackKeyPairCommand({ arn: keyPair?.arn }));
  expect(await refusalOf(again)).toMatchObject({ name: "ResourceNotFoundException", status: 404 });
});
