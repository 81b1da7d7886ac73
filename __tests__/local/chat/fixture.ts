import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateChatTokenCommand,
  type CreateChatTokenRequest,
  CreateRoomCommand,
  type CreateRoomRequest,
  IvschatClient,
} from "@aws-sdk/client-ivschat";
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { ChatRoom, type ChatRoomListenerMap } from "amazon-ivs-chat-messaging";
import { WebSocket } from "ws";
import { writeZip } from "#local/archive-provider/zip.ts";
import { type Chat, type ChatOptions, joinChat } from "#local/chat.ts";
import { ACCOUNT, type Emulator, REGION, startEmulator } from "../clients/emulator.ts";
import { type Amazon, amazon } from "../fixture/amazon.ts";

// The client is made for browsers and takes WebSocket from the global object, which Node 20 does not have.
Object.assign(globalThis, { WebSocket });

/** Every room of this account and region. */
export const ANY_ROOM = `arn:aws:ivschat:${REGION}:${ACCOUNT}:room/*`;

const SILENT = { debug: () => {}, info: () => {}, error: () => {} };
const EVERYTHING: CreateChatTokenRequest["capabilities"] = ["SEND_MESSAGE", "DELETE_MESSAGE", "DISCONNECT_USER"];

/** Chat behind the edge of an emulator, as in the cloud. */
export interface ChatCloud extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly account: Amazon;
  readonly chat: Chat;
  /** Calls the control plane through the edge. */
  readonly api: IvschatClient;
  readonly url: string;
  createRoom(input?: CreateRoomRequest): Promise<string>;
  tokenFor(roomIdentifier: string, more?: Partial<CreateChatTokenRequest>): Promise<string>;
  /** A user of Amazon's own client who may do everything, connected; everything that it tells can be waited for. */
  enter(roomIdentifier: string, userId: string, more?: Partial<CreateChatTokenRequest>): Promise<Guest>;
  /**
   * Makes a function of one file and lets IVS Chat call it.
   * @param forRooms for which rooms, null for none
   */
  reviewer(name: string, code: string | Uint8Array, forRooms?: string | null): Promise<string>;
}

export interface Guest {
  readonly room: ChatRoom;
  happened<Name extends keyof ChatRoomListenerMap>(name: Name): Promise<Parameters<ChatRoomListenerMap[Name]>[0]>;
}

const guestOf = (room: ChatRoom): Guest => ({
  room,
  happened: (name) =>
    new Promise((resolve) => {
      room.addListener(name, ((what: never) => resolve(what)) as ChatRoomListenerMap[typeof name]);
    }),
});

export const startChatCloud = async (options: Partial<Omit<ChatOptions, "clients">> = {}): Promise<ChatCloud> => {
  const emulator = await startEmulator();
  const chat = joinChat({ clients: emulator.clients, report: (line) => emulator.lines.push(line), ...options });
  emulator.open({ services: [chat.service], chat: chat.handleUpgrade });
  const account = amazon(emulator.endpoint, emulator.keys);
  const api = new IvschatClient({ ...emulator.options, maxAttempts: 5 });
  const lambda = new LambdaClient(emulator.options);
  const url = `${emulator.endpoint.replace("http:", "ws:")}/chat`;
  const guests: ChatRoom[] = [];
  let role: Promise<string> | undefined;

  const createToken = (roomIdentifier: string, more: Partial<CreateChatTokenRequest> = {}) =>
    api.send(new CreateChatTokenCommand({ roomIdentifier, userId: "viewer-1", capabilities: EVERYTHING, ...more }));

  const createFunction = async (FunctionName: string, code: string | Uint8Array) => {
    role ??= account.role("reviewers", [{ Effect: "Allow", Action: "logs:*", Resource: "*" }]);
    const file = { name: "handler.mjs", content: Buffer.from(code) };
    const { FunctionArn = "" } = await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Role: await role,
        Runtime: "nodejs20.x",
        Handler: "handler.handler",
        Timeout: 20,
        Code: { ZipFile: writeZip([file]) },
      }),
    );
    const isActive = async () =>
      (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).State === "Active";
    while (!(await isActive())) await sleep(50);
    return FunctionArn;
  };

  return {
    emulator,
    account,
    chat,
    api,
    url,
    createRoom: async (input = {}) => (await api.send(new CreateRoomCommand(input))).arn ?? "",
    tokenFor: async (roomIdentifier, more) => (await createToken(roomIdentifier, more)).token ?? "",
    enter: async (roomIdentifier, userId, more = {}) => {
      const tokenProvider = async () => {
        const {
          token = "",
          sessionExpirationTime,
          tokenExpirationTime,
        } = await createToken(roomIdentifier, {
          userId,
          ...more,
        });
        return { token, sessionExpirationTime, tokenExpirationTime };
      };
      const room = new ChatRoom({ regionOrUrl: url, maxReconnectAttempts: 1, tokenProvider });
      room.logger = SILENT;
      guests.push(room);
      const guest = guestOf(room);
      const [connected, disconnected] = [guest.happened("connect"), guest.happened("disconnect")];
      room.connect();
      const reason = await Promise.race([connected.then(() => undefined), disconnected]);
      if (reason !== undefined) throw new Error(`not connected: ${reason}`);
      return guest;
    },
    reviewer: async (name, code, forRooms = ANY_ROOM) => {
      const arn = await createFunction(name, code);
      if (forRooms !== null) {
        await lambda.send(
          new AddPermissionCommand({
            FunctionName: name,
            StatementId: "chat",
            Action: "lambda:InvokeFunction",
            Principal: "ivschat.amazonaws.com",
            SourceAccount: ACCOUNT,
            SourceArn: forRooms,
          }),
        );
      }
      return arn;
    },
    [Symbol.asyncDispose]: async () => {
      for (const room of guests) room.disconnect();
      await chat.stop();
      await emulator[Symbol.asyncDispose]();
    },
  };
};
