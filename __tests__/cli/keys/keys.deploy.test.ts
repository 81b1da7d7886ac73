import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { LambdaClient, UpdateFunctionConfigurationCommand, waitUntilFunctionUpdatedV2 } from "@aws-sdk/client-lambda";
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { clientOptions } from "#__tests__/support/deployed.ts";
import { fingerprintOf } from "#aws/playback/fingerprint.ts";
import { createSecretSigner } from "#aws/playback/secret-signer.ts";
import { createKey } from "#cli/keys/create.ts";
import { importKey } from "#cli/keys/import.ts";
import { listKeys } from "#cli/keys/list.ts";
import { makeKeyPair } from "#cli/keys/private-key.ts";
import { rotateKeys } from "#cli/keys/rotate.ts";
import type { KeysOptions } from "#cli/keys/verb.ts";
import { projectRoot } from "#cli/project.ts";
import { keySecretName } from "#domain/playback/key-secret.ts";
import { readToken } from "#local/media/playback/token.ts";
import { type OwnPlatform, ownPlatform, said } from "../users/fixture/own-platform.ts";

const original = readFileSync(join(projectRoot, "cdktf.json"), "utf8");

let platform: OwnPlatform;
let secrets: SecretsManagerClient;
let kms: KMSClient;
let lambda: LambdaClient;
/** A checkout of the test's own, as far as settings go. */
let root: string;

beforeAll(async () => {
  platform = await ownPlatform({ "playback-token": "exports.handler = async () => ({});" });
  const options = clientOptions(platform.own.cloud);
  [secrets, kms, lambda] = [new SecretsManagerClient(options), new KMSClient(options), new LambdaClient(options)];
  root = join(platform.own.folder, "checkout");
  mkdirSync(root);
});
afterAll(async () => {
  vi.useRealTimers();
  for (const client of [secrets, kms, lambda]) client?.destroy();
  await platform?.[Symbol.asyncDispose]();
});
beforeEach(() => writeFileSync(join(root, "cdktf.json"), original));

const settings = () => readFileSync(join(root, "cdktf.json"), "utf8");
const ring = (): { name: string; publicKeyPem?: string }[] =>
  JSON.parse(settings()).context.environments.dev.playbackKeys;
const names = () => ring().map(({ name }) => name);
const keys = (
  command: (...all: Parameters<typeof createKey>) => Promise<number>,
  what: string,
  more: Partial<KeysOptions> = {},
) => said((terminal) => command(terminal, what, { folder: platform.own.folder, ...more }, root));
const rotate = (more: Partial<KeysOptions>) =>
  said((terminal) => rotateKeys(terminal, { folder: platform.own.folder, ...more }, root));
const held = async (name: string) =>
  String((await secrets.send(new GetSecretValueCommand({ SecretId: keySecretName("dev", name) }))).SecretString);

/** The middle of a private key: what no file and no output may hold. */
const core = (pem: string) => pem.split("\n")[2] ?? "";
const everyFile = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/state|generation|ministack/.test(entry.parentPath))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");

