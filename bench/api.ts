import { startOwnCloud } from "#__tests__/local/fixture/own-cloud.ts";
import { type Bench, type Goal, type Measurement, median } from "./bench.ts";
import { type ApiFunction, type ApiPlatform, startApiPlatform } from "./support/api-platform.ts";

const rounds = 100;
const warmUpRounds = 10;
/** A full page, and some more. */
const channelsOnAir = 40;

interface Route {
  readonly what: string;
  readonly handler: ApiFunction;
  readonly method: "GET" | "POST";
  readonly path: string;
  /** The bare function's, which the gateway lets the same people call. */
  readonly peerPath: string;
  readonly body?: string;
}

const open = { handler: "api-public", peerPath: "/public/hello" } as const;
const signedIn = { handler: "api-stream", peerPath: "/stream/hello" } as const;
const guest = JSON.stringify({ guest: "a secret of a guest" });

const routes: readonly Route[] = [
  { what: "list of live channels", ...open, method: "GET", path: "/public/live" },
  { what: "channel", ...open, method: "GET", path: "/public/channels/channel-1" },
  { what: "guest's chat token", ...open, method: "POST", path: "/public/channels/channel-1/chat-token", body: guest },
  { what: "own channel", ...signedIn, method: "GET", path: "/stream/me" },
];

/** What one route took, in milliseconds, each time. */
interface Times {
  readonly whole: number[];
  /** The handler alone, called with such an event in a process of its own. */
  readonly handler: number[];
  readonly peer: number[];
}

async function timeCall(
  { url, signedIn: { accessToken } }: ApiPlatform,
  path: string,
  { method, body }: Partial<Route>,
) {
  const headers = { authorization: `Bearer ${accessToken}`, "content-type": "application/json" };
  const start = performance.now();
  const response = await fetch(`${url}${path}`, { method: method ?? "GET", headers, ...(body && { body }) });
  const text = await response.text();
  const milliseconds = performance.now() - start;
  if (response.status !== 200) throw new Error(`${path} was answered ${response.status} ${text}`);
  return milliseconds;
}

async function timeHandler({ programs, signedIn: { sub } }: ApiPlatform, { handler, path, method, body }: Route) {
  const { status, milliseconds } = await programs[handler].ask("call", {
    ...{ rawPath: path, rawQueryString: "", headers: { "content-type": "application/json" }, body },
    requestContext: {
      ...{ requestId: "bench", http: { method } },
      authorizer: { jwt: { claims: { sub, token_use: "access" } } },
    },
  });
  if (status !== 200) throw new Error(`the handler of ${path} answered ${status}`);
  return milliseconds;
}

/** Everything in turn, so that what else the machine does meets all alike. */
async function measure(): Promise<Map<Route, Times>> {
  await using own = await startOwnCloud({ rates: "none" });
  const platform = await startApiPlatform(own, channelsOnAir);
  const times = new Map(routes.map((route): [Route, Times] => [route, { whole: [], handler: [], peer: [] }]));
  try {
    for (let round = -warmUpRounds; round < rounds; round++) {
      for (const [route, { whole, handler, peer }] of times) {
        const peers = await timeCall(platform, route.peerPath, {});
        const ours = await timeCall(platform, route.path, route);
        const alone = await timeHandler(platform, route);
        if (round < 0) continue;
        peer.push(peers);
        whole.push(ours);
        handler.push(alone);
      }
    }
  } finally {
    await Promise.all(Object.values(platform.programs).map((program) => program.stop()));
  }
  return times;
}

const measurementsOf = ({ what }: Route, { whole, handler, peer }: Times): Measurement[] => [
  { what: `${what}, through the API`, unit: "ms", samples: whole },
  { what: `${what}, the handler alone`, unit: "ms", samples: handler },
  { what: "peer, through the API in the same turns", unit: "ms", samples: peer },
];

const goalsOf = ({ what }: Route, { whole, handler, peer }: Times): Goal[] => [
  {
    what: `${what}: p50 through the API, ours / peer's`,
    value: median(whole) / median(peer),
    bound: { atMost: 2 },
  },
  { what: `${what}: handler's share of that time`, value: median(handler) / median(whole), bound: { atMost: 0.5 } },
];

export const api: Bench = {
  title:
    "calls of the API, one after the other, with the local cloud; " +
    "peer: a bare function behind the same gateway (peers/bundle/hello)",
  async run() {
    const times = [...(await measure())];
    return {
      measurements: times.flatMap(([route, measured]) => measurementsOf(route, measured)),
      goals: times.flatMap(([route, measured]) => goalsOf(route, measured)),
    };
  },
};
