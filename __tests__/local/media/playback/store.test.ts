import {
  BatchStartViewerSessionRevocationCommand,
  CreatePlaybackRestrictionPolicyCommand,
  DeletePlaybackKeyPairCommand,
  ImportPlaybackKeyPairCommand,
  StartViewerSessionRevocationCommand,
} from "@aws-sdk/client-ivs";
import { exportSPKI, generateKeyPair } from "jose";
import { expect, test } from "vitest";
import { checkPlayback, checkSession } from "#local/media/playback/check-playback.ts";
import { createPlaybackMemory } from "#local/media/playback/memory.ts";
import { createPlaybackStore } from "#local/media/playback/store.ts";
import { startIvs } from "../../ivs/fixture.ts";
import { now, pair, pem, requestFrom, sign, channelArn as unknownChannel } from "./fixture.ts";

/** A private channel as the API makes it, and whether a token with these claims opens it. */
const startPrivate = async () => {
  const { service, ivs, createChannel } = await startIvs();
  const store = createPlaybackStore(() => service.state);
  const memory = createPlaybackMemory(store.revokedUpTo, () => now);
  const { arn } = await createChannel({ authorized: true });
  const open = async (claims = {}, key = pair.privateKey) => {
    const channel = store.channel(arn);
    if (channel === undefined) throw new Error("no channel");
    const token = await sign({ "aws:channel-arn": arn, ...claims }, {}, key);
    const verdict = checkPlayback(token, channel, store.keys(arn), requestFrom(), memory);
    const goesOn = () => verdict.allowed && checkSession(verdict.session, channel, requestFrom(), memory).allowed;
    return { allowed: verdict.allowed, goesOn };
  };
  const importKey = async (publicKeyMaterial: string) => {
    const { keyPair } = await ivs.send(new ImportPlaybackKeyPairCommand({ publicKeyMaterial }));
    return keyPair?.arn;
  };
  return { service, ivs, store, arn, open, importKey, createChannel };
};

test("a token counts from the import of its key to the key's deletion", async () => {
  const { ivs, open, importKey } = await startPrivate();
  expect((await open()).allowed).toBe(false);
  const first = await importKey(pem);
  expect((await open()).allowed).toBe(true);
  const next = await generateKeyPair("ES384", { extractable: true });
  await importKey(await exportSPKI(next.publicKey));
  expect([(await open()).allowed, (await open({}, next.privateKey)).allowed]).toEqual([true, true]);
  await ivs.send(new DeletePlaybackKeyPairCommand({ arn: first }));
  expect([(await open()).allowed, (await open({}, next.privateKey)).allowed]).toEqual([false, true]);
});

test("StartViewerSessionRevocation and its batch stop the sessions they name", async () => {
  const { ivs, arn: channelArn, open, importKey } = await startPrivate();
  await importKey(pem);
  const [ann, bob, eve] = await Promise.all(["ann", "bob", "eve"].map((id) => open({ "aws:viewer-id": id })));
  await ivs.send(new StartViewerSessionRevocationCommand({ channelArn, viewerId: "ann" }));
  const viewerSessions = [{ channelArn, viewerId: "bob", viewerSessionVersionsLessThanOrEqualTo: 2 }];
  await ivs.send(new BatchStartViewerSessionRevocationCommand({ viewerSessions }));
  expect([ann?.goesOn(), bob?.goesOn(), eve?.goesOn()]).toEqual([false, false, true]);
  const versions = [2, 3].map((version) => open({ "aws:viewer-id": "bob", "aws:viewer-session-version": version }));
  expect((await Promise.all(versions)).map(({ allowed }) => allowed)).toEqual([false, true]);
});

test("a channel's restriction policy comes with it", async () => {
  const { ivs, store, createChannel } = await startPrivate();
  const input = { allowedCountries: ["DE"], allowedOrigins: ["https://live.example.com"] };
  const { playbackRestrictionPolicy: policy } = await ivs.send(new CreatePlaybackRestrictionPolicyCommand(input));
  const { arn } = await createChannel({ playbackRestrictionPolicyArn: policy?.arn });
  expect(store.channel(arn)).toMatchObject({ arn, authorized: false, restrictionPolicy: input });
});

test("an unknown channel, or one of an unknown place, is nothing and leaves nothing behind", async () => {
  const { service, store } = await startPrivate();
  const places = service.state.places().length;
  for (const arn of [unknownChannel, unknownChannel.replace("eu-west-1", "eu-west-9"), "../../etc/passwd", ""]) {
    expect([store.channel(arn), store.keys(arn).length, store.revokedUpTo(arn, "bob")]).toEqual([
      undefined,
      0,
      undefined,
    ]);
  }
  expect(service.state.places().length).toBe(places);
});
