import type { Channel } from "../api/schema.ts";
import { Avatar } from "../avatar.tsx";
import { Icon } from "../player/icon.tsx";
import { addressOf, followHere } from "../route.ts";
import { viewersText } from "./viewers.ts";

export interface ChannelListProps {
  readonly channels: readonly Channel[];
  readonly chosen: string | undefined;
  readonly onChoose: (name: string) => void;
  /** Lists more of them; undefined where there are none. */
  readonly onMore: (() => void) | undefined;
}

/** Every channel with what goes on there; links, so that each can be opened in a tab of its own. */
export function ChannelList({ channels, chosen, onChoose, onMore }: ChannelListProps) {
  return (
    <nav class="channels" aria-label="Channels">
      <h2>Channels</h2>
      <ul>
        {channels.map((channel) => (
          <li key={channel.name}>
            <ChannelLink channel={channel} isChosen={channel.name === chosen} onChoose={onChoose} />
          </li>
        ))}
        {onMore && (
          <li>
            <button type="button" class="channels-more" onClick={onMore}>
              Show more
            </button>
          </li>
        )}
      </ul>
    </nav>
  );
}

function ChannelLink(props: { channel: Channel; isChosen: boolean; onChoose: (name: string) => void }) {
  const { channel, isChosen, onChoose } = props;
  const name = channel.nickname || channel.name;
  return (
    <a
      class="channel"
      href={addressOf(channel.name)}
      aria-current={isChosen ? "page" : undefined}
      data-live={channel.live}
      onClick={(event) => followHere(event, () => onChoose(channel.name))}
    >
      <Avatar url={channel.avatarUrl} name={name} />
      <span class="channel-name">{name}</span>
      <span class="channel-state">
        {channel.access === "private" && (
          <span role="img" aria-label="Private" title="Private">
            <Icon name="lock" />
          </span>
        )}
        {stateText(channel)}
      </span>
    </a>
  );
}

const stateText = ({ live, viewers }: Channel): string =>
  live ? ["Live", viewersText(viewers)].filter(Boolean).join(" · ") : "Off air";
