import { useEffect, useRef, useState } from "preact/hooks";
import { createChatToken } from "../api/client.ts";
import { type Connection, connect } from "./connection.ts";
import { guestSecret } from "./guest.ts";
import { addLines, type Line, type Message, mostLines, removeLine } from "./lines.ts";
import { notSent } from "./refusal.ts";

export interface ChatState {
  readonly lines: readonly Line[];
  /** Of all messages so far, those let go included. */
  readonly received: number;
  /** The name of this guest; undefined until it is known. */
  readonly userId: string | undefined;
  readonly mayWrite: boolean;
  readonly isOpen: boolean;
  /** Why there is no connection; fit for people. Undefined while there is one, or it is being made. */
  readonly problem: string | undefined;
  /** The room ended the connection, and it is not tried again by itself. */
  readonly removed: boolean;
}

export interface Chat extends ChatState {
  /** @throws ChatRefusal */
  send(text: string): Promise<void>;
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
  isOpen: false,
  problem: undefined,
  removed: false,
};

/** A channel's chat, as a guest. */
export function useChat(channel: string): Chat {
  const [state, setState] = useState(nothing);
  const [visit, setVisit] = useState(0);
  const connection = useRef<Connection | undefined>(undefined);
  const most = useRef<number>(mostLines.following);

  useEffect(() => {
    const change = (changed: Partial<ChatState>) => setState((before) => ({ ...before, ...changed }));
    let arrived: Message[] = [];
    let drawing: ReturnType<typeof setTimeout> | undefined;
    let telling: ReturnType<typeof setTimeout> | undefined;
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
    const made = connect({
      admit: () => createChatToken(channel, guestSecret()),
      onOpen: ({ userId, capabilities }) => {
        settled();
        change({ userId, mayWrite: capabilities.includes("SEND_MESSAGE"), isOpen: true, problem: undefined });
      },
      onMessage: ({ Id, Content, SendTime, Sender }) => {
        arrived.push({ id: Id, userId: Sender.UserId, text: Content, at: new Date(SendTime) });
        drawing ??= setTimeout(draw, drawMilliseconds);
      },
      onDelete: (id) => {
        arrived = arrived.filter((message) => message.id !== id);
        setState((before) => ({ ...before, lines: removeLine(before.lines, id) }));
      },
      onLost: (problem) => {
        change({ isOpen: false });
        clearTimeout(telling);
        telling = setTimeout(() => change({ problem }), problemMilliseconds);
      },
      onRemoved: () => {
        settled();
        change({ isOpen: false, removed: true });
      },
    });
    connection.current = made;
    return () => {
      made.close();
      settled();
      clearTimeout(drawing);
    };
  }, [channel, visit]);

  return {
    ...state,
    send: (text) => connection.current?.send(text) ?? Promise.reject(notSent("the chat is not connected.")),
    rejoin: () => {
      setState(({ lines, received }) => ({ ...nothing, lines, received }));
      setVisit((count) => count + 1);
    },
    follow: (isFollowing) => {
      most.current = isFollowing ? mostLines.following : mostLines.paused;
    },
  };
}
