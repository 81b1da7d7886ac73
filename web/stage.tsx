import { useState } from "preact/hooks";
import type { ChannelDetails } from "./api/schema.ts";
import { Avatar } from "./avatar.tsx";
import { NextStream } from "./channels/next-stream.tsx";
import { viewersText } from "./channels/viewers.ts";
import { CueList, type ShownCue } from "./player/cue-list.tsx";
import { EngineSelect } from "./player/engine-select.tsx";
import { type EngineName, rememberEngine, rememberedEngine } from "./player/engines.ts";
import { Player } from "./player/player.tsx";

const mostCues = 5;

export interface StageProps {
  readonly channel: ChannelDetails;
  readonly isSignedIn: boolean;
  readonly onSignIn: () => void;
}

/** A channel: its player, what it is, and what its timed metadata says. */
export function Stage({ channel, isSignedIn, onSignIn }: StageProps) {
  const [engine, setEngine] = useState(rememberedEngine);
  const [cues, setCues] = useState<readonly ShownCue[]>([]);
  const showCue = (text: string) =>
    setCues((shown) => [...shown, { id: (shown.at(-1)?.id ?? 0) + 1, text, at: new Date() }].slice(-mostCues));
  const choose = (name: EngineName) => {
    rememberEngine(name);
    setEngine(name);
  };
  const name = channel.nickname || channel.name;

  return (
    <section class="stage" aria-label={name}>
      <Player
        key={engine}
        channel={channel}
        engine={engine}
        isSignedIn={isSignedIn}
        onSignIn={onSignIn}
        onCue={showCue}
      />
      <div class="about">
        <Avatar url={channel.avatarUrl} name={name} />
        <div class="about-names">
          <h1>{name}</h1>
          {channel.title && <p class="about-title">{channel.title}</p>}
        </div>
        <p class="about-state">
          <span class="badge" data-live={channel.live}>
            {channel.live ? "Live" : "Off air"}
          </span>
          {channel.access === "private" && <span class="badge">Private</span>}
          {channel.live && <span class="about-viewers">{viewersText(channel.viewers)}</span>}
        </p>
        <EngineSelect chosen={engine} onChoose={choose} />
      </div>
      {channel.description && <p class="about-text">{channel.description}</p>}
      {/* Off air, it is said where the picture would be. */}
      {channel.live && <NextStream channel={channel} />}
      <CueList cues={cues} />
    </section>
  );
}
