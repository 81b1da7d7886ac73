import type { Channel } from "../api/schema.ts";
import { Composer } from "./composer.tsx";
import { MessageList } from "./message-list.tsx";
import { useChat } from "./use-chat.ts";

/** The chat beside a channel's player. That of a private channel is not for guests. */
export function Chat({ channel }: { channel: Channel }) {
  if (!channel.private) return <OpenChat channel={channel} />;
  return (
    <section class="chat" aria-label="Chat">
      <header class="chat-top">
        <h2>Chat</h2>
      </header>
      <p class="composer-note">The chat of a private channel is for those who may watch it.</p>
    </section>
  );
}

function OpenChat({ channel }: { channel: Channel }) {
  const { lines, received, userId, mayWrite, isOpen, problem, removed, send, rejoin, follow } = useChat(channel.name);
  return (
    <section class="chat" aria-label="Chat">
      <header class="chat-top">
        <h2>Chat</h2>
        <span class="chat-state" data-open={isOpen}>
          {isOpen ? userId : removed ? "left" : "connecting"}
        </span>
      </header>
      <MessageList lines={lines} received={received} ownId={userId} onFollow={follow} />
      {problem && !isOpen && (
        <p class="chat-problem" role="status">
          {problem} Trying again.
        </p>
      )}
      {removed && (
        <p class="chat-problem" role="status">
          You were disconnected from this chat.{" "}
          <button type="button" class="link" onClick={rejoin}>
            Join again
          </button>
        </p>
      )}
      <Composer userId={userId} isOpen={isOpen} mayWrite={mayWrite} onSend={send} />
    </section>
  );
}
