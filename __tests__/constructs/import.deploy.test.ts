import { generateKeyPairSync } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import {
  CreateChannelCommand,
  ImportPlaybackKeyPairCommand,
  IvsClient,
  ListPlaybackKeyPairsCommand,
} from "@aws-sdk/client-ivs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientOptions, type DeployedCloud, deployedCloud } from "#__tests__/support/deployed.ts";
import { type SmallStack, smallStack } from "#__tests__/support/small-stack.ts";
import { Channel } from "#constructs/ivs/channel.ts";
import { PlaybackKeyPair } from "#constructs/ivs/playback-key-pair.ts";

let deployed: DeployedCloud;
let ivs: IvsClient;
let stack: SmallStack;
let channelArn: string;
let keyPairArn: string;
let pair: string;

beforeAll(async () => {
  deployed = await deployedCloud();
  ivs = new IvsClient(clientOptions(deployed.cloud));
  const { publicKey } = generateKeyPairSync("ec", {
    namedCurve: "P-384",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const settings = { type: "BASIC", latencyMode: "NORMAL", authorized: true } as const;
  const { channel } = await ivs.send(new CreateChannelCommand({ name: "by-hand", ...settings }));
  const { keyPair } = await ivs.send(
    new ImportPlaybackKeyPairCommand({ name: "by-hand", publicKeyMaterial: publicKey }),
  );
  channelArn = String(channel?.arn);
  keyPairArn = String(keyPair?.arn);
  stack = smallStack(deployed, "imported", { tags: { project: "onair" } }, (scope) => {
    const made = new Channel(scope, "stage", { name: "by-hand", ...settings });
    made.resource.importFrom(channelArn);
    // Another spelling of the same key, as somebody would paste it.
    const key = new PlaybackKeyPair(scope, "key", {
      name: "by-hand",
      publicKeyPem: `${publicKey.replaceAll("\n", "\r\n")}\n`,
    });
    pair = `${key.resource.terraformResourceType}.${key.resource.friendlyUniqueId}`;
  });
  await stack.init();
});
afterAll(() => deployed[Symbol.asyncDispose]());

interface Planned {
  readonly address: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly importing?: { readonly id: string };
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>>;
  };
}

/** What a plan takes over or changes, with the attributes that get another value. */
async function planned(): Promise<unknown[]> {
  await stack.terraform.must("plan", "-input=false", "-no-color", "-out=plan");
  const { resource_changes } = JSON.parse(await stack.terraform.must("show", "-json", "plan"));
  return (resource_changes as Planned[])
    .filter(({ change }) => change.importing || change.actions.join() !== "no-op")
    .map(({ address, change: { actions, importing, before, after } }) => ({
      address: address.replace(/_[0-9A-F]{8}$/, ""),
      actions,
      ...(importing && { importing: importing.id }),
      changes: before && Object.keys(after).filter((key) => !isDeepStrictEqual(before[key], after[key])),
    }));
}

describe("what was made by hand", () => {
  it("is taken over by terraform import and by an import block: only the common tags are new to it", async () => {
    await stack.terraform.must("import", "-input=false", "-no-color", pair, keyPairArn);
    expect(await planned()).toEqual([
      { address: "aws_ivs_channel.stage", actions: ["update"], importing: channelArn, changes: ["tags_all"] },
      // The constructs' memories of the key and of the channel's privacy; nothing on AWS.
      { address: "terraform_data.key_MadeOf", actions: ["create"], changes: null },
      { address: "terraform_data.stage_Authorized", actions: ["create"], changes: null },
    ]);
  });

  it("is then as its configuration says: the key pair is neither changed nor replaced", async () => {
    await stack.terraform.must("apply", "-input=false", "-no-color", "plan");
    expect(await stack.isDeployed()).toBe(true);
    const { keyPairs } = await ivs.send(new ListPlaybackKeyPairsCommand({}));
    expect(keyPairs).toContainEqual(expect.objectContaining({ arn: keyPairArn, name: "by-hand" }));
  });
});
