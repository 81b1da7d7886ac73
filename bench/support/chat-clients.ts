import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { obey } from "./obey.ts";

/** How long stragglers are waited for after the last message, in milliseconds. */
const PATIENCE = 1_000;
/** Messages look like this, so that who gets one need not parse it, which would cost more than the delivery. */
const MARK = "number ";

interface Room {
  readonly clients: WebSocket[];
  /** When each message was sent. */
  readonly sent: Map<number, number>;
  delays: number[];
}

const rooms = new Map<string, Room>();

const roomAt = (url: string): Room => {
  const room: Room = rooms.get(url) ?? { clients: [], sent: new Map(), delays: [] };
  rooms.set(url, room);
  return room;
};

const opened = (socket: WebSocket): Promise<void> =>
  new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));

const commands = {
  /** Connects a client for each token. */
  async join(url: string, tokens: readonly string[]): Promise<void> {
    const room = roomAt(url);
    for (const token of tokens) {
      const socket = new WebSocket(url, token, { perMessageDeflate: false });
      socket.on("message", (data: Buffer) => {
        const now = performance.now();
        const text = data.toString("latin1");
        const number = Number.parseInt(text.slice(text.indexOf(MARK) + MARK.length), 10);
        room.delays.push(now - (room.sent.get(number) ?? Number.NaN));
      });
      await opened(socket);
      room.clients.push(socket);
    }
  },
  /** Sends so many messages, each from another client, and tells how long each took to each client, in milliseconds. */
  async talk(url: string, messages: number, perSecond: number): Promise<readonly number[]> {
    const room = roomAt(url);
    const { clients, sent } = room;
    room.delays = [];
    const begin = performance.now();
    for (let message = 0; message < messages; message++) {
      await sleep(begin + (message * 1_000) / perSecond - performance.now());
      const number = sent.size;
      const frame = { Action: "SEND_MESSAGE", RequestId: `request-${number}`, Content: `${MARK}${number}` };
      const text = JSON.stringify(frame);
      sent.set(number, performance.now());
      clients[number % clients.length]?.send(text);
    }
    await sleep(PATIENCE);
    return room.delays;
  },
};

export type ChatClients = typeof commands;
obey(commands);
