import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Limits } from "#local/media/rtmp/limits.ts";
import { type Ingest, startIngest } from "#local/media/rtmp/server.ts";
import type { Authorize, Encoder } from "#local/media/rtmp/session.ts";
import { makeIdentity, toPem } from "#local/tls/certificate.ts";
import { connectClient, connectSecurely } from "./fixture/client.ts";
import * as encoder from "./fixture/encoder.ts";
import { type Recorder, record, videoOf } from "./fixture/recorder.ts";

const KEY = "sk_us-west-2_AbCdEf123456_0123456789";
const STARTED = "NetStream.Publish.Start: The stream is accepted.";
const LIMITS: Partial<Limits> = { publishMilliseconds: 5_000, idleMilliseconds: 5_000, lingerMilliseconds: 300 };

const identity = makeIdentity();
const certificate = toPem(identity.certificate);
const tls = { key: identity.privateKey, cert: certificate };

let ingest: Ingest | undefined;
const lines: string[] = [];
afterEach(async () => {
  await ingest?.close();
  ingest = undefined;
  lines.length = 0;
});

const start = async (authorize: Authorize, limits: Partial<Limits> = {}): Promise<Ingest> => {
  const log = (line: string) => void lines.push(line);
  ingest = await startIngest({ port: 0, tlsPort: 0, tls, authorize, log, limits: { ...LIMITS, ...limits } });
  return ingest;
};

/** Gives each encoder a recorder; the keys of the map are theirs. */
const acceptAll = () => {
  const recorders = new Map<string, Recorder>();
  const authorize: Authorize = (key) => {
    const recorder = record();
    recorders.set(key, recorder);
    return { accepted: recorder };
  };
  return { recorders, authorize, recorderOf: (key: string) => recorders.get(key) ?? record() };
};

const begin = Buffer.concat([encoder.videoConfiguration(), encoder.picture(0, { keyframe: true })]);

