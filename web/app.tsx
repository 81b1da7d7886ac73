import { useEffect, useState } from "preact/hooks";
import { AccountMenu } from "./account/menu.tsx";
import { ChannelList } from "./channels/channel-list.tsx";
import { featured } from "./channels/order.ts";
import { useChannel } from "./channels/use-channel.ts";
import { useChannels } from "./channels/use-channels.ts";
import { Chat } from "./chat/chat.tsx";
import { lazily } from "./lazily.tsx";
import { useMe } from "./me/use-me.ts";
import { addressOf, ownAddress, useRoute } from "./route.ts";
import { Stage } from "./stage.tsx";

const SignInDialog = lazily(async () => (await import("./account/sign-in-dialog.tsx")).SignInDialog);
const MyChannel = lazily(async () => (await import("./me/my-channel.tsx")).MyChannel);

/** Why somebody signs in: who wanted to write is then where they write, and who wanted to watch stays. */
type Wish = "account" | "chat" | "watch";

/** The whole page: channels, the chosen one's player and chat, and one's own. */
export function App() {
  const { channels, problem, more } = useChannels();
  const [route, go] = useRoute();
  const account = useMe();
  const [wish, setWish] = useState<Wish>();
  const [isWriting, setWriting] = useState(false);
  const name = route.page === "channel" ? route.name : featured(channels ?? [])?.name;
  const channel = useChannel(route.page === "me" ? undefined : name);
  const isMe = route.page === "me";

  useEffect(() => {
    const what = isMe ? "My channel" : channel ? channel.nickname || channel.name : name;
    document.title = [channel?.live && "●", what ?? "Onair", what && "· Onair"].filter(Boolean).join(" ");
  }, [isMe, name, channel?.nickname, channel?.live]);

  const choose = (to: string) => {
    setWriting(false);
    go(addressOf(to));
  };
  const signedIn = (isNew: boolean) => {
    if (isNew && wish === "account") go(ownAddress);
    setWriting(wish === "chat");
    setWish(undefined);
  };
  return (
    <div class="page" data-page={route.page}>
      <header class="top">
        <a class="brand" href="/">
          <span class="brand-mark" aria-hidden="true" />
          Onair
        </a>
        <AccountMenu account={account} onSignIn={() => setWish("account")} onGo={go} />
        {problem && (
          <p class="problem" role="status">
            {problem} Trying again.
          </p>
        )}
      </header>
      {channels && <ChannelList channels={channels} chosen={isMe ? undefined : name} onChoose={choose} onMore={more} />}
      <main class="main">
        {isMe && <MyChannel account={account} onSignIn={() => setWish("account")} />}
        {channel && (
          <Stage
            key={channel.name}
            channel={channel}
            isSignedIn={account.isSignedIn}
            onSignIn={() => setWish("watch")}
          />
        )}
        {!isMe && (channel === null || (channels && name === undefined)) && <NoChannel name={name} />}
      </main>
      {channel && (
        <Chat
          key={channel.name}
          channel={channel}
          isSignedIn={account.isSignedIn}
          isWriting={isWriting}
          onSignIn={() => setWish("chat")}
        />
      )}
      {wish && <SignInDialog onDone={signedIn} onClose={() => setWish(undefined)} />}
    </div>
  );
}

function NoChannel({ name }: { name: string | undefined }) {
  return (
    <div class="empty">
      <h1>{name === undefined ? "There is no channel yet" : `There is no channel ${name}`}</h1>
      <p>
        {name === undefined
          ? "Sign up, and yours is the first."
          : "It may have been renamed, or the address may have a mistake."}
      </p>
    </div>
  );
}
