import { type Bench, quantile } from "./bench.ts";
import type { BroadcastPeer } from "./peers/chat/broadcast.ts";
import type { ChatClients } from "./support/chat-clients.ts";
import type { ChatServer } from "./support/chat-server.ts";
import { startProgram } from "./support/program.ts";

const clients = 500;
const perSecond = 10;
const rounds = 4;
const secondsOfRound = 5;

export const chat: Bench = {
  title:
    `chat: one room, ${clients} clients, ${perSecond} messages a second for ${rounds * secondsOfRound} s, from sent to ` +
    "received by each; peer: a bare broadcast with the ws package, no JSON, no rules (peers/chat)",
  async run() {
    const [ours, peer, people] = await Promise.all([
      startProgram<ChatServer>(new URL("support/chat-server.ts", import.meta.url)),
      startProgram<BroadcastPeer>(new URL("peers/chat/broadcast.ts", import.meta.url)),
      startProgram<ChatClients>(new URL("support/chat-clients.ts", import.meta.url)),
    ]);
    try {
      const tokens = await ours.ask("tokens", clients);
      const [ourUrl, peerUrl] = await Promise.all([ours.ask("url"), peer.ask("url")]);
      for (const url of [ourUrl, peerUrl]) await people.ask("join", url, tokens);
      const delays = { ours: [] as number[], peer: [] as number[] };
      const talk = (url: string) => people.ask("talk", url, secondsOfRound * perSecond, perSecond);
      // In turns, so that a busy minute of the machine falls on both.
      for (let round = 0; round < rounds; round++) {
        delays.peer.push(...(await talk(peerUrl)));
        delays.ours.push(...(await talk(ourUrl)));
      }
      const p99 = { ours: quantile(delays.ours, 0.99), peer: quantile(delays.peer, 0.99) };
      const expected = clients * perSecond * rounds * secondsOfRound;
      return {
        measurements: [
          { what: "ours, delivery", unit: "ms", samples: delays.ours },
          { what: "peer, delivery", unit: "ms", samples: delays.peer },
          { what: "ours, memory", unit: "MB", samples: [(await ours.usage()).megabytes] },
          { what: "peer, memory", unit: "MB", samples: [(await peer.usage()).megabytes] },
        ],
        goals: [
          { what: "share of messages delivered", value: delays.ours.length / expected, bound: { atLeast: 1 } },
          { what: "ours / peer's, p99 of delivery", value: p99.ours / p99.peer, bound: { atMost: 2 } },
        ],
      };
    } finally {
      await Promise.all([ours, peer, people].map(({ stop }) => stop()));
    }
  },
};
