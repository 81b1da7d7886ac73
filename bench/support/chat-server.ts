import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { newTokenKey, openToken, sealToken } from "#local/ivschat/chat-token.ts";
import { startMessaging } from "#local/ivschat/messaging/engine.ts";
import type { Room } from "#local/ivschat/room.ts";
import { obey } from "./obey.ts";

const time = new Date(0).toISOString();
const room: Room = {
  arn: "arn:aws:ivschat:us-west-2:111122223333:room/AbCdEf123456",
  id: "AbCdEf123456",
  name: "bench",
  createTime: time,
  updateTime: time,
  // The service's defaults.
  maximumMessageRatePerSecond: 10,
  maximumMessageLength: 500,
  loggingConfigurationIdentifiers: [],
  tags: {},
};
const key = newTokenKey();
const hour = 3_600_000;

const messaging = startMessaging({
  store: { room: (arn) => (arn === room.arn ? room : undefined), loggingConfigurations: () => [] },
  openToken: (token) => openToken(key, token),
  invokeReview: () => Promise.reject(new Error("the room has no review handler")),
  writeChatLog: () => {},
});
const server = createServer().on("upgrade", messaging.handleUpgrade);
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

const tokenFor = (userId: string): string => {
  const expires = Date.now() + hour;
  const claims = { roomArn: room.arn, userId, capabilities: ["SEND_MESSAGE" as const], attributes: {} };
  return sealToken(key, { id: userId, ...claims, tokenExpires: expires, sessionExpires: expires });
};

const commands = {
  url: () => `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
  /** One for each client. */
  tokens: (count: number) => Array.from({ length: count }, (_, index) => tokenFor(`viewer-${index}`)),
};

export type ChatServer = typeof commands;
obey(commands);
