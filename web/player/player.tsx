import { useRef, useState } from "preact/hooks";
import type { ChannelDetails } from "../api/schema.ts";
import { Controls } from "./controls.tsx";
import type { EngineName } from "./engines.ts";
import { keyAction } from "./keys.ts";
import { Notice } from "./notice.tsx";
import { useAddress } from "./use-address.ts";
import { usePlayback } from "./use-playback.ts";
import { useVideo } from "./use-video.ts";

export interface PlayerProps {
  readonly channel: ChannelDetails;
  readonly engine: EngineName;
  readonly isSignedIn: boolean;
  readonly onSignIn: () => void;
  readonly onCue: (text: string) => void;
}

/** A channel's picture: live, or what is to be known while there is none. */
export function Player({ channel, engine, isSignedIn, onSignIn, onCue }: PlayerProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const address = useAddress(channel, isSignedIn);
  const playback = usePlayback({ video, live: channel.live, address, engine, onCue });
  const { paused, muted, togglePause, toggleSound } = useVideo(video, playback.toLive);
  const toggleFullscreen = () => {
    if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
    else frame.current?.requestFullscreen().catch(() => undefined);
  };
  const actions = { togglePause, toggleSound, toggleFullscreen };
  const isClosed = channel.access === "private" && !isSignedIn;
  const isOnAir = playback.phase !== "off" && !isClosed;
  const isPlayable = isOnAir && playback.phase !== "refused" && playback.phase !== "unsupported";

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside
    <div
      class="player"
      ref={frame}
      data-phase={isOnAir ? playback.phase : "off"}
      data-paused={paused}
      data-engine={engine}
      onKeyDown={(event) => isPlayable && keyAction(event, actions)}
    >
      {/* biome-ignore lint/a11y/useMediaCaption: a live stream has the captions that it brings */}
      <video
        ref={setVideo}
        playsInline
        crossOrigin="anonymous"
        onClick={togglePause}
        aria-label={`${channel.nickname || channel.name}, live`}
        hidden={!isOnAir}
      />
      <Notice channel={channel} playback={playback} engine={engine} onSignIn={isClosed ? onSignIn : undefined} />
      {isOnAir && muted && playback.phase === "playing" && (
        <button type="button" class="sound" onClick={toggleSound}>
          Tap for sound
        </button>
      )}
      {isPlayable && (
        <Controls
          {...actions}
          paused={paused}
          muted={muted}
          secondsBehind={playback.secondsBehind}
          onLive={playback.toLive}
        />
      )}
    </div>
  );
}
