import { expect, it, vi } from "vitest";
import { startIngest } from "#local/media/rtmp/server.ts";
import { connectClient } from "./fixture/client.ts";
import * as encoder from "./fixture/encoder.ts";
import { GOOD_INGEST, mutate, RECORDED_KEY } from "./fixture/mutate.ts";
import { type Recorder, record, videoOf } from "./fixture/recorder.ts";

it("takes what ffmpeg sent, to its last picture", async () => {
  const recorder = record();
  const ingest = await startIngest({ port: 0, authorize: () => ({ accepted: recorder }), log: () => undefined });
  const client = connectClient(ingest.port);
  client.write(GOOD_INGEST);
  expect(await recorder.ended).toMatchObject({ code: "INGEST_UNPUBLISHED" });
  expect(
    recorder.units
      .map(({ kind }) => kind)
      .slice(0, 2)
      .sort(),
  ).toEqual(["audio-configuration", "video-configuration"]);
  expect(videoOf(recorder)).toHaveLength(20);
  expect(videoOf(recorder).filter(({ keyframe }) => keyframe)).toHaveLength(2);
  client.socket.destroy();
  await ingest.close();
});

it("survives a thousand damaged streams, leaves no connection behind, and disturbs no other stream", async () => {
  const steady = record();
  const others: Recorder[] = [];
  const lines: string[] = [];
  const limits = { idleMilliseconds: 60_000, publishMilliseconds: 60_000, lingerMilliseconds: 100 };
  const ingest = await startIngest({
    port: 0,
    limits,
    log: (line) => lines.push(line),
    authorize: (key) => {
      if (key === "steady") return { accepted: steady };
      const recorder = record();
      others.push(recorder);
      return { accepted: recorder };
    },
  });
  const good = connectClient(ingest.port);
  good.write(encoder.upToPublish("steady"));
  good.write(encoder.videoConfiguration());
  await good.told("NetStream.Publish.Start: The stream is accepted.");

  const streams = 1_000;
  const atOnce = 20;
  for (let seed = 0; seed < streams; seed += atOnce) {
    const clients = Array.from({ length: atOnce }, (_, index) => {
      const client = connectClient(ingest.port);
      client.socket.end(mutate(seed + index));
      return client;
    });
    good.write(encoder.picture(seed * 33, { keyframe: seed % 100 === 0 }));
    await Promise.all(clients.map(({ closed }) => closed));
  }

  await vi.waitFor(() => expect(videoOf(steady)).toHaveLength(streams / atOnce));
  expect(steady.ends).toEqual([]);
  expect(lines.filter((line) => line.includes("INGEST_INTERNAL"))).toEqual([]);
  await vi.waitFor(() => expect(ingest.connections).toBe(1));
  expect(others.length).toBeGreaterThan(streams / 2);
  expect(others.filter(({ ends }) => ends.length !== 1)).toEqual([]);
  expect(lines.join("\n")).not.toContain(RECORDED_KEY.slice(13, -4));
  good.socket.destroy();
  await ingest.close();
});
