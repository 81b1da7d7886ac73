import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { obey } from "#bench/support/obey.ts";

/** The example of the `ws` package: what one client sends goes to all, as it is. */
const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
server.on("connection", (socket) => {
  socket.on("message", (data) => {
    for (const client of server.clients) client.send(data, { binary: false });
  });
});
await new Promise((resolve) => server.once("listening", resolve));

const commands = {
  url: () => `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
};

export type BroadcastPeer = typeof commands;
obey(commands);
