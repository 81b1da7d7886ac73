import { ApiError } from "../api/api-error.ts";
import { backoff } from "../backoff.ts";
import { messageOf } from "../message-of.ts";
import { type EventFrame, type MessageAttributes, type MessageFrame, readFrame, sendMessageFrame } from "./frames.ts";
import { type ChatRefusal, notSent, refusalOf } from "./refusal.ts";

/** Leave to connect once. */
export interface Admission {
  readonly token: string;
  /** A WebSocket address. */
  readonly endpoint: string;
}

export interface ConnectionOptions<A extends Admission> {
  /** Asked before each connection, since a token is good for one. Its error's message is shown. */
  readonly admit: () => Promise<A>;
  readonly onOpen: (admission: A) => void;
  readonly onMessage: (message: MessageFrame) => void;
  readonly onEvent: (event: EventFrame) => void;
  /** The connection is lost and will be tried again; fit for people. */
  readonly onLost: (why: string) => void;
  /** The room ended the connection, and would do so again; or it lets nobody in with this error. */
  readonly onRemoved: (refusal?: ApiError) => void;
}

export interface Connection {
  /** Resolves when the room has delivered it. @throws ChatRefusal */
  send(content: string, attributes?: MessageAttributes): Promise<void>;
  close(): void;
}

interface Waiting {
  resolve(): void;
  reject(refusal: ChatRefusal): void;
}

const answerMilliseconds = 5000;
/** The service's way to end a connection for good. */
const closedForGood = 1000;
const sessionExpired = 401;

/** Keeps a connection to a room, with a fresh token each time, until it is closed or the room does not want it. */
export function connect<A extends Admission>(options: ConnectionOptions<A>): Connection {
  const waiting = new Map<string, Waiting>();
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  let failures = 0;
  let expired = false;

  const retry = (why: string) => {
    if (closed) return;
    failures += 1;
    options.onLost(why);
    timer = setTimeout(() => {
      timer = undefined;
      open();
    }, backoff(failures));
  };

  const settle = (requestId: string | null | undefined, refusal?: ChatRefusal) => {
    const request = waiting.get(requestId ?? "");
    waiting.delete(requestId ?? "");
    if (refusal) request?.reject(refusal);
    else request?.resolve();
  };

  const receive = (text: unknown) => {
    const frame = readFrame(text);
    if (frame?.Type === "MESSAGE") {
      options.onMessage(frame);
      settle(frame.RequestId);
    } else if (frame?.Type === "ERROR") {
      expired ||= frame.ErrorCode === sessionExpired;
      settle(frame.RequestId, refusalOf(frame.ErrorCode, frame.ErrorMessage));
    } else if (frame) {
      options.onEvent(frame);
    }
  };

  const ended = (code: number) => {
    for (const requestId of [...waiting.keys()]) settle(requestId, notSent("the connection was lost."));
    if (closed) return;
    if (code === closedForGood && !expired) {
      closed = true;
      options.onRemoved();
    } else retry("The connection to the chat was lost.");
  };

  const open = async () => {
    try {
      const admission = await options.admit();
      if (closed) return;
      expired = false;
      const opened = new WebSocket(admission.endpoint, admission.token);
      socket = opened;
      opened.onopen = () => {
        failures = 0;
        options.onOpen(admission);
      };
      opened.onmessage = ({ data }) => receive(data);
      opened.onclose = ({ code }) => ended(code);
    } catch (error) {
      if (closed) return;
      if (error instanceof ApiError && error.status === 403) {
        closed = true;
        options.onRemoved(error);
        return;
      }
      retry(messageOf(error));
    }
  };

  /** At once, instead of at the end of a wait. */
  const hurry = () => {
    if (timer === undefined || document.hidden) return;
    clearTimeout(timer);
    timer = undefined;
    open();
  };
  addEventListener("online", hurry);
  document.addEventListener("visibilitychange", hurry);
  open();

  return {
    send: (content, attributes) =>
      new Promise((resolve, reject) => {
        if (socket?.readyState !== WebSocket.OPEN) return reject(notSent("the chat is not connected."));
        const requestId = crypto.randomUUID();
        waiting.set(requestId, { resolve, reject });
        setTimeout(() => settle(requestId, notSent("no answer came.")), answerMilliseconds);
        socket.send(sendMessageFrame(requestId, content, attributes));
      }),
    close: () => {
      closed = true;
      clearTimeout(timer);
      removeEventListener("online", hurry);
      document.removeEventListener("visibilitychange", hurry);
      socket?.close();
    },
  };
}
