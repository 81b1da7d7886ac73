import Hls from "hls.js";
import { HEIGHT, readTime, WIDTH } from "./clock-picture.ts";

/** What a page saw of one stream. */
export interface Sighting {
  /** Of each picture that was shown, from the clock in it to now, in milliseconds. */
  readonly delays: readonly number[];
  /** Pictures that were shown and not readable. */
  readonly unread: number;
  /** Pictures that were decoded and never shown. */
  readonly dropped: number;
  /** How often playback stood still for want of data. */
  readonly stalls: number;
}

interface Watched {
  readonly video: HTMLVideoElement;
  delays: number[];
  unread: number;
  droppedBefore: number;
  stalls: number;
}

const watched: Watched[] = [];
const dropped = (video: HTMLVideoElement): number => video.getVideoPlaybackQuality().droppedVideoFrames;

const readPictures = (player: Watched): void => {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const read = () => {
    const now = Date.now();
    context?.drawImage(player.video, 0, 0, WIDTH, HEIGHT);
    const pixels = context?.getImageData(0, 0, WIDTH, HEIGHT).data;
    // Green is near enough to brightness in a grey picture.
    const time = readTime((left, top) => pixels?.[(top * WIDTH + left) * 4 + 1] ?? 0);
    if (time === undefined) player.unread += 1;
    else player.delays.push(now - time);
    player.video.requestVideoFrameCallback(read);
  };
  player.video.requestVideoFrameCallback(read);
};

/** Plays all of these beside each other, with the same player and the same settings. */
const watch = (urls: readonly string[], settings: ConstructorParameters<typeof Hls>[0]): void => {
  for (const url of urls) {
    const video = document.createElement("video");
    video.muted = true;
    video.width = WIDTH;
    video.height = HEIGHT;
    document.body.append(video);
    const player: Watched = { video, delays: [], unread: 0, droppedBefore: 0, stalls: 0 };
    video.addEventListener("waiting", () => {
      player.stalls += 1;
    });
    watched.push(player);
    readPictures(player);
    const hls = new Hls(settings);
    hls.on(Hls.Events.ERROR, (_, { fatal, details }) => {
      if (fatal) throw new Error(`${url}: ${details}`);
    });
    hls.attachMedia(video);
    hls.loadSource(url);
    void video.play();
  }
};

/** What was seen since it was last asked, in the order of the addresses. */
const look = (): readonly Sighting[] =>
  watched.map((player) => {
    const { delays, unread, stalls } = player;
    const before = player.droppedBefore;
    player.droppedBefore = dropped(player.video);
    player.delays = [];
    player.unread = player.stalls = 0;
    return { delays, unread, stalls, dropped: player.droppedBefore - before };
  });

const functions = { watch, look };
export type ClockPage = typeof functions;
Object.assign(globalThis, { clockPage: functions });
