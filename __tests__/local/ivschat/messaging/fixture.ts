import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { CreateChatTokenCommand, type CreateChatTokenRequest } from "@aws-sdk/client-ivschat";
import { expect, onTestFinished } from "vitest";
import { type ClientOptions, WebSocket } from "ws";
import type { ChatLogEntry } from "#local/ivschat/logging/record.ts";
import type { LoggingConfiguration } from "#local/ivschat/logging-configuration.ts";
import { type MessagingOptions, startMessaging } from "#local/ivschat/messaging/engine.ts";
import { createChatStore } from "#local/ivschat/messaging/store.ts";
import type { IvsChatOptions } from "#local/ivschat/options.ts";
import { startChat } from "../fixture.ts";

export type Frame = Readonly<Record<string, unknown>>;

/** One WebSocket, with what came over it. */
export const connectTo = async (url: string, token: string, options: ClientOptions = {}) => {
  const socket = new WebSocket(url, token, options);
  onTestFinished(() => socket.terminate());
  const frames: Frame[] = [];
  const waiting: (() => void)[] = [];
  let taken = 0;
  socket.on("message", (data) => {
    frames.push(JSON.parse(String(data)));
    for (const wake of waiting.splice(0)) wake();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on("close", (code, reason) => resolve({ code, reason: String(reason) }));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  socket.on("error", () => {});
  return {
    socket,
    frames,
    closed,
    send: (frame: unknown) => socket.send(typeof frame === "string" ? frame : JSON.stringify(frame)),
    /** The next frame that was not taken yet. */
    next: async (): Promise<Frame> => {
      while (frames.length <= taken) await new Promise<void>((resolve) => waiting.push(resolve));
      taken += 1;
      return frames[taken - 1] as Frame;
    },
  };
};

/** What refused a handshake: `403 The chat token was used before`. */
export const handshakeRefusal = async (url: string, token: string | readonly string[]) =>
  new Promise<string>((resolve, reject) => {
    const socket = new WebSocket(url, typeof token === "string" ? token : [...token]);
    socket.on("error", reject);
    socket.on("open", () => reject(new Error("not refused")));
    socket.on("unexpected-response", (_, response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () =>
        resolve(`${response.statusCode} ${JSON.parse(Buffer.concat(chunks).toString()).message}`),
      );
    });
  });

type Options = Partial<Omit<MessagingOptions, "store" | "openToken">> & { readonly chat?: IvsChatOptions };

/** A control plane and the messaging engine behind a WebSocket address of one test's own. */
export const startRooms = async ({ chat: chatOptions, ...options }: Options = {}) => {
  const reports: string[] = [];
  const logged: { configuration: LoggingConfiguration; entry: ChatLogEntry }[] = [];
  const messaging = startMessaging({
    store: createChatStore(() => control.service.state),
    openToken: (token) => control.service.openToken(token),
    invokeReview: () => Promise.reject(new Error("no handler")),
    writeChatLog: (configuration, entry) => void logged.push({ configuration, entry }),
    report: (line) => void reports.push(line),
    ...options,
  });
  const control: Awaited<ReturnType<typeof startChat>> = await startChat({
    ...chatOptions,
    chatRooms: messaging.rooms,
  });
  const server = createServer().on("upgrade", messaging.handleUpgrade);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    await messaging.stop();
    server.close();
  });
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tokenFor = async (roomIdentifier: string, more: Partial<CreateChatTokenRequest> = {}) => {
    const input = { roomIdentifier, userId: "ann", ...more };
    const { token } = await control.chat.send(new CreateChatTokenCommand(input));
    if (token === undefined) throw new Error("no token");
    return token;
  };
  return {
    ...control,
    messaging,
    url,
    reports,
    logged,
    tokenFor,
    /** Connects a user who may do everything. */
    join: async (room: { arn: string }, userId = "ann", more: Partial<CreateChatTokenRequest> = {}) => {
      const capabilities = ["SEND_MESSAGE", "DELETE_MESSAGE", "DISCONNECT_USER"] as const;
      return connectTo(url, await tokenFor(room.arn, { userId, capabilities: [...capabilities], ...more }));
    },
  };
};

export const reviewed = { uri: "arn:aws:lambda:eu-west-1:000000000000:function:review" };
export const anId = expect.stringMatching(/^[A-Za-z0-9]{12}$/);
export const aSendTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/);