describe("onair keys create", () => {
  it("keeps the private half in a secret alone, and writes the public one as the last entry", async () => {
    const { code, output, errors } = await keys(createKey, "ours");
    expect({ code, errors }).toMatchObject({ code: 0 });
    const pem = await held("ours");
    expect(createPrivateKey(pem).asymmetricKeyDetails).toEqual({ namedCurve: "secp384r1" });
    const publicPem = String(createPublicKey(pem).export({ type: "spki", format: "pem" }));
    expect(ring()).toEqual([{ name: "first" }, { name: "ours", publicKeyPem: publicPem }]);
    expect(JSON.parse(output)).toEqual({ name: "ours", publicKeyPem: publicPem });
    expect(settings()).toBe(original.replace('[{ "name": "first" }]', `[{ "name": "first" }, ${output.trim()}]`));
    expect(core(pem).length).toBeGreaterThan(40);
    for (const text of [output, errors, settings(), everyFile(root), everyFile(join(platform.own.folder, "logs"))]) {
      expect(text).not.toContain(core(pem));
    }
    const { Tags } = await secrets.send(new DescribeSecretCommand({ SecretId: keySecretName("dev", "ours") }));
    expect(Tags).toEqual([{ Key: "onair:environment", Value: "dev" }]);
  });

  it("makes a key that the function signs with", async () => {
    await keys(createKey, "signs");
    const publicPem = String(ring()[1]?.publicKeyPem);
    const fingerprint = fingerprintOf(createPublicKey(publicPem));
    const signer = createSecretSigner({
      ...{ secrets, fingerprint, secretId: keySecretName("dev", "signs"), now: Date.now },
    });
    const claims = { "aws:channel-arn": "arn:aws:ivs:us-west-2:000000000000:channel/AbCdEf123456", exp: 4_000_000_000 };
    expect(readToken(await signer.sign(claims), [publicPem])).toEqual(claims);
  });

  it("overwrites neither a secret nor an entry", async () => {
    await secrets.send(new CreateSecretCommand({ Name: keySecretName("dev", "taken"), SecretString: "theirs" }));
    const taken = await keys(createKey, "taken");
    expect(taken.errors).toMatch(/There is a secret onair-dev\/playback-keys\/taken already, .*KEY_EXISTS\n$/s);
    expect(await held("taken")).toBe("theirs");
    expect((await keys(createKey, "first")).errors).toMatch(/has a key first\.\n.*KEY_EXISTS\n$/s);
    expect(settings()).toBe(original);
  });

  it("makes no secret for a name or a ring that the settings would refuse", async () => {
    expect((await keys(createKey, "2026-06")).errors).toMatch(
      /playbackKeys\[1\]\.name: "2026-06" .*SETTINGS_INVALID\n$/s,
    );
    await keys(createKey, "two");
    await keys(createKey, "three");
    expect((await keys(createKey, "four")).errors).toMatch(/is more than 3 playback keys .*SETTINGS_INVALID\n$/s);
    for (const name of ["2026-06", "four"]) await expect(held(name)).rejects.toThrow("can't find");
    expect(names()).toEqual(["first", "two", "three"]);
  });
});

describe("onair keys import", () => {
  const write = (name: string, pem: string) => {
    const file = join(platform.own.folder, name);
    writeFileSync(file, pem);
    return file;
  };

  it("takes a key of SEC1, and says to remove its file", async () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
    const file = write("sec1.pem", privateKey.export({ type: "sec1", format: "pem" }).toString());
    const { code, output, errors } = await keys(importKey, file, { name: "sec1" });
    expect({ code, errors }).toMatchObject({ code: 0, errors: expect.stringContaining(`Now remove ${file}: `) });
    expect(await held("sec1")).toBe(privateKey.export({ type: "pkcs8", format: "pem" }));
    expect(output + errors).not.toContain(core(await held("sec1")));
    expect(existsSync(file)).toBe(true);
  });

  it("removes the file once the secret was read back, and leaves no copy", async () => {
    const { privatePem } = makeKeyPair();
    const file = write("pkcs8.pem", privatePem);
    const { code, errors } = await keys(importKey, file, { name: "pkcs8", remove: true });
    expect({ code, errors }).toMatchObject({ code: 0, errors: expect.stringContaining(`Removed ${file}; `) });
    expect(existsSync(file)).toBe(false);
    expect(everyFile(root) + everyFile(join(platform.own.folder, "logs"))).not.toContain(core(privatePem));
  });

  it("gives the secret to a key whose public half is in the ring, and the same again changes nothing", async () => {
    const { privatePem, publicPem } = makeKeyPair();
    const entry = `{ "name": "known", "publicKeyPem": ${JSON.stringify(publicPem)} }`;
    const before = original.replace('{ "name": "first" }', entry);
    writeFileSync(join(root, "cdktf.json"), before);
    const file = write("known.pem", privatePem);
    for (const _ of [1, 2]) expect((await keys(importKey, file, { name: "known" })).code).toBe(0);
    expect(settings()).toBe(before);
    expect(await held("known")).toBe(privatePem);
    const other = write("other.pem", makeKeyPair().privatePem);
    expect((await keys(importKey, other, { name: "known" })).errors).toMatch(/KEY_EXISTS\n$/);
  });

  it("removes nothing that is no file", async () => {
    const file = write("linked.pem", makeKeyPair().privatePem);
    const link = join(platform.own.folder, "link.pem");
    symlinkSync(file, link);
    const { errors } = await keys(importKey, link, { name: "linked", remove: true });
    expect(errors).toMatch(/--remove deletes files, .*USAGE\n$/s);
    await expect(held("linked")).rejects.toThrow("can't find");
  });
});

