import { IvsClient, ListChannelsCommand } from "@aws-sdk/client-ivs";
import { IvschatClient, ListRoomsCommand } from "@aws-sdk/client-ivschat";
import { ListBucketsCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientOptions, type DeployedCloud, deployedCloud } from "#__tests__/support/deployed.ts";
import { type SmallStack, smallStack } from "#__tests__/support/small-stack.ts";
import type { AwsStackProps } from "#constructs/core/aws-stack.ts";
import { PrivateBucket } from "#constructs/data/private-bucket.ts";
import { Channel } from "#constructs/ivs/channel.ts";
import { Room } from "#constructs/ivschat/room.ts";

let deployed: DeployedCloud;
let s3: S3Client;
let stack: SmallStack;
let before: Awaited<ReturnType<typeof inTheCloud>>;

beforeAll(async () => {
  deployed = await deployedCloud();
  s3 = new S3Client({ ...clientOptions(deployed.cloud), forcePathStyle: true });
  before = await inTheCloud();
});
afterAll(() => deployed[Symbol.asyncDispose]());

/** Writes a stack of a channel, its room and a bucket. */
function write(props: Partial<AwsStackProps>): void {
  stack = smallStack(deployed, "passing", props, (scope) => {
    new Channel(scope, "stage");
    new Room(scope, "lobby");
    // The provider waits a minute for a bucket's lifecycle rules to settle; nothing here is about them.
    new PrivateBucket(scope, "recordings").node.tryRemoveChild("Lifecycle");
  });
}

/** Everything of the stack's kinds that exists, whatever a state says. */
async function inTheCloud() {
  const options = clientOptions(deployed.cloud);
  const [{ Buckets = [] }, { channels = [] }, { rooms = [] }] = await Promise.all([
    s3.send(new ListBucketsCommand({})),
    new IvsClient(options).send(new ListChannelsCommand({ maxResults: 100 })),
    new IvschatClient(options).send(new ListRoomsCommand({ maxResults: 50 })),
  ]);
  return {
    buckets: Buckets.map(({ Name = "" }) => Name).sort(),
    channels: channels.map(({ name = "" }) => name).sort(),
    rooms: rooms.map(({ name = "" }) => name).sort(),
  };
}

const bucket = async () =>
  String((await inTheCloud()).buckets.find((name) => name.startsWith("test-passing-recordings-")));

const objects = async () =>
  (await s3.send(new ListObjectsV2Command({ Bucket: await bucket() }))).Contents?.map(({ Key }) => Key);

const destroy = () => stack.terraform.run("destroy", "-auto-approve", "-input=false", "-no-color");

/** Terraform wraps what it says. */
const unwrapped = (text: string) => text.replace(/\s+/g, " ");

describe("terraform destroy", () => {
  it("is refused for what is protected, by name", async () => {
    write({ protect: true });
    await stack.init();
    await stack.deploy();
    await s3.send(new PutObjectCommand({ Bucket: await bucket(), Key: "kept.txt", Body: "kept" }));
    const deployedThings = await inTheCloud();
    const { status, stderr } = await destroy();
    const refused = unwrapped(stderr).matchAll(/Resource (\S+)_[0-9A-F]{8} has lifecycle.prevent_destroy set/g);
    expect({ status, refused: [...refused].map(([, address]) => address) }).toEqual({
      status: 1,
      refused: ["aws_ivs_channel.stage", "aws_ivschat_room.lobby", "aws_s3_bucket.recordings"],
    });
    expect(await inTheCloud()).toEqual(deployedThings);
  });

  it("is refused for a bucket that holds objects, which are still there", async () => {
    write({ protect: false });
    const { status, stderr } = await destroy();
    expect({ status, stderr: unwrapped(stderr) }).toEqual({
      status: 1,
      stderr: expect.stringContaining("BucketNotEmpty"),
    });
    expect(await objects()).toEqual(["kept.txt"]);
  });

  it("leaves nothing behind where buckets may be emptied", async () => {
    write({ forceDestroyBuckets: true });
    await stack.deploy();
    expect(await objects()).toEqual(["kept.txt"]);
    expect(await destroy()).toMatchObject({ status: 0 });
    expect(await inTheCloud()).toEqual(before);
    expect(await stack.terraform.must("state", "list")).toBe("");
  });
});
