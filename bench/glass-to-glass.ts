import type { ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Page } from "playwright-core";
import { findBrowser, launchBrowser } from "#__tests__/support/browser.ts";
import { type Bench, type Goal, type Measurement, quantile } from "./bench.ts";
import type { NodeMediaServerPeer } from "./peers/media/node-media-server.ts";
import { benchFfmpeg } from "./support/clip.ts";
import type { ClockEncoder } from "./support/clock-encoder.ts";
import type { ClockPage, Sighting } from "./support/clock-page.ts";
import { packageRtmp, teeToHls } from "./support/hls-muxer.ts";
import type { MediaServer } from "./support/media-server.ts";
import { startProgram } from "./support/program.ts";
import type { StaticServer } from "./support/static-server.ts";

const streamKey = "bench";
const warmUpSeconds = 20;
const seconds = 40;
const names = ["ours", "peer, ffmpeg", "peer, node-media-server + ffmpeg"];

/** As the project's own page sets it. */
const playerSettings = { lowLatencyMode: true, maxLiveSyncPlaybackRate: 1.05 };

const file = (name: string) => new URL(name, import.meta.url);

async function writePage(folder: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(file("support/clock-page.ts"))],
    bundle: true,
    outfile: join(folder, "page.js"),
    logLevel: "error",
  });
  writeFileSync(join(folder, "index.html"), '<!doctype html><title>clock</title><body><script src="page.js"></script>');
}

/** Waits until players would find something to play. */
async function waitFor(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if ((await fetch(url).catch(() => undefined))?.ok) return;
    await sleep(100);
  }
  throw new Error(`nothing is served at ${url}`);
}

declare const clockPage: ClockPage;

async function watch(page: Page, urls: readonly string[]): Promise<readonly Sighting[]> {
  const failures: string[] = [];
  page.on("pageerror", (error) => failures.push(error.message));
  await page.evaluate(({ urls, playerSettings }) => clockPage.watch(urls, playerSettings), { urls, playerSettings });
  await sleep(warmUpSeconds * 1_000);
  await page.evaluate(() => void clockPage.look());
  await sleep(seconds * 1_000);
  const sightings = await page.evaluate(() => clockPage.look());
  if (failures.length > 0) throw new Error(failures.join("\n"));
  return sightings;
}

const rows = (name: string, { delays, dropped, unread, stalls }: Sighting): Measurement[] => [
  { what: name, unit: "ms", samples: delays },
  { what: `${name}, p95`, unit: "ms", samples: [quantile(delays, 0.95)] },
  { what: `${name}, dropped`, unit: "pictures", samples: [dropped] },
  { what: `${name}, unreadable`, unit: "pictures", samples: [unread] },
  { what: `${name}, stalls`, unit: "times", samples: [stalls] },
];

function goals(sightings: readonly Sighting[]): Goal[] {
  const [ours = Number.NaN, ...peers] = sightings.map(({ delays }) => quantile(delays, 0.5));
  return [
    { what: "ours, median, as a share of 2 s", value: ours / 2_000, bound: { atMost: 1 } },
    ...peers.map(
      (peer, index): Goal => ({
        what: `ours / ${names[index + 1]}, medians`,
        value: ours / peer,
        bound: { atMost: 1 },
      }),
    ),
  ];
}

export const glassToGlass: Bench = {
  title:
    "from a clock in the encoder's picture to the decoded picture in a browser: one encoder for all, one page of hls.js " +
    "with the same settings; ours is low-latency HLS; peers: ffmpeg's own HLS muxer behind a plain server, and " +
    "node-media-server 4.4.3, which has no HLS of its own: its RTMP goes through ffmpeg's HLS muxer",
  async run() {
    const found = await findBrowser();
    if (found.reason !== undefined) return { skipped: found.reason };
    const scratch = mkdtempSync(join(tmpdir(), "onair-glass-"));
    const folders = ["page", "muxer", "repackaged"].map((name) => join(scratch, name));
    for (const folder of folders) mkdirSync(folder);
    const [pageFolder = "", muxerFolder = "", repackagedFolder = ""] = folders;
    await writePage(pageFolder);
    const [ffmpeg, browser, ours, peer, encoder, ...servers] = await Promise.all([
      benchFfmpeg(),
      launchBrowser(found),
      startProgram<MediaServer>(file("support/media-server.ts")),
      startProgram<NodeMediaServerPeer>(file("peers/media/node-media-server.ts")),
      startProgram<ClockEncoder>(file("support/clock-encoder.ts")),
      ...folders.map(() => startProgram<StaticServer>(file("support/static-server.ts"))),
    ]);
    let repackaging: ChildProcess | undefined;
    try {
      const [pageUrl = "", muxerUrl, repackagedUrl] = await Promise.all(
        servers.map((server, index) => server.ask("serve", folders[index] ?? "")),
      );
      const { rtmpPort, app } = await ours.ask("address");
      const peerRtmp = await peer.ask("rtmpUrl", streamKey);
      await encoder.ask("start", ffmpeg, [
        `[f=flv:flvflags=no_duration_filesize]rtmp://127.0.0.1:${rtmpPort}/${app}/${streamKey}`,
        `[f=flv:flvflags=no_duration_filesize]${peerRtmp}`,
        teeToHls(join(muxerFolder, "index.m3u8")),
      ]);
      await sleep(1_000);
      repackaging = packageRtmp(ffmpeg, peerRtmp, join(repackagedFolder, "index.m3u8"));
      const urls = [await ours.ask("playbackUrl", streamKey), `${muxerUrl}index.m3u8`, `${repackagedUrl}index.m3u8`];
      await Promise.all(urls.map(waitFor));
      const page = await browser.newPage();
      await page.goto(`${pageUrl}index.html`);
      const sightings = await watch(page, urls);
      return {
        measurements: sightings.flatMap((sighting, index) => rows(names[index] ?? "", sighting)),
        goals: goals(sightings),
      };
    } finally {
      repackaging?.kill("SIGKILL");
      await browser.close();
      await Promise.all([ours, peer, encoder, ...servers].map(({ stop }) => stop()));
      rmSync(scratch, { recursive: true });
    }
  },
};
