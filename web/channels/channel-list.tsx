import type { Channel } from "../api/schema.ts";
import { addressOf } from "../route.ts";
import { liveFirst } from "./order.ts";
import { viewersText } from "./viewers.ts";

export interface ChannelListProps {
  readonly channels: readonly Channel[];
  readonly chosen: string | undefined;
  readonly onChoose: (name: string) => void;
}

/** Every channel with what goes on there; links, so that each can be opened in a tab of its own. */
export function ChannelList({ channels, chosen, onChoose }: ChannelListProps) {
  return (
    <nav class="channels" aria-label="Channels">
      <h2>Channels</h2>
      <ul>
        {liveFirst(channels).map((channel) => (
          <li key={channel.name}>
            <ChannelLink channel={channel} isChosen={channel.name === chosen} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function ChannelLink(props: { channel: Channel; isChosen: boolean; onChoose: (name: string) => void }) {
  const { channel, isChosen, onChoose } = props;
  const choose = (event: MouseEvent) => {
    // A click that opens a tab or a window is the browser's.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    onChoose(channel.name);
  };
  return (
    <a
      class="channel"
      href={addressOf(channel.name)}
      aria-current={isChosen ? "page" : undefined}
      data-live={channel.live}
      onClick={choose}
    >
      <span class="channel-name">{channel.name}</span>
      <span class="channel-state">{stateText(channel)}</span>
    </a>
  );
}

function stateText({ live, viewers, private: isPrivate }: Channel): string {
  const state = live ? ["Live", viewersText(viewers)] : ["Off air"];
  return [...state, isPrivate && "private"].filter(Boolean).join(" · ");
}
