import { useEffect } from "preact/hooks";
import { ChannelList } from "./channels/channel-list.tsx";
import { featured } from "./channels/order.ts";
import { useChannels } from "./channels/use-channels.ts";
import { Chat } from "./chat/chat.tsx";
import { useRoute } from "./route.ts";
import { Stage } from "./stage.tsx";

/** The whole page: channels, the chosen one's player, and its chat. */
export function App() {
  const { channels, problem } = useChannels();
  const [route, go] = useRoute();
  const name = route ?? featured(channels ?? [])?.name;
  const channel = channels?.find((each) => each.name === name);

  useEffect(() => {
    document.title = [channel?.live && "●", name ?? "Onair", name && "· Onair"].filter(Boolean).join(" ");
  }, [name, channel?.live]);

  return (
    <div class="page">
      <header class="top">
        <a class="brand" href="/">
          <span class="brand-mark" aria-hidden="true" />
          Onair
        </a>
        {problem && (
          <p class="problem" role="status">
            {problem} Trying again.
          </p>
        )}
      </header>
      {channels && <ChannelList channels={channels} chosen={name} onChoose={go} />}
      <main class="main">
        {channel && <Stage key={channel.name} channel={channel} />}
        {channels && !channel && <NoChannel name={name} />}
      </main>
      {channel && <Chat key={channel.name} channel={channel} />}
    </div>
  );
}

function NoChannel({ name }: { name: string | undefined }) {
  return (
    <div class="empty">
      <h1>{name === undefined ? "There is no channel yet" : `There is no channel ${name}`}</h1>
      <p>
        {name === undefined
          ? "Add one to the settings and deploy: it appears here by itself."
          : "It may have been renamed, or the address may have a mistake."}
      </p>
    </div>
  );
}
