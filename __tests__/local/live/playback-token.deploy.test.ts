import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import {
  BatchStartViewerSessionRevocationCommand,
  DeletePlaybackKeyPairCommand,
  ImportPlaybackKeyPairCommand,
  StartViewerSessionRevocationCommand,
} from "@aws-sdk/client-ivs";
import { SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filesWith, secretsIn, textSecret } from "../../support/secrets.ts";
import { smallClip } from "../media/fixture/ffmpeg.ts";
import { type LiveCloud, type SentChannel, startLiveCloud } from "./fixture/live-cloud.ts";
import { createSigner, inSeconds, type Signer } from "./fixture/tokens.ts";
import { type Audience, watch, withToken } from "./fixture/viewer.ts";

const PAGE = "https://live.example.com";

let live: LiveCloud;
let [stage, backstage, hall]: SentChannel[] = [];
let [signer, stranger]: Signer[] = [];
/** Every token that was sent, right or wrong. */
const used = new Set<string>();

const importKey = async (publicKeyMaterial: string) => {
  const { keyPair } = await live.ivs.send(new ImportPlaybackKeyPairCommand({ publicKeyMaterial }));
  return keyPair?.arn;
};

beforeAll(async () => {
  live = await startLiveCloud();
  [stage, backstage, hall] = await Promise.all(
    ["stage", "backstage", "hall"].map((name) => live.channel(name, { authorized: true })),
  );
  [signer, stranger] = await Promise.all([createSigner(), createSigner()]);
  await importKey(signer?.publicKey ?? "");
  const large = await smallClip({ width: 1280, height: 720, seconds: 4, framesPerSecond: 10 });
  await Promise.all([stage?.goLive(), hall?.goLive(large)]);
});
afterAll(() => live?.[Symbol.asyncDispose]());

const addressOf = (channel: SentChannel | undefined) => channel?.playbackUrl ?? "";
const pathOf = (channel: SentChannel | undefined) => new URL(addressOf(channel)).pathname;

const tokenFor = async (claims: Readonly<Record<string, unknown>> = {}, channel = stage, by = signer) => {
  const token = (await by?.sign(channel?.arn ?? "", claims)) ?? "";
  used.add(token);
  return token;
};

const view = (audience: Audience, channel = stage) => watch(addressOf(channel), audience);

/** The answer to a player that sends this. */
const ask = async ({ token, origin }: Audience, channel = stage) => {
  if (token) used.add(token);
  const headers: Record<string, string> = origin === undefined ? {} : { origin };
  const answer = await fetch(withToken(addressOf(channel), token), { headers });
  return { status: answer.status, type: answer.headers.get("content-type"), text: await answer.text() };
};

/** What a refusal says, once it is known to be one in the service's form, without the token. */
const refusalOf = async (audience: Audience, channel = stage): Promise<[string, string]> => {
  const { status, type, text } = await ask(audience, channel);
  expect({ status, type }).toEqual({ status: 403, type: "application/json" });
  for (const token of used) expect(text).not.toContain(token);
  const [{ url, error, error_code, ...rest }, ...others] = JSON.parse(text);
  expect({ url, ...rest, others }).toEqual({ url: pathOf(channel), type: "error", others: [] });
  return [error_code, error];
};

describe("a viewer with the right token", () => {
  it("has the playlists and a segment of the live stream, the token in the first address alone", async () => {
    const token = await tokenFor();
    const viewer = await view({ token });
    expect(await viewer.playlist()).toContain("#EXTINF:");
    const segment = await viewer.segment();
    expect(segment.headers.get("content-type")).toBe("video/mp2t");
    expect(Buffer.from(await segment.arrayBuffer())[0]).toBe(0x47);
    expect(viewer.playlistUrl + (await viewer.playlist())).not.toContain(token);
  });

  it("may be any page where the token names none, and goes on when the token has expired", async () => {
    const viewer = await view({ token: await tokenFor({ exp: inSeconds(1) }), origin: PAGE });
    await sleep(1_100);
    expect(await viewer.playlist()).toContain("#EXTINF:");
  });

  it("is told that nothing is on air, without the token, where that is so", async () => {
    const token = await tokenFor({}, backstage);
    const { status, text } = await ask({ token }, backstage);
    expect(status).toBe(404);
    expect(JSON.parse(text)).toMatchObject([{ error_code: "channel_not_broadcasting", url: pathOf(backstage) }]);
    expect(text).not.toContain(token);
  });
});

