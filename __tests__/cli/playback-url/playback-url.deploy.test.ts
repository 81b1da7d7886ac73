import { createPublicKey, type KeyObject } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateAliasCommand, CreateKeyCommand, GetPublicKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { compactVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientOptions } from "#__tests__/support/deployed.ts";
import { spawnGroup } from "#__tests__/support/spawned.ts";
import { type KeyPair, makeKeyPair } from "#cli/keys/private-key.ts";
import { readClaims } from "#local/media/playback/claims.ts";
import { readToken } from "#local/media/playback/token.ts";
import { type OwnPlatform, ownPlatform } from "../users/fixture/own-platform.ts";

let platform: OwnPlatform;
let kms: KMSClient;
let secrets: SecretsManagerClient;
let channelArn: string;
let kmsKey: { readonly arn: string; readonly publicKey: KeyObject };
let ours: KeyPair;

const kmsRow = () => ({ name: "first", kind: "kms", key_arn: kmsKey.arn });
const secretRow = () => ({
  ...{ name: "ours", kind: "secret", secret_name: "ours" },
  fingerprint: ours.fingerprint,
});
const kmsType = ["object", { name: "string", kind: "string", key_arn: "string" }];
const secretType = ["object", { name: "string", kind: "string", secret_name: "string", fingerprint: "string" }];

beforeAll(async () => {
  platform = await ownPlatform();
  const options = clientOptions(platform.own.cloud);
  [kms, secrets] = [new KMSClient(options), new SecretsManagerClient(options)];
  channelArn = (await platform.own.createChannel({ name: "backstage", authorized: true })).arn;
  await platform.own.createChannel({ name: "main-stage" });
  const made = await kms.send(new CreateKeyCommand({ KeyUsage: "SIGN_VERIFY", KeySpec: "ECC_NIST_P384" }));
  const { KeyId = "", Arn = "" } = made.KeyMetadata ?? {};
  await kms.send(new CreateAliasCommand({ AliasName: "alias/tokens", TargetKeyId: KeyId }));
  const { PublicKey = new Uint8Array() } = await kms.send(new GetPublicKeyCommand({ KeyId }));
  const publicKey = createPublicKey({ key: Buffer.from(PublicKey), format: "der", type: "spki" });
  kmsKey = { arn: Arn, publicKey };
  ours = makeKeyPair();
  await secrets.send(new CreateSecretCommand({ Name: "ours", SecretString: ours.privatePem }));
  platform.tell({
    playback_key_ring: [
      [kmsRow(), secretRow()],
      ["tuple", [kmsType, secretType]],
    ],
  });
});
afterAll(async () => {
  kms?.destroy();
  secrets?.destroy();
  await platform?.[Symbol.asyncDispose]();
});

const spki = (key: KeyObject) => key.export({ type: "spki", format: "pem" }).toString();
/** The token of what was printed, taken by two readers that know nothing of the command. */
async function readBy(output: string, publicKey: KeyObject) {
  const [, token = ""] = /^\S+\.m3u8\?token=(\S+)\n$/.exec(output) ?? [];
  const { payload } = await compactVerify(token, publicKey, { algorithms: ["ES384"] });
  const claims = readToken(token, [spki(publicKey)]);
  expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(claims);
  return { token, claims, read: readClaims(claims, Date.now()) };
}

