import { useEffect, useRef, useState } from "preact/hooks";
import { createChatToken } from "../api/chat.ts";
import { createGuestToken } from "../api/public.ts";
import { type Connection, connect } from "./connection.ts";
import type { EventFrame, MessageAttributes } from "./frames.ts";
import { guestSecret } from "./guest.ts";
import { addLines, type Line, type Message, mostLines, removeLine } from "./lines.ts";
import { messageOf } from "./message.ts";
import { notSent } from "./refusal.ts";
import { refusedEntryText, removalText } from "./removal.ts";

export interface ChatState {
  readonly lines: readonly Line[];
  /** Of all messages so far, those let go included. */
  readonly received: number;
  /** Who reads here; undefined until it is known. */
  readonly userId: string | undefined;
  readonly mayWrite: boolean;
  readonly mayModerate: boolean;
  /** Between two messages of one sender; 0 for none. */
  readonly slowModeSeconds: number;
  readonly isOpen: boolean;
  /** Why there is no connection; fit for people. Undefined while there is one, or it is being made. */
  readonly problem: string | undefined;
  /** Why the room ended the connection, or let nobody in; it is not tried again by itself. */
  readonly removal: string | undefined;
}

export interface Chat extends ChatState {
  /** @throws ChatRefusal */
  send(text: string, attributes?: MessageAttributes): Promise<void>;
  rejoin(): void;
  /** While older lines are read none of them is let go. */
  follow(isFollowing: boolean): void;
}

/** At more than ten messages a second, they are drawn together. */
const drawMilliseconds = 100;
/** A connection that comes back sooner is not worth a word. */
const problemMilliseconds = 3000;

const nothing: ChatState = {
  lines: [],
  received: 0,
  userId: undefined,
  mayWrite: false,
  mayModerate: false,
  slowModeSeconds: 0,
  isOpen: false,
  problem: undefined,
  removal: undefined,
};

/**
 * A channel's chat: as whoever is signed in, or as a guest, who reads.
 *
 * @param channel undefined for one whose chat is not for them
 */
export function useChat(channel: string | undefined, isSignedIn: boolean): Chat {
  const [state, setState] = useState(nothing);
  const [visit, setVisit] = useState(0);
  const connection = useRef<Connection | undefined>(undefined);
  const most = useRef<number>(mostLines.following);

  useEffect(() => {
    const change = (changed: Partial<ChatState>) => setState((before) => ({ ...before, ...changed }));
    let arrived: Message[] = [];
    let drawing: ReturnType<typeof setTimeout> | undefined;
    let telling: ReturnType<typeof setTimeout> | undefined;
    let ownId: string | undefined;
    let removal: string | undefined;
    const draw = () => {
      drawing = undefined;
      const messages = arrived;
      arrived = [];
      setState((before) => ({
        ...before,
        lines: addLines(before.lines, messages, most.current),
        received: before.received + messages.length,
      }));
    };
    const settled = () => {
      clearTimeout(telling);
      telling = undefined;
    };
    const onEvent = ({ EventName, Attributes }: EventFrame) => {
      if (EventName === "aws:DELETE_MESSAGE") {
        const id = Attributes?.MessageID ?? "";
        arrived = arrived.filter((message) => message.id !== id);
        setState((before) => ({ ...before, lines: removeLine(before.lines, id) }));
      } else if (EventName === "aws:DISCONNECT_USER" && Attributes?.UserId === ownId) {
        removal = removalText(Attributes?.Reason);
      } else if (EventName === "SLOW_MODE") {
        change({ slowModeSeconds: Number(Attributes?.seconds ?? 0) });
      }
    };
    // What was said stays; what may be done here is another's from now on.
    setState(({ lines, received }) => ({ ...nothing, lines, received }));
    if (channel === undefined) return;
    const made = connect({
      admit: () => (isSignedIn ? createChatToken(channel) : createGuestToken(channel, guestSecret())),
      onOpen: ({ userId, capabilities, slowModeSeconds }) => {
        settled();
        ownId = userId;
        const mayWrite = capabilities.includes("SEND_MESSAGE");
        const mayModerate = capabilities.includes("DELETE_MESSAGE");
        change({ userId, mayWrite, mayModerate, slowModeSeconds, isOpen: true, problem: undefined });
      },
      onMessage: (message) => {
        arrived.push(messageOf(message));
        drawing ??= setTimeout(draw, drawMilliseconds);
      },
      onEvent,
      onLost: (problem) => {
        change({ isOpen: false });
        clearTimeout(telling);
        telling = setTimeout(() => change({ problem }), problemMilliseconds);
      },
      onRemoved: (refusal) => {
        settled();
        change({ isOpen: false, removal: refusal ? refusedEntryText(refusal) : (removal ?? removalText(undefined)) });
      },
    });
    connection.current = made;
    return () => {
      made.close();
      settled();
      clearTimeout(drawing);
    };
  }, [channel, isSignedIn, visit]);

  return {
    ...state,
    send: (text, attributes) =>
      connection.current?.send(text, attributes) ?? Promise.reject(notSent("the chat is not connected.")),
    rejoin: () => setVisit((count) => count + 1),
    follow: (isFollowing) => {
      most.current = isFollowing ? mostLines.following : mostLines.paused;
    },
  };
}