describe("a viewer is refused", () => {
  const INVALID = "invalid_playback_auth_token";
  const header = { alg: "ES384", typ: "JWT" };
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = () => ({ "aws:channel-arn": stage?.arn, exp: inSeconds(60) });
  const asSecret = () => new TextEncoder().encode(signer?.publicKey);

  it.each<[string, () => Promise<string> | string | undefined, RegExp]>([
    ["without a token", () => undefined, /^token contains an invalid number of segments$/],
    ["with an empty one", () => "", /^token contains an invalid number of segments$/],
    ["with one that is no token", () => "letmein", /^token contains an invalid number of segments$/],
    ["with one of a key that nobody imported", () => tokenFor({}, stage, stranger), /^signature is invalid$/],
    ["with one that has expired", () => tokenFor({ exp: inSeconds(-5) }), /^token is expired by \d s$/],
    ["with exp in milliseconds", () => tokenFor({ exp: Date.now() + 60_000 }), /^exp \d{13} is in milliseconds; /],
    ["with another channel's", () => tokenFor({}, backstage), /^aws:channel-arn names another channel$/],
    ["with an unsigned one", () => new UnsecuredJWT(claims()).encode(), /^alg must be ES384, it is "none"$/],
    [
      "with an unsigned one that says it is signed",
      () => `${encoded(header)}.${encoded(claims())}.`,
      /^token is not base64url$/,
    ],
    [
      "with the public key as the secret of an HS256",
      () => new SignJWT(claims()).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(asSecret()),
      /^alg must be ES384, it is "HS256"$/,
    ],
    [
      "with a viewer id that would last for longer than ten minutes",
      () => tokenFor({ "aws:viewer-id": "viewer-1", exp: inSeconds(700) }),
      /^exp must be at most 600 s ahead with aws:viewer-id$/,
    ],
  ])("%s", async (_, make, message) => {
    const token = await make();
    const [code, error] = await refusalOf(token === undefined ? {} : { token });
    expect(code).toBe(INVALID);
    expect(error).toMatch(message);
  });

  it("who comes from another page than the token names", async () => {
    const token = await tokenFor({ "aws:access-control-allow-origin": `${PAGE},https://*.example.org` });
    expect(await refusalOf({ token, origin: "https://evil.example.net" })).toEqual([
      "playback_auth_error",
      "this origin is not allowed",
    ]);
    const viewer = await view({ token, origin: "https://www.example.org" });
    // By default the first fetch alone is judged, as programs without an Origin header may follow it.
    expect((await fetch(viewer.playlistUrl, { headers: { origin: "https://evil.example.net" } })).status).toBe(200);
  });

  it("at every fetch where the origin is enforced strictly", async () => {
    const token = await tokenFor({ "aws:access-control-allow-origin": PAGE, "aws:strict-origin-enforcement": true });
    expect(await refusalOf({ token })).toEqual(["playback_auth_error", "an Origin header is required"]);
    const viewer = await view({ token, origin: PAGE });
    const segment = await viewer.segment();
    expect(segment.status).toBe(200);
    for (const address of [viewer.playlistUrl, segment.url]) {
      expect((await fetch(address)).status).toBe(403);
      const answer = await fetch(address, { headers: { origin: "https://evil.example.net" } });
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject([{ error_code: "playback_auth_error", type: "error" }]);
    }
  });

  it("who uses a token for the second time that may be used once, also where both come at once", async () => {
    const single = () => tokenFor({ "aws:single-use-uuid": randomUUID() });
    const token = await single();
    await view({ token });
    expect(await refusalOf({ token })).toEqual(["playback_auth_error", "single-use token was used before"]);
    const raced = await single();
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask({ token: raced })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(403)]);
  });

  it("for whom the only rendition is too large", async () => {
    const [sd, hd] = await Promise.all(["SD", "HD"].map((most) => tokenFor({ "aws:maximum-resolution": most }, hall)));
    expect(await refusalOf({ token: sd ?? "" }, hall)).toEqual([
      "playback_auth_error",
      "aws:maximum-resolution is SD, and the only rendition has 720 lines",
    ]);
    expect((await ask({ token: hd ?? "" }, hall)).status).toBe(200);
  });

  it("whose key pair was deleted, at the start alone", async () => {
    const brief = await createSigner();
    const arn = await importKey(brief.publicKey);
    const token = await tokenFor({}, stage, brief);
    const viewer = await view({ token });
    await live.ivs.send(new DeletePlaybackKeyPairCommand({ arn }));
    expect(await refusalOf({ token })).toEqual([INVALID, "signature is invalid"]);
    expect(await viewer.playlist()).toContain("#EXTINF:");
  });
});

