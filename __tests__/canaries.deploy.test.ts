import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  BatchGetStreamKeyCommand,
  GetStreamKeyCommand,
  ImportPlaybackKeyPairCommand,
  IvsClient,
  ListStreamKeysCommand,
} from "@aws-sdk/client-ivs";
import { CreateChatTokenCommand, DisconnectUserCommand, IvschatClient } from "@aws-sdk/client-ivschat";
import { TerraformOutput, TerraformResource } from "cdktf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call } from "#__tests__/local/fixture/signature.ts";
import { clientOptions, type DeployedCloud, deployedCloud } from "#__tests__/support/deployed.ts";
import {
  filesWith,
  privateKeySecret,
  type Secret,
  secretsIn,
  signingKeyPair,
  textSecret,
} from "#__tests__/support/secrets.ts";
import { smallStack } from "#__tests__/support/small-stack.ts";
import type { AwsStack } from "#constructs/core/aws-stack.ts";
import { Channel } from "#constructs/ivs/channel.ts";
import { StreamKey } from "#constructs/ivs/stream-key.ts";

const MESSAGE = "nobody but the room reads this: free-money.example";

let deployed: DeployedCloud;
let channels: Record<string, { arn: string; room_arn: string }>;
let streamKeys: Secret[];
let others: Secret[];

beforeAll(async () => {
  deployed = await deployedCloud();
  const outputs = await deployed.terraform("platform").outputs();
  channels = outputs.channels?.value as typeof channels;
  streamKeys = await readStreamKeys();
  others = [await useChatToken(), await importPrivateKey(), await denyMessage(outputs.review_function_name?.value)];
});
afterAll(() => deployed[Symbol.asyncDispose]());

/** Reads the channels' keys in every way there is, and pastes one where another thing belongs. */
async function readStreamKeys(): Promise<Secret[]> {
  const ivs = new IvsClient(clientOptions(deployed.cloud));
  const keys = await Promise.all(
    Object.entries(channels).map(async ([name, { arn: channelArn }]) => {
      const { streamKeys = [] } = await ivs.send(new ListStreamKeysCommand({ channelArn }));
      const arn = String(streamKeys[0]?.arn);
      await ivs.send(new BatchGetStreamKeyCommand({ arns: [arn] }));
      const { streamKey } = await ivs.send(new GetStreamKeyCommand({ arn }));
      return textSecret(`stream key of ${name}`, String(streamKey?.value));
    }),
  );
  const [misplaced] = keys;
  const key = String(misplaced?.forms[0]);
  const refused = await ivs.send(new GetStreamKeyCommand({ arn: key })).catch((error: Error) => error);
  expect(refused).toBeInstanceOf(Error);
  expect(secretsIn(String(refused), keys)).toEqual([]);
  await fetch(`${deployed.cloud.endpoint}/app/${key}`);
  return keys;
}

async function useChatToken(): Promise<Secret> {
  const chat = new IvschatClient(clientOptions(deployed.cloud));
  const roomIdentifier = String(Object.values(channels)[0]?.room_arn);
  const { token = "" } = await chat.send(new CreateChatTokenCommand({ roomIdentifier, userId: "viewer" }));
  await chat.send(new DisconnectUserCommand({ roomIdentifier, userId: token })).catch(() => undefined);
  await fetch(deployed.cloud.endpoint, { headers: { "sec-websocket-protocol": token } });
  return textSecret("chat token", token);
}

/** Somebody imports the wrong half. */
async function importPrivateKey(): Promise<Secret> {
  const ivs = new IvsClient(clientOptions(deployed.cloud));
  const { privateKey } = signingKeyPair();
  const secret = privateKeySecret("private key", privateKey);
  const publicKeyMaterial = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  expect(secretsIn(publicKeyMaterial, [secret])).toEqual(["private key"]);
  const refused = await ivs
    .send(new ImportPlaybackKeyPairCommand({ publicKeyMaterial }))
    .catch((error: Error) => error);
  expect(refused).toBeInstanceOf(Error);
  expect(secretsIn(String(refused), [secret])).toEqual([]);
  return secret;
}