describe("onair playback-url", () => {
  it("prints an address alone, by the platform's first key, and says beside it what it is good for", async () => {
    const { code, output, errors } = await platform.onair(
      ...["playback-url", "--channel", "backstage", "--expires-in", "30m", "--origin", "https://live.example.com"],
    );
    expect({ code, errors }).toMatchObject({ code: 0 });
    const { token, read } = await readBy(output, kmsKey.publicKey);
    expect(read).toMatchObject({ channelArn, originRule: { origins: ["https://live.example.com"], strict: false } });
    expect(Math.abs(read.expires - Date.now() / 1000 - 1800)).toBeLessThan(30);
    expect(errors).toMatch(/^Target: the local cloud at /);
    expect(errors).toContain(`Channel: backstage (${channelArn})\nSigned by: KMS key ${kmsKey.arn}\n`);
    expect(errors).toMatch(/\nBegins playback until .*, in 30 min; what plays goes on\.\nA secret until then: /);
    expect(errors).not.toContain(token);
  });

  it("needs no platform with a channel's ARN and a key of KMS, in the words of the walkthrough", async () => {
    platform.tell({});
    const words = ["--keyId", "alias/tokens", "--channelArn", channelArn, "--expiresIn", "600"];
    const { code, output } = await platform.onair("playback-url", ...words, "--viewer-id", "v", "--single-use");
    platform.tell({
      playback_key_ring: [
        [kmsRow(), secretRow()],
        ["tuple", [kmsType, secretType]],
      ],
    });
    expect(code).toBe(0);
    const { read } = await readBy(output, kmsKey.publicKey);
    expect(read).toMatchObject({ viewerId: "v", singleUseId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(read.expires - Math.floor(Date.now() / 1000)).toBeLessThanOrEqual(600);
  });

  it("signs by a secret where the platform's first key is in one", async () => {
    platform.tell({
      playback_key_ring: [
        [secretRow(), kmsRow()],
        ["tuple", [secretType, kmsType]],
      ],
    });
    const { code, output, errors } = await platform.onair(
      "playback-url",
      "--channel",
      "backstage",
      "--expires-in",
      "60",
    );
    expect(code).toBe(0);
    expect(errors).toContain("Signed by: secret ours\n");
    await readBy(output, createPublicKey(ours.publicPem));
  });

  it("says that a public channel needs none", async () => {
    const { code, errors } = await platform.onair("playback-url", "--channel", "main-stage", "--expires-in", "60");
    expect(code).toBe(0);
    expect(errors).toContain("The channel is public: it plays without a token, too.\n");
  });

  it.each([
    [["--key-id", "alias/none"], "KEY_UNKNOWN"],
    [["--viewer-id", "v".repeat(41)], "USAGE"],
  ])("prints nothing where it cannot: %j", async (words, code) => {
    const { output, errors } = await platform.onair(
      ...["playback-url", "--channel", "backstage", "--expires-in", "60", ...words],
    );
    expect(output).toBe("");
    expect(errors).toMatch(new RegExp(`  ${code}\n$`));
  });

  it("signs with no key of another kind", async () => {
    const made = await kms.send(new CreateKeyCommand({ KeyUsage: "SIGN_VERIFY", KeySpec: "ECC_NIST_P256" }));
    const { output, errors } = await platform.onair(
      ...["playback-url", "--channel", "backstage", "--expires-in", "60", "--key-id", String(made.KeyMetadata?.KeyId)],
    );
    expect(output).toBe("");
    expect(errors).toMatch(/ signs no playback tokens\.\n.* {2}KEY_UNUSABLE\n$/s);
  });
});

describe("onair token inspect", () => {
  const printed = async (...words: readonly string[]) =>
    (await platform.onair("playback-url", "--channel", "backstage", "--expires-in", "60", ...words)).output.trim();

  beforeAll(() => {
    platform.tell({
      playback_key_ring: [
        [secretRow(), kmsRow()],
        ["tuple", [secretType, kmsType]],
      ],
    });
  });

  it("names the key of the platform that signed", async () => {
    const address = await printed("--key-id", kmsKey.arn);
    const { code, output, errors } = await platform.onair("token", "inspect", address);
    expect({ code, errors }).toMatchObject({ code: 0 });
    expect(output).toContain("\nSignature: good, by key first of the platform\nNothing is wrong with it.\n");
    expect(output).toContain(`plays ${channelArn}, and nothing else\n`);
    expect(output + errors).not.toContain(address.slice(-100));
  });

  it("says that a key was not tried whose public half is nowhere", async () => {
    const { code, output, errors } = await platform.onair("token", "inspect", await printed());
    expect(code).toBe(1);
    expect(errors).toContain("The key ours of the platform was not tried: ");
    expect(output).toContain("Signature: by none of the keys that were tried\n");
  });

  it("checks by a public key, and says it as JSON", async () => {
    const file = join(platform.own.folder, "public.pem");
    writeFileSync(file, ours.publicPem);
    const address = await printed();
    const good = await platform.onair("token", "inspect", address, "--public-key", file, "--json");
    expect(JSON.parse(good.output)).toMatchObject({
      ...{ command: "token", status: "ok" },
      data: { claims: { "aws:channel-arn": channelArn }, signature: { state: "signed", key: file }, faults: [] },
    });
    const bad = await platform.onair("token", "inspect", address, "--key-id", "alias/tokens", "--json");
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.output)).toMatchObject({
      status: "error",
      error: { code: "TOKEN_UNUSABLE", message: "One thing is wrong with this token." },
      data: { faults: [{ claim: "signature", rule: "must be by KMS key alias/tokens", got: "another" }] },
    });
  });

  it("says so where nothing is there to check it by", async () => {
    platform.tell({});
    const { code, output } = await platform.onair("token", "inspect", await printed("--key-id", "alias/tokens"));
    expect(code).toBe(0);
    expect(output).toContain(
      "Signature: not checked: The platform that is deployed does not say which playback keys it has.\n",
    );
  });

  it("reads stdin, so that a token need not stand in a shell's history", async () => {
    const address = await printed("--key-id", "alias/tokens");
    const folder = join(platform.own.folder, "none");
    mkdirSync(folder, { recursive: true });
    const script = `printf %s "$TOKEN" | "$ONAIR" token inspect - --folder "$FOLDER"`;
    const program = join(import.meta.dirname, "../../../cli/onair.mjs");
    const { ended, output } = spawnGroup("sh", ["-c", script], {
      env: { ...process.env, TOKEN: address, ONAIR: program, FOLDER: folder },
    });
    expect(await ended).toBe(0);
    expect(output()).toMatch(/Signature: not checked: No local cloud runs in .*\nNothing is wrong with it\.\n$/);
  });
});