describe("the ingest server", () => {
  it("takes streams by RTMP and RTMPS, and says which", async () => {
    const asked: Pick<Encoder, "secure">[] = [];
    const { port, tlsPort } = await start((_, { secure }) => {
      asked.push({ secure });
      return { accepted: record() };
    });
    for (const client of [connectClient(port), connectSecurely(tlsPort, certificate)]) {
      client.write(encoder.upToPublish(KEY));
      await client.told(STARTED);
      client.socket.destroy();
    }
    expect(asked).toEqual([{ secure: false }, { secure: true }]);
  });

  it("lets only RTMPS in where that is asked for", async () => {
    const { port, tlsPort } = await start((_, { secure }) =>
      secure ? { accepted: record() } : { refused: "use RTMPS" },
    );
    const plain = connectClient(port);
    plain.write(encoder.upToPublish(KEY));
    await plain.closed;
    expect(plain.statuses().at(-1)).toBe("NetStream.Publish.BadName: INGEST_REFUSED: stream key …6789: use RTMPS");
    const secure = connectSecurely(tlsPort, certificate);
    secure.write(encoder.upToPublish(KEY));
    await secure.told(STARTED);
    secure.socket.destroy();
  });

  it("says that an encoder went away without ending its stream", async () => {
    const { authorize, recorderOf } = acceptAll();
    const { port } = await start(authorize);
    const client = connectClient(port);
    client.write(encoder.upToPublish(KEY));
    await client.told(STARTED);
    client.socket.resetAndDestroy();
    expect(await recorderOf(KEY).ended).toEqual({
      code: "INGEST_LOST",
      message: "the encoder closed the connection without ending the stream",
    });
  });

  it("lets an encoder take over from the one before it, where that is decided so", async () => {
    const streams: { recorder: Recorder; encoder: Encoder }[] = [];
    const { port } = await start((_, asking) => {
      streams.at(-1)?.encoder.disconnect("another encoder took over");
      const recorder = record();
      streams.push({ recorder, encoder: asking });
      return { accepted: recorder };
    });
    const [first, second] = [connectClient(port), connectClient(port)];
    first.write(encoder.upToPublish(KEY));
    await first.told(STARTED);
    second.write(encoder.upToPublish(KEY));
    await first.closed;
    expect(first.statuses().at(-1)).toBe("NetStream.Publish.Denied: INGEST_DISCONNECTED: another encoder took over");
    await second.told(STARTED);
    second.write(begin);
    await vi.waitFor(() => expect(streams[1]?.recorder.units).toHaveLength(2));
    expect(streams[0]?.recorder.ends).toHaveLength(1);
    second.socket.destroy();
  });

  it("lets the first encoder go on where the second is refused", async () => {
    const recorder = record();
    let taken = false;
    const { port } = await start(() => {
      if (taken) return { refused: "the channel is live" };
      taken = true;
      return { accepted: recorder };
    });
    const [first, second] = [connectClient(port), connectClient(port)];
    first.write(encoder.upToPublish(KEY));
    await first.told(STARTED);
    second.write(encoder.upToPublish(KEY));
    await second.closed;
    first.write(begin);
    await vi.waitFor(() => expect(recorder.units).toHaveLength(2));
    expect(recorder.ends).toEqual([]);
    first.socket.destroy();
  });

  it("lets a refused encoder read why, though it goes on sending", async () => {
    const { port } = await start(() => ({ refused: "there is no such key" }));
    const client = connectClient(port);
    client.write(encoder.upToPublish(KEY));
    const flood = setInterval(() => client.write(Buffer.alloc(100_000)), 5);
    await client.closed;
    clearInterval(flood);
    expect(client.statuses().at(-1)).toContain("there is no such key");
  });

  it("holds a fast encoder back while the stream is taken slowly, and loses nothing", async () => {
    const recorder = record();
    let release: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { port } = await start(() => ({
      accepted: { ...recorder, media: (unit) => slow.then(() => recorder.media(unit)) },
    }));
    const client = connectClient(port);
    client.write(encoder.upToPublish(KEY));
    await client.told(STARTED);
    client.write(encoder.videoConfiguration());
    const pictures = 400;
    for (let index = 0; index < pictures; index += 1) client.write(encoder.picture(index * 33, { bytes: 60_000 }));
    await wait(200);
    expect(client.socket.writableLength).toBeGreaterThan(5_000_000);
    release();
    await vi.waitFor(() => expect(videoOf(recorder)).toHaveLength(pictures), { timeout: 10_000 });
    client.socket.destroy();
  });

  it("disconnects an encoder from which nothing comes any more", async () => {
    const { authorize, recorderOf } = acceptAll();
    const { port } = await start(authorize, { idleMilliseconds: 200 });
    const client = connectClient(port);
    client.write(encoder.upToPublish(KEY));
    await client.closed;
    expect(recorderOf(KEY).ends).toEqual([{ code: "INGEST_IDLE", message: "nothing came for 0.2 s" }]);
  });

  it.each([
    ["says nothing", Buffer.alloc(0)],
    ["stops within the handshake", Buffer.alloc(1000, 3)],
    ["stops before it names a key", Buffer.concat([encoder.hello(), encoder.connect()])],
    ["has ended its stream", Buffer.concat([encoder.upToPublish(KEY), encoder.unpublish(KEY)])],
  ])("closes a connection that %s and stays", async (_, bytes) => {
    const { port } = await start(() => ({ accepted: record() }), { publishMilliseconds: 200 });
    const client = connectClient(port);
    client.write(bytes);
    await client.closed;
    expect(lines.at(-1)).toMatch(/: INGEST_IDLE: nothing was published for 0.2 s$/);
  });

  it("closes a connection that never begins TLS", async () => {
    const { tlsPort } = await start(() => ({ accepted: record() }), { publishMilliseconds: 200 });
    const client = connectClient(tlsPort);
    await client.closed;
  });

  it("says what is wrong when RTMP comes to the RTMPS port, or TLS to the RTMP port", async () => {
    const { port, tlsPort } = await start(() => ({ accepted: record() }));
    const plain = connectClient(tlsPort);
    plain.write(encoder.upToPublish(KEY));
    await plain.closed;
    expect(lines.at(-1)).toContain("INGEST_PROTOCOL: no TLS: ");
    await connectSecurely(port, certificate).closed;
    expect(lines.at(-1)).toContain("INGEST_PROTOCOL: this port takes plain RTMP; RTMPS has a port of its own");
  });

  it("closes connections beyond its limit, and takes others once there is room", async () => {
    const server = await start(() => ({ accepted: record() }), { connections: 2 });
    const clients = [connectClient(server.port), connectClient(server.port)];
    for (const client of clients) {
      client.write(encoder.upToPublish(KEY));
      await client.told(STARTED);
    }
    await connectClient(server.port).closed;
    expect(server.connections).toBe(2);
    clients[0]?.socket.destroy();
    await vi.waitFor(() => expect(server.connections).toBe(1));
    const next = connectClient(server.port);
    next.write(encoder.upToPublish(KEY));
    await next.told(STARTED);
    for (const { socket } of [...clients, next]) socket.destroy();
  });

  it("closes a connection that asks for answers and reads none", async () => {
    const server = await start(() => ({ accepted: record() }));
    const client = connectClient(server.port);
    client.write(Buffer.concat([encoder.hello(), encoder.connect()]));
    client.socket.pause();
    const ping = encoder.message(4, Buffer.from("000600001234", "hex"));
    const pings = Buffer.concat(Array.from({ length: 20_000 }, () => ping));
    const flood = setInterval(() => client.write(pings), 1);
    await vi.waitFor(() => expect(server.connections).toBe(0), { timeout: 10_000 });
    clearInterval(flood);
    client.socket.destroy();
  });

  it("ends every stream when it closes, and tells the encoders", async () => {
    const { authorize, recorderOf } = acceptAll();
    const server = await start(authorize);
    const client = connectClient(server.port);
    client.write(encoder.upToPublish(KEY));
    await client.told(STARTED);
    const silent = connectClient(server.port);
    await server.close();
    await Promise.all([client.closed, silent.closed]);
    expect(recorderOf(KEY).ends).toEqual([{ code: "INGEST_CLOSED", message: "the server is going down" }]);
    expect(client.statuses().at(-1)).toBe("NetStream.Publish.Denied: INGEST_CLOSED: the server is going down");
    await connectClient(server.port).closed;
    ingest = undefined;
  });

  it("says so when its port is taken, and leaves none behind", async () => {
    const server = await start(() => ({ accepted: record() }));
    const log = () => undefined;
    const again = { authorize: () => ({ refused: "no" }), log, tls };
    await expect(startIngest({ ...again, port: server.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await expect(startIngest({ ...again, port: 0, tlsPort: server.tlsPort })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });

  it("has no RTMPS without a certificate", async () => {
    const plain = await startIngest({ port: 0, authorize: () => ({ refused: "no" }), log: () => undefined });
    expect(plain.tlsPort).toBe(0);
    await plain.close();
  });
});
