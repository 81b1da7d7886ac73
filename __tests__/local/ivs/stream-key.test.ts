import {
  BatchGetStreamKeyCommand,
  CreateStreamKeyCommand,
  DeleteStreamKeyCommand,
  GetStreamKeyCommand,
  ListStreamKeysCommand,
} from "@aws-sdk/client-ivs";
import { expect, test } from "vitest";
import { refusalOf, startIvs } from "./fixture.ts";

test("a second stream key on a channel is above the quota", async () => {
  const { ivs, createChannel } = await startIvs();
  const { arn: channelArn } = await createChannel();
  expect(await refusalOf(ivs.send(new CreateStreamKeyCommand({ channelArn })))).toEqual({
    name: "ServiceQuotaExceededException",
    status: 402,
    message: "Quota exceeded: at most 1 stream key per channel",
  });
});

test("a stream key is reset by deleting it and creating another", async () => {
  const { ivs, createChannel } = await startIvs();
  const { arn: channelArn, streamKeyArn: arn } = await createChannel();
  const before = await ivs.send(new GetStreamKeyCommand({ arn }));
  const { $metadata } = await ivs.send(new DeleteStreamKeyCommand({ arn }));
  expect($metadata.httpStatusCode).toBe(204);
  expect(await refusalOf(ivs.send(new GetStreamKeyCommand({ arn })))).toMatchObject({ status: 404 });
  const { streamKey } = await ivs.send(new CreateStreamKeyCommand({ channelArn, tags: { reason: "leaked" } }));
  expect(streamKey).toMatchObject({ channelArn, tags: { reason: "leaked" } });
  expect(streamKey?.value).not.toBe(before.streamKey?.value);
});

test("a list of stream keys has no values", async () => {
  const { ivs, createChannel } = await startIvs();
  const { arn: channelArn, streamKeyArn } = await createChannel();
  const { streamKeys } = await ivs.send(new ListStreamKeysCommand({ channelArn }));
  expect(streamKeys).toEqual([{ arn: streamKeyArn, channelArn, tags: {} }]);
});

test("a list of stream keys pages by one where the request names no size", async () => {
  const { ivs, createChannel } = await startIvs({ quotas: { streamKeysPerChannel: 2 } });
  const { arn: channelArn } = await createChannel();
  await ivs.send(new CreateStreamKeyCommand({ channelArn }));
  const first = await ivs.send(new ListStreamKeysCommand({ channelArn }));
  expect(first.streamKeys).toHaveLength(1);
  const second = await ivs.send(new ListStreamKeysCommand({ channelArn, nextToken: first.nextToken }));
  expect(second.streamKeys).toHaveLength(1);
  expect(second.nextToken).toBeUndefined();
});

test("a batch answers values, and lists what does not exist", async () => {
  const { ivs, createChannel } = await startIvs();
  const { streamKeyArn } = await createChannel();
  const unknown = "arn:aws:ivs:eu-west-1:000000000000:stream-key/NoSuchOne123";
  const { streamKeys, errors } = await ivs.send(new BatchGetStreamKeyCommand({ arns: [streamKeyArn, unknown] }));
  expect(streamKeys).toMatchObject([{ arn: streamKeyArn, value: expect.stringMatching(/^sk_/) }]);
  expect(errors).toMatchObject([{ arn: unknown, code: "ResourceNotFoundException" }]);
});

test("a stream key sent in the wrong place is not repeated by the refusal", async () => {
  const { ivs, createChannel } = await startIvs();
  const { streamKeyArn: arn } = await createChannel();
  const { streamKey } = await ivs.send(new GetStreamKeyCommand({ arn }));
  const value = streamKey?.value ?? "";
  const refusal = await refusalOf(ivs.send(new GetStreamKeyCommand({ arn: value })));
  expect(refusal.name).toBe("ValidationException");
  expect(JSON.stringify(refusal)).not.toContain(value);
});
