import { CreateChatTokenCommand, type CreateChatTokenRequest } from "@aws-sdk/client-ivschat";
import * as v from "valibot";
import { WebSocket } from "ws";
import type { Lab } from "./probe.ts";

const frame = v.object({
  Type: v.string(),
  RequestId: v.nullish(v.string()),
  ErrorCode: v.optional(v.number()),
  ErrorMessage: v.optional(v.string(), ""),
});

/** What a room answers to a request. */
export type Answer = v.InferOutput<typeof frame>;

/** A message to send, as the messaging API has it. */
export interface Sent {
  readonly content: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** @default a number */
  readonly requestId?: string;
}

/** Somebody in a room. */
export interface Entered extends Disposable {
  /** Resolves with the first answer after it. */
  send(message: Sent): Promise<Answer>;
  /** The code with which it was closed. */
  readonly closed: Promise<number>;
}

const MILLISECONDS = 10_000;

/** A token for the run's room. */
export async function tokenFor({ chat, stack }: Lab, claims: Omit<CreateChatTokenRequest, "roomIdentifier">) {
  const { token = "" } = await chat.send(new CreateChatTokenCommand({ roomIdentifier: stack.roomArn, ...claims }));
  return token;
}

/** What the handshake with a token is answered with: a status, or `open`. */
export function handshake({ chatUrl }: Lab, token: string | undefined): Promise<number | "open"> {
  const socket = token === undefined ? new WebSocket(chatUrl) : new WebSocket(chatUrl, token);
  return new Promise((resolve, reject) => {
    socket.once("unexpected-response", (_request, { statusCode = 0 }) => {
      resolve(statusCode);
      socket.terminate();
    });
    socket.once("open", () => {
      resolve("open");
      socket.close();
    });
    socket.on("error", reject);
  });
}

/** Enters the run's room; its messages are counted. */
export async function enter(lab: Lab, token: string): Promise<Entered> {
  const socket = new WebSocket(lab.chatUrl, token);
  await new Promise((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  socket.on("error", () => undefined);
  const closed = new Promise<number>((resolve) => socket.once("close", resolve));
  let count = 0;
  return {
    closed,
    send: ({ content, attributes, requestId }) => {
      count += 1;
      lab.used.messagesSent += 1;
      const answered = answerTo(socket, lab);
      const [Action, RequestId] = ["SEND_MESSAGE", requestId ?? `${count}`];
      socket.send(
        JSON.stringify({ Action, RequestId, Content: content, ...(attributes && { Attributes: attributes }) }),
      );
      return answered;
    },
    [Symbol.dispose]: () => socket.terminate(),
  };
}

/** Requests are made one after the other, so the next message or error is the answer. */
function answerTo(socket: WebSocket, { used }: Lab): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(() => reject(new Error("no answer"))), MILLISECONDS);
    const onClose = () => end(() => reject(new Error("closed")));
    const onMessage = (data: unknown) => {
      const read = v.safeParse(frame, JSON.parse(String(data)));
      if (!read.success || !["MESSAGE", "ERROR"].includes(read.output.Type)) return;
      if (read.output.Type === "MESSAGE") used.messagesDelivered += 1;
      end(() => resolve(read.output));
    };
    const end = (settle: () => void) => {
      clearTimeout(timer);
      socket.off("message", onMessage);
      socket.off("close", onClose);
      settle();
    };
    socket.on("message", onMessage);
    socket.on("close", onClose);
  });
}
