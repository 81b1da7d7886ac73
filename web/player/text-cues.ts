/** A cue as hls.js makes it of an ID3 frame. */
interface Id3Cue extends TextTrackCue {
  readonly value?: { readonly key?: string; readonly data?: unknown };
}

/** Tells the text of each ID3 TXXX frame when playback comes to it, once. */
export function watchTextCues(video: HTMLVideoElement, tell: (text: string) => void, signal: AbortSignal): void {
  const told = new WeakSet<TextTrackCue>();
  const watch = (track: TextTrack) => {
    if (track.kind !== "metadata") return;
    const look = () => {
      for (const cue of track.activeCues ?? []) {
        const { key, data } = (cue as Id3Cue).value ?? {};
        if (key !== "TXXX" || typeof data !== "string" || told.has(cue)) continue;
        told.add(cue);
        tell(data);
      }
    };
    track.addEventListener("cuechange", look, { signal });
  };
  for (const track of video.textTracks) watch(track);
  video.textTracks.addEventListener("addtrack", ({ track }) => track && watch(track), { signal });
}
