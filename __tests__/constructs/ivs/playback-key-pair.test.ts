import { generateKeyPairSync } from "node:crypto";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group/index.js";
import { DataAwsKmsPublicKey } from "@cdktf/provider-aws/lib/data-aws-kms-public-key/index.js";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy/index.js";
import { IvsPlaybackKeyPair } from "@cdktf/provider-aws/lib/ivs-playback-key-pair/index.js";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias/index.js";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import { describe, expect, it } from "vitest";
import { template, testStack } from "#__tests__/support/template.ts";
import { PlaybackKeyPair } from "#constructs/ivs/playback-key-pair.ts";
import { PlaybackKeyRing } from "#constructs/ivs/playback-key-ring.ts";
import { ExecutionRole } from "#constructs/lambda/execution-role.ts";

const pemOf = (namedCurve: string) =>
  generateKeyPairSync("ec", { namedCurve }).publicKey.export({ type: "spki", format: "pem" }).toString();

const withPem = (publicKeyPem: string) => {
  const stack = testStack();
  new PlaybackKeyPair(stack, "key", { publicKeyPem });
  return template(stack);
};

describe("PlaybackKeyPair", () => {
  it("is backed by a P-384 signing key in KMS, through its public half", () => {
    const stack = testStack();
    new PlaybackKeyPair(stack, "key");
    const { resource, dataSource } = template(stack);
    expect(resource(KmsKey)).toMatchObject({ key_usage: "SIGN_VERIFY", customer_master_key_spec: "ECC_NIST_P384" });
    expect(resource(KmsAlias)).toHaveProperty("name", "alias/onair-test-key");
    expect(dataSource(DataAwsKmsPublicKey)).toHaveProperty("key_id", "${aws_kms_key.key_Key.key_id}");
    expect(resource(IvsPlaybackKeyPair)).toHaveProperty(
      "public_key",
      "${data.aws_kms_public_key.key_PublicKey.public_key_pem}",
    );
  });

  it("is replaced by nothing: not by tags, not by another answer of KMS", () => {
    const stack = testStack();
    new PlaybackKeyPair(stack, "key");
    expect(template(stack).resource(IvsPlaybackKeyPair).lifecycle).toMatchObject({
      ignore_changes: ["public_key", "tags", "tags_all"],
    });
  });

  it("refuses a plan that would make it of another key than it was made of", () => {
    const pem = pemOf("P-384");
    const conditionOf = ({ resource }: ReturnType<typeof template>) =>
      (resource(IvsPlaybackKeyPair).lifecycle as { precondition: { condition: string }[] }).precondition[0]?.condition;
    const stack = testStack();
    new PlaybackKeyPair(stack, "key");
    expect(conditionOf(template(stack))).toBe('${terraform_data.key_MadeOf.output.key == "kms"}');
    expect(conditionOf(withPem(pem))).toMatch(
      /^\$\{terraform_data\.key_MadeOf\.output\.key == "sha256:[0-9a-f]{64}"\}$/,
    );
    expect(conditionOf(withPem(`${pem}\n`))).toBe(conditionOf(withPem(pem)));
  });

  it("takes a given public key, in one spelling whatever its line ends", () => {
    const pem = pemOf("P-384");
    const { resource, resources } = withPem(`\n${pem.replaceAll("\n", "\r\n")}\n\n`);
    expect(resource(IvsPlaybackKeyPair)).toHaveProperty("public_key", pem);
    expect(resources(KmsKey)).toEqual([]);
  });

  it("refuses a key of another curve", () => {
    expect(() => withPem(pemOf("P-256"))).toThrow(
      "stack/key, publicKeyPem: must be the PEM of a P-384 public key (secp384r1)",
    );
  });

  it("refuses a private key without repeating it", () => {
    const pem = generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey.export({ type: "pkcs8", format: "pem" });
    expect(() => withPem(pem.toString())).toThrow(
      'stack/key, publicKeyPem: must be the PEM of a P-384 public key (secp384r1); got "a private key (not shown)".  ERR_PRIVATE_KEY',
    );
  });

  it("lets a function sign by its KMS key, in the one algorithm of playback tokens", () => {
    const stack = testStack();
    const role = new ExecutionRole(stack, "signer", new CloudwatchLogGroup(stack, "logs"));
    new PlaybackKeyPair(stack, "key").grantSign(role);
    expect(JSON.parse(template(stack).resource(IamRolePolicy).policy as string).Statement).toContainEqual({
      Sid: "SignPlaybackTokens",
      Effect: "Allow",
      Action: ["kms:Sign"],
      Resource: ["${aws_kms_key.key_Key.arn}"],
      Condition: { StringEquals: { "kms:SigningAlgorithm": "ECDSA_SHA_384" } },
    });
  });

  it("refuses to let a function sign by a key that is kept elsewhere", () => {
    const pair = new PlaybackKeyPair(testStack(), "key", { publicKeyPem: pemOf("P-384") });
    expect(() => pair.grantSign({ grant: () => {} })).toThrow("ERR_NO_SIGNING_KEY");
  });

  it("lets a function read the secret of its private half, and no other", () => {
    const stack = testStack();
    const role = new ExecutionRole(stack, "role", new CloudwatchLogGroup(stack, "logs"));
    const pem = pemOf("P-384");
    const pair = new PlaybackKeyPair(stack, "key", { publicKeyPem: pem, secretName: "onair-test/playback-keys/own" });
    pair.grantSign(role);
    expect(JSON.parse(template(stack).resource(IamRolePolicy).policy as string).Statement).toContainEqual({
      Sid: "ReadSigningKey",
      Effect: "Allow",
      Action: ["secretsmanager:GetSecretValue"],
      Resource: [expect.stringMatching(/:secretsmanager:.*:secret:onair-test\/playback-keys\/own-\?{6}$/)],
    });
    expect(pair.signing).toEqual({
      kind: "secret",
      secretName: "onair-test/playback-keys/own",
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
});

describe("PlaybackKeyRing", () => {
  const ringOf = (...names: string[]) => {
    const stack = testStack();
    return {
      stack,
      ring: new PlaybackKeyRing(
        stack,
        "ring",
        names.map((name) => ({ name })),
      ),
    };
  };

  it("signs with its first pair", () => {
    expect(ringOf("second", "first").ring.current?.node.id).toBe("second");
    expect(ringOf().ring.current).toBeUndefined();
  });

  it("changes no other pair and no other key when one is added, moved to the front or removed", () => {
    const parts = (...names: string[]) => {
      const { resource = {} } = template(ringOf(...names).stack).json;
      return { ...resource.aws_ivs_playback_key_pair, ...resource.aws_kms_key };
    };
    const first = parts("first");
    expect(parts("first", "second")).toMatchObject(first);
    expect(parts("second", "first")).toEqual(parts("first", "second"));
    expect(parts("second", "first")).toMatchObject(parts("second"));
  });

  it("lets a function sign by each key that can, so that another one can come to the front", () => {
    const stack = testStack();
    const role = new ExecutionRole(stack, "role", new CloudwatchLogGroup(stack, "logs"));
    const publicKeyPem = pemOf("P-384");
    // By the last one something else signs.
    const entries = [
      { name: "a" },
      { name: "own", publicKeyPem, secretName: "own" },
      { name: "foreign", publicKeyPem },
    ];
    new PlaybackKeyRing(stack, "ring", entries).grantSign(role);
    const [, ...statements] = JSON.parse(template(stack).resource(IamRolePolicy).policy as string).Statement;
    expect(statements).toMatchObject([
      { Sid: "SignPlaybackTokens", Resource: ["${aws_kms_key.ring_a_Key.arn}"] },
      { Sid: "ReadSigningKey", Resource: [expect.stringMatching(/:secret:own-\?{6}$/)] },
    ]);
  });

  it("refuses a fourth pair", () => {
    expect(() => ringOf("a", "b", "c", "d")).toThrow(
      "stack/ring, entries: must be at most 3 (service quota); got 4.  ERR_RING_FULL",
    );
  });
});