const kmsType = ["object", { name: "string", kind: "string", key_arn: "string" }];
const secretType = ["object", { name: "string", kind: "string", secret_name: "string", fingerprint: "string" }];
/** Deploys the ring of the settings, as far as commands can tell: outputs, and the function's variables. */
async function deploy(): Promise<void> {
  const rows = await Promise.all(
    ring().map(async ({ name, publicKeyPem }) => {
      if (publicKeyPem === undefined) return { name, kind: "kms", key_arn: await kmsKeyOf(name) };
      const fingerprint = fingerprintOf(createPublicKey(publicKeyPem));
      return { name, kind: "secret", secret_name: keySecretName("dev", name), fingerprint };
    }),
  );
  platform.tell({
    playback_key_ring: [rows, ["tuple", rows.map(({ kind }) => (kind === "kms" ? kmsType : secretType))]],
    functions: [{ "playback-token": "playback-token" }, ["map", "string"]],
  });
  const FunctionName = "playback-token";
  const Variables = { PLAYBACK_KEYS: names().join(",") };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 30 }, { FunctionName });
}
const kmsKeys = new Map<string, string>();
async function kmsKeyOf(name: string): Promise<string> {
  const known = kmsKeys.get(name);
  if (known !== undefined) return known;
  const made = await kms.send(new CreateKeyCommand({ KeyUsage: "SIGN_VERIFY", KeySpec: "ECC_NIST_P384" }));
  const arn = String(made.KeyMetadata?.Arn);
  kmsKeys.set(name, arn);
  return arn;
}
/** Calls at a later time by this process's clock; the cloud's goes on as it does. */
async function later<Value>(minutes: number, work: () => Promise<Value>): Promise<Value> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minutes * 60_000 });
  return work().finally(() => vi.useRealTimers());
}

