import workerPath from "hls.js/dist/hls.worker.js?url";
import Hls, { type ErrorData, type HlsConfig } from "hls.js/light";
import { createCueQueue } from "./cue-queue.ts";
import type { EngineFailure, StartEngine } from "./engine.ts";
import { readTexts } from "./id3.ts";

const config: Partial<HlsConfig> = {
  lowLatencyMode: true,
  // Catches up after a stall, too slowly to be heard; without it a tab falls behind further with each stall.
  maxLiveSyncPlaybackRate: 1.05,
  backBufferLength: 10,
  // Its track of cues loses what is put into it before it is set up: the first one.
  enableID3MetadataCues: false,
  enableEmsgMetadataCues: false,
  enableDateRangeMetadataCues: false,
  workerPath,
};

const failureOf = ({ response }: ErrorData): EngineFailure =>
  response?.code === 401 || response?.code === 403 ? "refused" : "broken";

/** Plays with hls.js: low-latency HLS. */
export const startHls: StartEngine = async (video, url, events) => {
  const listeners = new AbortController();
  const { signal } = listeners;
  if (!Hls.isSupported()) {
    events.failed("unsupported");
    return { secondsBehind: () => undefined, toLive: async () => {}, destroy: () => {} };
  }
  const hls = new Hls(config);
  hls.on(Hls.Events.ERROR, (_, data) => {
    if (data.fatal) events.failed(failureOf(data));
  });
  // What is seen is played: a gesture is not needed while it is muted.
  hls.on(Hls.Events.MANIFEST_PARSED, () => void video.play().catch(() => undefined));
  video.addEventListener("playing", events.playing, { signal });
  video.addEventListener("waiting", events.waiting, { signal });
  video.addEventListener("ended", events.ended, { signal });
  const cues = createCueQueue(events.cue);
  hls.on(Hls.Events.FRAG_PARSING_METADATA, (_, { samples }) => {
    for (const { pts, data } of samples) for (const text of readTexts(data)) cues.add(pts, text);
  });
  video.addEventListener("timeupdate", () => cues.reach(video.currentTime), { signal });
  hls.attachMedia(video);
  hls.loadSource(url);

  return {
    secondsBehind: () => hls.latency || undefined,
    toLive: async () => {
      if (hls.liveSyncPosition !== null) video.currentTime = hls.liveSyncPosition;
    },
    destroy: () => {
      listeners.abort();
      hls.destroy();
    },
  };
};
