import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MediaUnit } from "#local/media/access-unit.ts";
import type { PlaybackFetch } from "#local/media/origin/authorize.ts";
import { createOrigin, type Live, type Origin } from "#local/media/origin/origin.ts";
import { readTransportStream } from "../fixture/transport-stream.ts";
import { configurations, pictures } from "../fixture/units.ts";

const ARN = "arn:aws:ivs:us-west-2:111122223333:channel/AbCdEf123456";
const CHANNEL = "/api/video/v1/us-west-2.111122223333.channel.AbCdEf123456.m3u8";

let server: Server;
let base: string;
let origin: Origin;
let live: Live;
let asked: PlaybackFetch<string>[];
let decide: (
  fetch: PlaybackFetch<string>,
) =>
  | { readonly allowed: true; readonly session: string }
  | { readonly allowed: false; readonly status: number; readonly body: unknown };
let errors: unknown[];

beforeEach(async () => {
  asked = [];
  errors = [];
  decide = () => ({ allowed: true, session: "a session" });
  origin = createOrigin<string>({
    authorize: async (fetch) => {
      asked.push(fetch);
      return decide(fetch);
    },
    onError: (error) => errors.push(error),
    lengths: { segment: 200, part: 50 },
  });
  live = origin.start(ARN);
  write(configurations);
  server = createServer((request, response) => {
    if (!origin.handle(request, response)) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  live.end();
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const write = (units: readonly MediaUnit[]) => {
  for (const unit of units) live.write(unit);
};

/** Media of so many seconds: five segments a second, each of four parts. */
const send = (seconds: number, from = 0) => write(pictures({ from: from * 1_000, seconds, frame: 25, keyframes: 200 }));

const get = (path: string, init?: RequestInit) => fetch(base + path, init);

/** The path of a new viewing's media playlist. */
const view = async (): Promise<string> => {
  const text = await (await get(CHANNEL)).text();
  const uri = text.split("\n").find((line) => line.startsWith("viewings/"));
  return new URL(uri ?? "", base + CHANNEL).pathname;
};

const beside = (playlist: string, name: string) => playlist.replace("playlist.m3u8", name);

describe("a channel's playlist", () => {
  it("is a list of errors with status 404 while the channel is offline, and before its first whole segment", async () => {
    const offline = [
      { url: CHANNEL, error: "Can not find channel", error_code: "channel_not_broadcasting", type: "error" },
    ];
    const answer = await get(CHANNEL);
    expect([answer.status, await answer.json()]).toEqual([404, offline]);
    live.end();
    expect((await get(CHANNEL)).status).toBe(404);
  });

  it("has a type that players know, may be read by any page, and is kept by none", async () => {
    send(0.5);
    const answer = await get(CHANNEL);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/vnd.apple.mpegurl",
      "access-control-allow-origin": "*",
      "cache-control": "no-cache, no-store, private",
    });
  });

  it("is judged with its token and origin, and refused with what the judge says", async () => {
    send(0.5);
    decide = () => ({ allowed: false, status: 403, body: [{ error_code: "invalid_playback_auth_token" }] });
    const answer = await get(`${CHANNEL}?token=secret`, { headers: { origin: "https://example.com" } });
    expect([answer.status, await answer.json()]).toEqual([403, [{ error_code: "invalid_playback_auth_token" }]]);
    expect(asked).toMatchObject([
      { channelArn: ARN, stage: "multivariant", token: "secret", origin: "https://example.com", session: undefined },
    ]);
    expect(asked[0]?.format?.video).toMatchObject({ width: 320, height: 180 });
  });

  it("does not repeat a token where it fails", async () => {
    expect(await (await get(`${CHANNEL}?token=secret`)).text()).not.toContain("secret");
  });
});

describe("what lies below a viewing", () => {
  it("is judged by the session that began it, at each fetch", async () => {
    send(0.5);
    const playlist = await view();
    await get(playlist, { headers: { origin: "https://example.com" } });
    await get(beside(playlist, "segment-0.ts"));
    await get(beside(playlist, "part-0.ts"));
    expect(asked.slice(1)).toMatchObject([
      { stage: "playlist", channelArn: ARN, session: "a session", origin: "https://example.com" },
      { stage: "segment", session: "a session" },
      { stage: "segment", session: "a session" },
    ]);
    decide = () => ({ allowed: false, status: 403, body: ["revoked"] });
    for (const name of ["playlist.m3u8", "segment-0.ts", "part-0.ts"]) {
      const answer = await get(beside(playlist, name));
      expect([answer.status, await answer.json()]).toEqual([403, ["revoked"]]);
    }
  });

  it("is refused to whoever guesses an id", async () => {
    send(0.5);
    const guessed = "/api/video/v1/viewings/AAAAAAAAAAAAAAAAAAAAAAAA/playlist.m3u8";
    const answer = await get(guessed);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject([{ error_code: "forbidden", url: guessed }]);
  });

  it("counts viewers, each once", async () => {
    send(0.5);
    const [one, other] = [await view(), await view()];
    expect(origin.viewers(ARN)).toBe(0);
    for (const path of [one, one, other]) await get(path);
    expect(origin.viewers(ARN)).toBe(2);
    expect(origin.viewers("arn:aws:ivs:us-west-2:111122223333:channel/another00000")).toBe(0);
  });

  it("serves every segment and part that the playlist names, as MPEG-TS", async () => {
    send(1.05);
    const playlist = await view();
    const text = await (await get(playlist)).text();
    const names = [...text.matchAll(/^segment-\d+\.ts|(?<=#EXT-X-PART:.*URI=")[^"]+/gm)].map(([name]) => name);
    expect(names.length).toBeGreaterThan(12);
    for (const name of names) {
      const answer = await get(beside(playlist, name));
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "video/mp2t"]);
      expect(answer.headers.get("cache-control")).toBe("private, max-age=60, immutable");
      expect(readTransportStream(Buffer.from(await answer.arrayBuffer())).length).toBeGreaterThan(1);
    }
  });
});

describe("what is not there yet", () => {
  it("holds a playlist back until it has the part that the player waits for", async () => {
    send(0.45);
    const playlist = await view();
    const waiting = get(`${playlist}?_HLS_msn=2&_HLS_part=3`);
    send(0.25, 0.45);
    const text = await (await waiting).text();
    expect(text).toContain("segment-2.ts");
  });

  it("answers with the playlist as it stands where the encoder does not come back in time", async () => {
    send(0.45);
    const playlist = await view();
    const answer = await get(`${playlist}?_HLS_msn=4`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toContain("segment-4.ts\n#EXT");
  });

  it("refuses a wish that the standard forbids", async () => {
    send(0.45);
    const playlist = await view();
    expect((await get(`${playlist}?_HLS_msn=99`)).status).toBe(400);
    expect((await get(`${playlist}?_HLS_part=1`)).status).toBe(400);
  });

  it("sends the part that was hinted at as soon as it is made, whichever segment it falls into", async () => {
    send(0.4);
    const playlist = await view();
    const hint = /PRELOAD-HINT:TYPE=PART,URI="([^"]+)"/.exec(await (await get(playlist)).text())?.[1] ?? "";
    const waiting = get(beside(playlist, hint));
    send(0.3, 0.4);
    expect((await waiting).status).toBe(200);
    expect((await get(beside(playlist, "part-999.ts"))).status).toBe(404);
  });

  it("sends a segment in progress in chunks, as its parts are made", async () => {
    send(0.5);
    const playlist = await view();
    const answer = await get(beside(playlist, "segment-2.ts"));
    expect(answer.headers.get("content-length")).toBeNull();
    const reader = answer.body?.getReader();
    const { value: first } = (await reader?.read()) ?? {};
    expect(first?.[0]).toBe(0x47);
    send(0.3, 0.5);
    const chunks = [first ?? new Uint8Array()];
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) chunks.push(read.value);
    const whole = await (await get(beside(playlist, "segment-2.ts"))).arrayBuffer();
    expect(Buffer.concat(chunks).equals(Buffer.from(whole))).toBe(true);
  });

  it("holds the next segment back while the encoder is away, and sends it when it is back", async () => {
    send(0.5);
    const playlist = await view();
    live.interrupt();
    const waiting = get(beside(playlist, "segment-3.ts"));
    await get(playlist);
    send(0.5, 60);
    const answer = await waiting;
    expect(answer.status).toBe(200);
    expect(readTransportStream(Buffer.from(await answer.arrayBuffer())).length).toBeGreaterThan(1);
    expect(await (await get(playlist)).text()).toContain("#EXT-X-DISCONTINUITY\n");
  });

  it("is nothing, and no failure, for a segment that was announced when the stream ended", async () => {
    send(0.5);
    const playlist = await view();
    live.interrupt();
    const waiting = get(beside(playlist, "segment-3.ts"));
    await get(playlist);
    live.end();
    const answer = await waiting;
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
  });
});

describe("a stream that ended", () => {
  it("can be watched to its end, with ENDLIST, while the channel is offline", async () => {
    send(0.5);
    const playlist = await view();
    live.end();
    const text = await (await get(`${playlist}?_HLS_msn=3`)).text();
    expect(text).toMatch(/#EXT-X-ENDLIST\n$/);
    expect((await get(beside(playlist, "segment-2.ts"))).status).toBe(200);
    expect((await get(CHANNEL)).status).toBe(404);
    expect(origin.viewers(ARN)).toBe(0);
  });

  it("is what the former stream becomes where the channel starts anew", async () => {
    send(0.5);
    const playlist = await view();
    const former = live;
    live = origin.start(ARN);
    write(configurations);
    send(0.3);
    former.end();
    expect(await (await get(playlist)).text()).toContain("#EXT-X-ENDLIST");
    expect((await get(await view())).status).toBe(200);
  });
});

describe("the origin", () => {
  it("leaves other addresses to others", async () => {
    expect((await get("/")).status).toBe(418);
  });

  it.each(["/api/video/v1/viewings/x/..%2fplaylist.m3u8", "/api/video/v1/viewings/x/%2e%2e/%2e%2e/passwd"])(
    "refuses to climb: %s",
    async (path) => {
      const climb = await new Promise<number | undefined>((resolve) => {
        // Not by fetch, which would resolve the path itself.
        httpRequest(base, { path }, (answer) => resolve(answer.resume().statusCode)).end();
      });
      expect(climb).toBe(404);
    },
  );

  it("answers HEAD without a body, a preflight, and no other method", async () => {
    send(0.5);
    const head = await get(CHANNEL, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    const preflight = await get(CHANNEL, { method: "OPTIONS" });
    expect([preflight.status, preflight.headers.get("access-control-allow-methods")]).toEqual([
      204,
      "GET, HEAD, OPTIONS",
    ]);
    expect((await get(CHANNEL, { method: "POST" })).status).toBe(405);
  });

  it("tells a fault of ours without its text, and goes on", async () => {
    send(0.5);
    decide = () => {
      throw new Error("secret");
    };
    const answer = await get(CHANNEL);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("secret");
    expect(errors).toEqual([new Error("secret")]);
    decide = () => ({ allowed: true, session: "" });
    expect((await get(CHANNEL)).status).toBe(200);
  });

  it("does not mind viewers who leave in the middle", async () => {
    send(0.5);
    const playlist = await view();
    const leave = new AbortController();
    const answer = await get(beside(playlist, "segment-2.ts"), { signal: leave.signal });
    leave.abort();
    await answer.text().catch(() => undefined);
    send(1, 0.5);
    expect((await get(playlist)).status).toBe(200);
    expect(errors).toEqual([]);
  });
});