/** It is too long: the function denies it, and says so in its log. */
async function denyMessage(functionName: unknown): Promise<Secret> {
  const { endpoint, region, credentials } = clientOptions(deployed.cloud);
  const path = `/2015-03-31/functions/${functionName}/invocations`;
  const body = JSON.stringify({ Content: MESSAGE.repeat(20) });
  const { text } = await call({ endpoint, region, service: "lambda", path, body }, credentials);
  expect(JSON.parse(text)).toMatchObject({ ReviewResult: "DENY" });
  return textSecret("chat message", MESSAGE);
}

/** A stack that gives an encoder its key. */
const withEncoder = (channelArn: string) => (scope: AwsStack) => {
  const { value } = new StreamKey(scope, "key", Channel.fromChannelArn(scope, channelArn));
  const encoder = new TerraformResource(scope, "encoder", { terraformResourceType: "terraform_data" });
  encoder.addOverride("input", { address: "rtmps://encoder.example", key: value });
  new TerraformOutput(scope, "stream_key", { value, sensitive: true });
};

describe("a stream key, a private key, a chat token, a message", () => {
  it("are in no file of the cloud's but the one by which the service knows its stream keys again", async () => {
    await deployed.cloud.save();
    const found = filesWith(join(deployed.folder, "cloud"), [...streamKeys, ...others]);
    // The states of Terraform are among the files, in the bucket that holds them.
    expect(filesWith(join(deployed.folder, "cloud"), [textSecret("state", "aws_ivs_channel")])).toContainEqual(
      expect.stringMatching(/\/onair\/dev\/platform\.tfstate: state$/),
    );
    // Encoders keep their keys over a restart, so the engine's saved state has them; only its owner may read it.
    expect(found.filter((line) => !/^generations\/\d+\/engines\/ivs\.json: stream key of /.test(line))).toEqual([]);
    expect(found).not.toEqual([]);
    expect(statSync(join(deployed.folder, "cloud/generations")).mode & 0o777).toBe(0o700);
  });

  it("are in nothing that is synthesized, planned or put out", async () => {
    const platform = deployed.terraform("platform");
    const said = [
      await platform.must("plan", "-input=false", "-no-color", "-out=plan"),
      await platform.must("show", "-json", "plan"),
      await platform.must("output", "-json"),
    ];
    expect(secretsIn(said.join("\n"), [...streamKeys, ...others])).toEqual([]);
    expect(filesWith(deployed.output, [...streamKeys, ...others])).toEqual([]);
  });
});

describe("a stack that gives an encoder its stream key", () => {
  it("plans and applies without showing it; only its state has it", async () => {
    const stack = smallStack(deployed, "encoder", {}, withEncoder(String(channels["main-stage"]?.arn)));
    await stack.init();
    const said = [
      await stack.terraform.must("plan", "-input=false", "-no-color"),
      await stack.deploy().then(() => readFileSync(join(deployed.folder, "cloud/logs/deploy.log"), "utf8")),
      await stack.terraform.must("output", "-no-color"),
    ];
    expect(said[0]).toMatch(/key +=\s\(sensitive value\)/);
    expect(said[1]).toContain("terraform_data.encoder: Creation complete");
    expect(said[2]).toContain("stream_key = <sensitive>");
    expect(secretsIn(said.join("\n"), streamKeys)).toEqual([]);
    expect(secretsIn(await stack.terraform.must("state", "pull"), streamKeys)).toEqual(["stream key of main-stage"]);
  });
});

describe("the account's secret on this machine", () => {
  it("is in no file but its own and the environment of this cloud", async () => {
    const root = textSecret("root secret", readFileSync(join(deployed.folder, "cloud/root-secret"), "utf8"));
    expect(filesWith(deployed.folder, [root])).toEqual([
      "cloud/cloud.env: root secret",
      "cloud/root-secret: root secret",
    ]);
  });
});
