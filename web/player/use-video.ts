import { useEffect, useState } from "preact/hooks";
import { recall, remember } from "../remembered.ts";

export interface VideoState {
  readonly paused: boolean;
  readonly muted: boolean;
  togglePause(): void;
  toggleSound(): void;
}

/** Sound from the first picture on is for those who asked for it before, on a page that they have touched. */
const startsMuted = () => recall("sound") !== "on" || !navigator.userActivation?.hasBeenActive;

/** Whether a video element is paused and muted, whoever made it so, and ways to change it. */
export function useVideo(video: HTMLVideoElement | null, onPlay: () => void): VideoState {
  const [paused, setPaused] = useState(false);
  const [muted, setMuted] = useState(true);
  useEffect(() => {
    if (!video) return;
    const listeners = new AbortController();
    const { signal } = listeners;
    video.muted = startsMuted();
    setMuted(video.muted);
    video.addEventListener("play", () => setPaused(false), { signal });
    video.addEventListener("pause", () => setPaused(!video.ended), { signal });
    video.addEventListener("volumechange", () => setMuted(video.muted), { signal });
    return () => listeners.abort();
  }, [video]);

  return {
    paused,
    muted,
    togglePause: () => {
      if (!video?.paused) return video?.pause();
      onPlay();
      video.play().catch(() => undefined);
    },
    toggleSound: () => {
      if (!video) return;
      video.muted = !video.muted;
      remember("sound", video.muted ? "off" : "on");
    },
  };
}
