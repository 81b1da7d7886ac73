import { useState } from "preact/hooks";
import type { Channel } from "../api/schema.ts";
import { lazily } from "../lazily.tsx";
import { namesIn } from "../moderation/names.ts";
import { MessageList } from "./message-list.tsx";
import { useChat } from "./use-chat.ts";

const Composer = lazily(async () => (await import("./composer.tsx")).Composer);
const ModerationTools = lazily(async () => (await import("./moderation-tools.tsx")).ModerationTools);

export interface ChatProps {
  readonly channel: Channel;
  readonly isSignedIn: boolean;
  /** Whether its reader has signed in to write. */
  readonly isWriting: boolean;
  readonly onSignIn: () => void;
}

/** The chat beside a channel's player: guests read, who is signed in writes, moderators keep order. */
export function Chat({ channel, isSignedIn, isWriting, onSignIn }: ChatProps) {
  const { name, access } = channel;
  // Guests may not watch it, and so they may not read its chat.
  const isClosed = access === "private" && !isSignedIn;
  const chat = useChat(isClosed ? undefined : name, isSignedIn);
  const { userId, isOpen, mayWrite, mayModerate, slowModeSeconds, removal } = chat;
  const notOpen = isClosed ? "private" : removal ? "left" : "connecting";
  const [fault, setFault] = useState<string>();
  const moderate = async (act: () => Promise<unknown>) => {
    setFault(undefined);
    await act().catch((error: Error) => setFault(error.message));
  };

  return (
    <section class="chat" aria-label="Chat">
      <header class="chat-top" data-moderates={mayModerate}>
        <h2>Chat</h2>
        {mayModerate && (
          <ModerationTools
            channel={name}
            seconds={slowModeSeconds}
            onModerate={moderate}
            nameOf={namesIn(chat.lines, userId)}
          />
        )}
        <span class="chat-state" data-open={isOpen}>
          {isOpen ? (isSignedIn ? "connected" : userId) : notOpen}
        </span>
      </header>
      <MessageList
        none={isClosed ? "This chat is for those who may watch." : "Nobody has said anything since you came."}
        lines={chat.lines}
        received={chat.received}
        ownId={userId}
        onFollow={chat.follow}
        moderation={mayModerate ? { channel: name, isPrivate: access === "private", onModerate: moderate } : undefined}
      />
      {fault && (
        <p class="chat-problem" role="alert">
          {fault}
        </p>
      )}
      {chat.problem && !isOpen && (
        <p class="chat-problem" role="status">
          {chat.problem} Trying again.
        </p>
      )}
      {removal && (
        <p class="chat-problem" role="status">
          {removal}{" "}
          <button type="button" class="link" onClick={chat.rejoin}>
            Join again
          </button>
        </p>
      )}
      {isSignedIn ? (
        <Composer
          isKnown={userId !== undefined}
          isOpen={isOpen}
          mayWrite={mayWrite}
          slowModeSeconds={mayModerate ? 0 : slowModeSeconds}
          takesFocus={isWriting}
          onSend={chat.send}
        />
      ) : (
        <p class="composer-guest">
          <button type="button" onClick={onSignIn}>
            Sign in to chat
          </button>
        </p>
      )}
    </section>
  );
}
