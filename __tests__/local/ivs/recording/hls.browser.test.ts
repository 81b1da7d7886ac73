import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { createSegmenter } from "#local/media/hls/segmenter.ts";
import { launchBrowser } from "../../../support/browser.ts";
import { BROWSER } from "../../../support/browser-setup.ts";
import { smallClip } from "../../media/fixture/ffmpeg.ts";
import { readFlv } from "../../media/fixture/flv-file.ts";
import { CHANNEL, configuration, startRecorder } from "./fixture.ts";

const found = inject(BROWSER);
const SCRIPT = readFileSync(new URL("../../../../node_modules/hls.js/dist/hls.min.js", import.meta.url));

/** Records two streams of six seconds that are merged; gives the objects, by path. */
const record = async () => {
  const clip = readFlv(await smallClip({ seconds: 6 }));
  const { recorder, objects, events } = startRecorder();
  for (const id of ["st-1", "st-2"]) {
    const stream = recorder.start(CHANNEL, configuration({ recordingReconnectWindowSeconds: 60 }), id);
    const segmenter = createSegmenter({ onSegment: stream.segment });
    for (const unit of clip) segmenter.write(unit);
    segmenter.end();
    stream.end();
  }
  await recorder.stop();
  return { objects, prefix: String(events[0]?.detail.recording_s3_key_prefix) };
};

/** As a bucket behind CloudFront: objects whole or in part. */
const serve = async (objects: Awaited<ReturnType<typeof record>>["objects"]): Promise<Server> => {
  const server = createServer(({ url = "", headers }, response) => {
    if (url === "/") return response.setHeader("content-type", "text/html").end("<video muted></video>");
    if (url === "/hls.js") return response.setHeader("content-type", "text/javascript").end(SCRIPT);
    const object = objects.get(url.slice(1));
    if (object === undefined) return response.writeHead(404).end();
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "") ?? [];
    const body = first ? object.body.subarray(Number(first), Number(last) + 1) : object.body;
    return response.writeHead(first ? 206 : 200, { "content-type": object.contentType }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
};

/** Plays to the end at twice the speed; gives where that was, and what went wrong. In the page. */
const play = async (address: string) => {
  const { Hls } = globalThis as unknown as { Hls: typeof import("hls.js").default };
  const video = document.querySelector("video");
  if (video === null) throw new Error("the page has no video");
  const errors: string[] = [];
  const hls = new Hls();
  hls.on(Hls.Events.ERROR, (_, { details, fatal }) => errors.push(`${details}${fatal ? ", fatal" : ""}`));
  hls.loadSource(address);
  hls.attachMedia(video);
  video.playbackRate = 2;
  await video.play();
  await new Promise<void>((resolve) => {
    video.addEventListener("ended", () => resolve());
    setTimeout(resolve, 60_000);
  });
  const { ended, currentTime, videoWidth, videoHeight } = video;
  return { ended, currentTime, size: `${videoWidth}x${videoHeight}`, errors };
};

describe.skipIf(found.reason !== undefined)("hls.js", () => {
  let browser: Browser | undefined;
  let server: Server | undefined;
  let base = "";
  let prefix = "";
  beforeAll(async () => {
    const recorded = await record();
    prefix = recorded.prefix;
    server = await serve(recorded.objects);
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchBrowser(found);
  });
  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });

  it.each(["master.m3u8", "byte-range-multivariant.m3u8"])(
    "plays a merged recording to its end by %s",
    async (name) => {
      const page = await browser?.newPage();
      await page?.goto(base);
      await page?.addScriptTag({ url: `${base}/hls.js` });
      const played = await page?.evaluate(play, `${base}/${prefix}/media/hls/${name}`);
      await page?.close();
      expect(played).toMatchObject({ ended: true, size: "320x180", errors: [] });
      expect(Math.abs((played?.currentTime ?? 0) - 12)).toBeLessThan(0.2);
    },
  );
});
