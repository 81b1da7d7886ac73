import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { publish } from "#local/media/encoder/publish.ts";
import { startVideo, type Video } from "#local/video.ts";

const place = { accountId: "000000000000", region: "us-west-2" };

const start = async () => {
  const folder = mkdtempSync(join(tmpdir(), "onair-video-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const events: unknown[] = [];
  const video = await startVideo({
    ...{ folder, endpoint: "http://127.0.0.1:4566", ingestPort: 0, rates: "none", insecureIngest: "everywhere" },
    clients: {
      objects: { put: async () => {}, close: async () => {} },
      metrics: { put: async () => {}, close: async () => {} },
    },
    events: { emit: ({ detail }) => events.push(detail.event_name) },
    bucketRegion: async () => undefined,
    makeThumbnail: () => expect.fail(),
    ...{ report: () => {}, log: () => {} },
  });
  onTestFinished(video.stop);
  return { video, events };
};

const createChannel = async ({ ivs }: Video): Promise<string> => {
  const body = Buffer.from(JSON.stringify({ name: "stage" }));
  const call = { id: "1", method: "POST", path: "/CreateChannel", query: new URLSearchParams(), headers: {}, body };
  const answer = await ivs.handle({ ...call, ...place });
  return (answer.body as { streamKey: { value: string } }).streamKey.value;
};

test("an encoder that comes back before the saved channels do waits for them", async () => {
  const { video: before } = await start();
  const streamKey = await createChannel(before);
  const { video, events } = await start();
  const publishing = publish({ url: video.rtmpUrl, streamKey });
  publishing.catch(() => undefined);
  await sleep(100);
  video.ivs.restore(before.ivs.save());
  await video.recover();
  await (await publishing).end();
  await expect.poll(() => events).toEqual(["Session Created", "Session Ended"]);
});

test("an encoder that waits for a start which fails is let go", async () => {
  const { video } = await start();
  const publishing = publish({ url: video.rtmpUrl, streamKey: "sk_us-west-2_none" });
  publishing.catch(() => undefined);
  await sleep(100);
  await video.stop();
  await expect(publishing).rejects.toThrow();
});
