import {
  CreateAdConfigurationCommand,
  CreatePlaybackRestrictionPolicyCommand,
  GetRecordingConfigurationCommand,
  GetStreamKeyCommand,
  ImportPlaybackKeyPairCommand,
  ListChannelsCommand,
  StartViewerSessionRevocationCommand,
} from "@aws-sdk/client-ivs";
import { expect, test } from "vitest";
import { newPublicKey, startIvs, stoppedClock } from "./fixture.ts";

/** An IVS with one of everything, in two regions. */
const filled = async () => {
  const clock = stoppedClock();
  const started = await startIvs({ now: clock.now, settleMilliseconds: 1000 });
  const { ivs, createChannel, createRecording } = started;
  const recording = await createRecording({ name: "archive" });
  const channel = await createChannel({ name: "alice", tags: { project: "onair" } });
  await ivs.send(new ImportPlaybackKeyPairCommand({ publicKeyMaterial: newPublicKey() }));
  await ivs.send(new CreatePlaybackRestrictionPolicyCommand({ allowedCountries: ["DE"] }));
  const playbackConfigurationArn = "arn:aws:mediatailor:eu-west-1:000000000000:playbackConfiguration/ads";
  await ivs.send(
    new CreateAdConfigurationCommand({ mediaTailorPlaybackConfigurations: [{ playbackConfigurationArn }] }),
  );
  await ivs.send(new StartViewerSessionRevocationCommand({ channelArn: channel.arn, viewerId: "viewer" }));
  return { ...started, clock, recording, channel };
};

test("everything survives being saved as JSON and restored elsewhere", async () => {
  const { service, channel, recording, clock } = await filled();
  const saved = JSON.parse(JSON.stringify(service.save()));
  const after = await startIvs({ now: clock.now });
  after.service.restore(saved);
  expect(after.service.save()).toEqual(saved);
  const { channels } = await after.ivs.send(new ListChannelsCommand({}));
  expect(channels).toMatchObject([{ arn: channel.arn, name: "alice", tags: { project: "onair" } }]);
  const { streamKey } = await after.ivs.send(new GetStreamKeyCommand({ arn: channel.streamKeyArn }));
  expect(streamKey?.channelArn).toBe(channel.arn);
  const stateOf = async () =>
    (await after.ivs.send(new GetRecordingConfigurationCommand({ arn: recording.arn }))).recordingConfiguration?.state;
  expect(await stateOf()).toBe("CREATING");
  clock.advance(1000);
  expect(await stateOf()).toBe("ACTIVE");
});

test("a page token is good after a restart", async () => {
  const { service, ivs, createChannel } = await startIvs();
  const arns = [(await createChannel()).arn, (await createChannel()).arn].sort();
  const { nextToken } = await ivs.send(new ListChannelsCommand({ maxResults: 1 }));
  const after = await startIvs();
  after.service.restore(JSON.parse(JSON.stringify(service.save())));
  const { channels } = await after.ivs.send(new ListChannelsCommand({ nextToken }));
  expect(channels?.map(({ arn }) => arn)).toEqual([arns[1]]);
});

test("the revision grows with changes, and not with reads or refusals", async () => {
  const { service, ivs, createChannel, createRecording } = await startIvs();
  expect(service.revision).toBe(0);
  const { streamKeyArn } = await createChannel();
  const { revision } = service;
  expect(revision).toBeGreaterThan(0);
  await ivs.send(new ListChannelsCommand({}));
  await ivs.send(new GetStreamKeyCommand({ arn: streamKeyArn }));
  await expect(createChannel({ name: "not a name" })).rejects.toThrow();
  await expect(createRecording({ recordingReconnectWindowSeconds: 301 })).rejects.toThrow();
  expect(service.revision).toBe(revision);
});