describe("onair keys rotate", () => {
  it("walks from a key of KMS to one in a secret, one step a call", async () => {
    await deploy();
    const step = (minutes = 0) => later(minutes, () => rotate({ new: "second", own: true }));
    const added = await step();
    expect(added).toMatchObject({ code: 0, output: expect.stringContaining("Added second to cdktf.json") });
    expect(added.output).toContain(
      "\nThe next plan makes key pair second; changes function playback-token and its policy; no other pair.\n",
    );
    expect(names()).toEqual(["first", "second"]);
    const edited = settings();
    expect((await step()).output).toContain("cdktf.json is ahead: it adds second.\n");
    expect(settings()).toBe(edited);
    await deploy();
    expect((await step()).output).toMatch(/^second is deployed; IVS may not know it everywhere before .* \(in /);
    expect((await step(5)).output).toContain("Made second the first key in cdktf.json");
    expect(names()).toEqual(["second", "first"]);
    expect((await step()).output).toMatch(/^cdktf\.json is ahead: second is to sign\.\n.*\nNot before /);
    await deploy();
    expect((await step(5)).output).toMatch(/^Tokens that first signed may begin playback until /);
    expect((await step(6)).output).toContain("Removed first from cdktf.json.\n");
    expect(names()).toEqual(["second"]);
    await deploy();
    expect((await step()).output).toBe("second signs, alone. Nothing is left to do.\n");
    expect(settings()).toBe(
      original.replace('{ "name": "first" }', JSON.stringify(ring()[0], null, 1).replaceAll(/\n\s*/g, " ")),
    );
  });

  it("says which secret is unused at the end, and deletes nothing", async () => {
    const { publicPem, privatePem } = makeKeyPair();
    await secrets.send(new CreateSecretCommand({ Name: keySecretName("dev", "old"), SecretString: privatePem }));
    const entry = `{ "name": "new" }, { "name": "old", "publicKeyPem": ${JSON.stringify(publicPem)} }`;
    writeFileSync(join(root, "cdktf.json"), original.replace('{ "name": "first" }', entry));
    await deploy();
    const { output } = await later(6, () => rotate({ new: "new" }));
    expect(output).toContain(
      "Once deployed, secret onair-dev/playback-keys/old is unused; it stays until you delete it.\n",
    );
    expect(await held("old")).toBe(privatePem);
  });

  it("signs with no key whose secret holds another, or is not there", async () => {
    const { publicPem, privatePem } = makeKeyPair();
    const entry = `{ "name": "first" }, { "name": "lost", "publicKeyPem": ${JSON.stringify(publicPem)} }`;
    const before = original.replace('{ "name": "first" }', entry);
    writeFileSync(join(root, "cdktf.json"), before);
    await deploy();
    const step = () => later(5, () => rotate({ new: "lost" }));
    const SecretId = keySecretName("dev", "lost");
    expect((await step()).errors).toMatch(
      /There is no secret onair-dev\/playback-keys\/lost: lost would sign nothing\./,
    );
    await secrets.send(new CreateSecretCommand({ Name: SecretId, SecretString: makeKeyPair().privatePem }));
    expect((await step()).errors).toMatch(/lost holds another key: lost would sign nothing\..*ROTATION_BLOCKED\n$/s);
    expect(settings()).toBe(before);
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: privatePem }));
    expect((await step()).output).toContain("Made lost the first key");
  });

  it("waits where it is told to", async () => {
    writeFileSync(
      join(root, "cdktf.json"),
      original.replace('{ "name": "first" }', '{ "name": "first" }, { "name": "b" }'),
    );
    await deploy();
    const almost = 5 - 3 / 60;
    const { output, errors } = await later(almost, () => rotate({ new: "b", wait: true }));
    expect(errors).toContain("Wait until IVS knows the key");
    expect(output).toContain("Made b the first key in cdktf.json");
  });

  it("stops where nothing was begun", async () => {
    await deploy();
    const { code, errors } = await rotate({});
    expect(code).toBe(1);
    expect(errors).toMatch(/Nothing is on its way: first signs, alone\.\n.*--new NAME\. {2}ROTATION_BLOCKED\n$/s);
  });
});

describe("onair keys list", () => {
  it("has what the settings say beside what is deployed", async () => {
    await deploy();
    await keys(createKey, "listed");
    const list = (json: boolean) => said((terminal) => listKeys(terminal, { folder: platform.own.folder, json }, root));
    const { code, output } = await list(true);
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      ...{ command: "keys", status: "ok", warnings: [] },
      data: {
        environment: "dev",
        keys: [
          {
            name: "first",
            keptIn: "kms",
            settings: 1,
            deployed: 1,
            fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
          },
          { name: "listed", keptIn: "secret", secretName: keySecretName("dev", "listed"), settings: 2, deployed: null },
        ],
      },
    });
    expect((await list(false)).output).toMatch(
      /^KEY +SETTINGS .*\nfirst +1, signs +1, signs +KMS .*\nlisted +2 +- +secret /,
    );
  });

  it("has the settings alone where nothing is deployed", async () => {
    platform.tell({});
    const { code, output, errors } = await said((terminal) =>
      listKeys(terminal, { folder: platform.own.folder }, root),
    );
    expect(code).toBe(0);
    expect(output).toMatch(/\nfirst +1, signs +- +KMS +-\n$/);
    expect(errors).toContain("What is deployed is not known: ");
  });
});