describe("a revoked viewer", () => {
  const of = (viewerId: string, version = 0) =>
    tokenFor({ "aws:viewer-id": viewerId, "aws:viewer-session-version": version });
  const revoked = ["playback_auth_error", "viewer session is revoked"];

  it("sees nothing more, and nobody else is disturbed", async () => {
    const token = await of("viewer-1");
    const [viewer, other] = await Promise.all([view({ token }), view({ token: await of("viewer-2") })]);
    const { url } = await viewer.segment();
    await live.ivs.send(new StartViewerSessionRevocationCommand({ channelArn: stage?.arn, viewerId: "viewer-1" }));
    for (const address of [viewer.playlistUrl, url]) {
      const answer = await fetch(address);
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject([{ error: revoked[1], error_code: revoked[0], type: "error" }]);
    }
    expect(await refusalOf({ token })).toEqual(revoked);
    expect(await other.playlist()).toContain("#EXTINF:");
  });

  it("is let in again by a higher version, and one of a batch is revoked like one alone", async () => {
    const [former, later] = await Promise.all([of("guest-1", 1), of("guest-1", 2)]);
    const running = await view({ token: former });
    const viewerSessions = [
      { channelArn: stage?.arn, viewerId: "guest-1", viewerSessionVersionsLessThanOrEqualTo: 1 },
      { channelArn: backstage?.arn, viewerId: "guest-2" },
    ];
    await live.ivs.send(new BatchStartViewerSessionRevocationCommand({ viewerSessions }));
    await expect(running.playlist()).rejects.toThrow("viewer session is revoked");
    expect(await refusalOf({ token: former })).toEqual(revoked);
    expect((await ask({ token: later })).status).toBe(200);
    expect((await ask({ token: await of("guest-2") })).status).toBe(200);
  });
});

describe("an address that climbs", () => {
  /** Sends a request target as it is written, which fetch would tidy up. */
  const send = async (target: string) => {
    const { hostname, port } = new URL(live.cloud.endpoint);
    const answer = await new Promise<{ status: number; body: string }>((resolve, reject) => {
      const sent = request({ hostname, port, path: target, agent: false }, (incoming) =>
        text(incoming).then((body) => resolve({ status: incoming.statusCode ?? 0, body }), reject),
      );
      sent.on("error", reject).end();
    });
    return answer;
  };

  /** The same, of bytes that no client writes. */
  const sendRaw = (line: string) =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(live.cloud.endpoint);
      const socket = connect(Number(port), hostname);
      let answer = "";
      socket.on("data", (bytes) => {
        answer += bytes;
      });
      socket.on("close", () => resolve(answer.split("\r\n", 1)[0] ?? ""));
      socket.on("error", reject);
      socket.end(`${line}\r\nhost: ${hostname}\r\nconnection: close\r\n\r\n`);
    });

  const climbs = [
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "%252e%252e%252f%252e%252e%252fetc%252fpasswd",
    "..%5c..%5c..%5cwindows%5cwin.ini",
    "..\\..\\..\\etc\\passwd",
    "....//....//etc/passwd",
    "/etc/passwd",
    "playlist.m3u8%00.ts",
    "segment-0.ts/../../../../run.json",
    "segment--1.ts",
    "segment-1e9.ts",
    "segment-99999999999999999999.ts",
    "%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
  ];

  it("leads nowhere, from a running viewing or from none", async () => {
    const { playlistUrl } = await view({ token: await tokenFor() });
    const folder = new URL(".", playlistUrl).pathname;
    for (const place of [folder, "/api/video/v1/viewings/", "/api/video/v1/", `${pathOf(stage)}/`]) {
      for (const climb of climbs) {
        const { status, body } = await send(place + climb);
        // What cannot be decoded at all is malformed.
        expect([403, 404, ...(climb.includes("%c0") ? [400] : [])], place + climb).toContain(status);
        expect(JSON.parse(body)).toBeDefined();
        expect(body).not.toMatch(/root:|AWS_SECRET/);
      }
    }
  });

  it("leads nowhere as a whole address, and no other method opens one", async () => {
    for (const line of [
      "GET http://127.0.0.1/api/video/v1/../../run.json HTTP/1.1",
      "GET file:///etc/passwd HTTP/1.1",
      "GET api/video/v1/x HTTP/1.1",
    ]) {
      expect(await sendRaw(line)).toMatch(/^HTTP\/1\.1 400 /);
    }
    expect(await sendRaw(`PUT ${pathOf(stage)} HTTP/1.1`)).toMatch(/^HTTP\/1\.1 403 /);
  });

  it("that was guessed is nobody's viewing", async () => {
    const { playlistUrl } = await view({ token: await tokenFor() });
    const id = playlistUrl.split("/").at(-2) ?? "";
    const guess = playlistUrl.replace(id, `${id.slice(0, -1)}${id.endsWith("A") ? "B" : "A"}`);
    const answer = await fetch(guess);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject([{ error_code: "forbidden", type: "error" }]);
  });
});

it("a token is in no file of the cloud, logs included, and in no line that it reported", async () => {
  await live.cloud.save();
  const secrets = [...used].filter((token) => token.length > 40).map((token, index) => textSecret(`${index}`, token));
  expect(secrets.length).toBeGreaterThan(20);
  expect(filesWith(live.folder, secrets)).toEqual([]);
  expect(secretsIn(live.lines.join("\n"), secrets)).toEqual([]);
});
