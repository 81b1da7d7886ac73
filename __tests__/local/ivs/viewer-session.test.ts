import {
  BatchStartViewerSessionRevocationCommand,
  DeleteChannelCommand,
  StartViewerSessionRevocationCommand,
} from "@aws-sdk/client-ivs";
import { expect, test } from "vitest";
import { refusalOf, startIvs, stoppedClock } from "./fixture.ts";

const unknownArn = "arn:aws:ivs:eu-west-1:000000000000:channel/NoSuchOne123";

test("a revocation is recorded, with the highest version asked for", async () => {
  const { service, ivs, createChannel } = await startIvs({ now: stoppedClock().now });
  const { arn: channelArn } = await createChannel();
  const viewerId = "viewer-1";
  for (const viewerSessionVersionsLessThanOrEqualTo of [7, undefined]) {
    const input = { channelArn, viewerId, viewerSessionVersionsLessThanOrEqualTo };
    const { $metadata } = await ivs.send(new StartViewerSessionRevocationCommand(input));
    expect($metadata.httpStatusCode).toBe(200);
  }
  const { viewerSessionRevocations } = service.state.in("000000000000", "eu-west-1");
  expect(viewerSessionRevocations.all()).toEqual([
    { channelArn, viewerId, versionsUpTo: 7, time: "2026-01-02T03:04:05.000Z" },
  ]);
  await ivs.send(new DeleteChannelCommand({ arn: channelArn }));
  expect(viewerSessionRevocations.all()).toEqual([]);
});

test("a revocation on a channel that does not exist is refused", async () => {
  const { ivs } = await startIvs();
  const command = new StartViewerSessionRevocationCommand({ channelArn: unknownArn, viewerId: "viewer-1" });
  expect(await refusalOf(ivs.send(command))).toMatchObject({ name: "ResourceNotFoundException", status: 404 });
});

test("a batch revokes what it can and lists the rest", async () => {
  const { service, ivs, createChannel } = await startIvs();
  const { arn: channelArn } = await createChannel();
  const viewerSessions = [
    { channelArn: unknownArn, viewerId: "viewer-1" },
    { channelArn, viewerId: "viewer-2" },
  ];
  const { errors } = await ivs.send(new BatchStartViewerSessionRevocationCommand({ viewerSessions }));
  expect(errors).toEqual([
    {
      channelArn: unknownArn,
      viewerId: "viewer-1",
      code: "ResourceNotFoundException",
      message: `Resource: ${unknownArn} not found`,
    },
  ]);
  const { viewerSessionRevocations } = service.state.in("000000000000", "eu-west-1");
  expect(viewerSessionRevocations.all()).toMatchObject([{ viewerId: "viewer-2", versionsUpTo: 0 }]);
});

test("more than 20 viewers in one batch are refused", async () => {
  const { ivs } = await startIvs();
  const viewerSessions = Array.from({ length: 21 }, (_, index) => ({ channelArn: unknownArn, viewerId: `v${index}` }));
  expect(await refusalOf(ivs.send(new BatchStartViewerSessionRevocationCommand({ viewerSessions })))).toMatchObject({
    name: "ValidationException",
    message: expect.stringContaining("number of items less than or equal to 20, got 21"),
  });
});
