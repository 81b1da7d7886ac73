import {
  CreatePlaybackRestrictionPolicyCommand,
  GetChannelCommand,
  ImportPlaybackKeyPairCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-ivs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { newPublicKey, refusalOf, startIvs } from "./fixture.ts";

const tagText = (length: { minLength?: number; maxLength: number }) =>
  fc.string({ unit: fc.constantFrom(..."abcXYZ019_.:/=+-@ äλ字"), ...length });
const tagKey = tagText({ minLength: 1, maxLength: 128 }).filter((key) => !key.toLowerCase().startsWith("aws:"));
const tags = (minKeys: number) => fc.dictionary(tagKey, tagText({ maxLength: 256 }), { minKeys, maxKeys: 10 });

test("tags come back as they were put, merged and removed, for any legal text", async () => {
  const { ivs, createChannel } = await startIvs();
  await fc.assert(
    fc.asyncProperty(tags(0), tags(1), async (first, second) => {
      const { arn: resourceArn } = await createChannel({ tags: first });
      await ivs.send(new TagResourceCommand({ resourceArn, tags: second }));
      const merged = { ...first, ...second };
      expect((await ivs.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual(merged);
      expect((await ivs.send(new GetChannelCommand({ arn: resourceArn }))).channel?.tags).toEqual(merged);
      await ivs.send(new UntagResourceCommand({ resourceArn, tagKeys: Object.keys(second) }));
      const left = Object.entries(first).filter(([key]) => !(key in second));
      const { tags: shown } = await ivs.send(new ListTagsForResourceCommand({ resourceArn }));
      expect(shown).toEqual(Object.fromEntries(left));
    }),
    { numRuns: 25 },
  );
});

test("every kind of resource has tags", async () => {
  const { ivs, createChannel, createRecording } = await startIvs();
  const channel = await createChannel();
  const policy = await ivs.send(new CreatePlaybackRestrictionPolicyCommand({}));
  const pair = await ivs.send(new ImportPlaybackKeyPairCommand({ publicKeyMaterial: newPublicKey() }));
  const arns = [
    channel.arn,
    channel.streamKeyArn,
    (await createRecording()).arn,
    policy.playbackRestrictionPolicy?.arn,
    pair.keyPair?.arn,
  ];
  for (const resourceArn of arns) {
    await ivs.send(new TagResourceCommand({ resourceArn, tags: { project: "onair" } }));
    const { tags: shown } = await ivs.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(shown).toEqual({ project: "onair" });
  }
});

test("a resource has at most 50 tags", async () => {
  const { ivs, createChannel } = await startIvs();
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key${index}`, "value"]));
  const { arn: resourceArn } = await createChannel({ tags: many });
  await ivs.send(new TagResourceCommand({ resourceArn, tags: { key1: "other" } }));
  expect(await refusalOf(ivs.send(new TagResourceCommand({ resourceArn, tags: { another: "one" } })))).toMatchObject({
    name: "ValidationException",
    message: expect.stringContaining("A resource has at most 50 tags, this would make 51"),
  });
});

test("keys that AWS keeps for itself are refused, on a new resource too", async () => {
  const { ivs, createChannel } = await startIvs();
  const { arn: resourceArn } = await createChannel();
  const message = expect.stringContaining("Tag keys must not begin with aws:");
  const reserved = { "aws:project": "onair" };
  expect(await refusalOf(createChannel({ tags: reserved }))).toMatchObject({ status: 400, message });
  expect(await refusalOf(ivs.send(new TagResourceCommand({ resourceArn, tags: reserved })))).toMatchObject({ message });
});

test("a resource that does not exist has no tags", async () => {
  const { ivs } = await startIvs();
  const resourceArn = "arn:aws:ivs:eu-west-1:000000000000:channel/NoSuchOne123";
  for (const call of [
    ivs.send(new ListTagsForResourceCommand({ resourceArn })),
    ivs.send(new TagResourceCommand({ resourceArn, tags: { a: "b" } })),
    ivs.send(new UntagResourceCommand({ resourceArn, tagKeys: ["a"] })),
  ]) {
    expect(await refusalOf(call)).toMatchObject({ name: "ResourceNotFoundException", status: 404 });
  }
});
