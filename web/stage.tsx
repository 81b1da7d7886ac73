import { useState } from "preact/hooks";
import type { Channel } from "./api/schema.ts";
import { usePlaybackUrl } from "./channels/use-playback-url.ts";
import { viewersText } from "./channels/viewers.ts";
import { CueList, type ShownCue } from "./player/cue-list.tsx";
import { EngineSelect } from "./player/engine-select.tsx";
import { type EngineName, rememberEngine, rememberedEngine } from "./player/engines.ts";
import { Player } from "./player/player.tsx";

const mostCues = 5;

/** A channel: its player, what it is, and what its timed metadata says. */
export function Stage({ channel }: { channel: Channel }) {
  const playbackUrl = usePlaybackUrl(channel.name, channel.private);
  const [engine, setEngine] = useState(rememberedEngine);
  const [cues, setCues] = useState<readonly ShownCue[]>([]);
  const showCue = (text: string) =>
    setCues((shown) => [...shown, { id: (shown.at(-1)?.id ?? 0) + 1, text, at: new Date() }].slice(-mostCues));
  const choose = (name: EngineName) => {
    rememberEngine(name);
    setEngine(name);
  };

  return (
    <section class="stage" aria-label={channel.name}>
      <Player key={engine} channel={channel} playbackUrl={playbackUrl} engine={engine} onCue={showCue} />
      <div class="about">
        <h1>{channel.name}</h1>
        <p class="about-state">
          <span class="badge" data-live={channel.live}>
            {channel.live ? "Live" : "Off air"}
          </span>
          {channel.live && <span class="about-viewers">{viewersText(channel.viewers)}</span>}
        </p>
        <EngineSelect chosen={engine} onChoose={choose} />
      </div>
      <CueList cues={cues} />
    </section>
  );
}
