import { describe, expect, it } from "vitest";
import { encodeAmf0 } from "#local/media/rtmp/amf0-encode.ts";
import { writeChunks } from "#local/media/rtmp/chunk-writer.ts";
import { MESSAGE } from "#local/media/rtmp/message.ts";
import type { Encoder } from "#local/media/rtmp/session.ts";
import * as encoder from "./fixture/encoder.ts";
import { openSession } from "./fixture/open-session.ts";
import { audioOf, record, videoOf } from "./fixture/recorder.ts";

const KEY = "sk_us-west-2_AbCdEf123456_0123456789";

/** An encoder that was accepted, and has described what it sends. */
const publishing = async () => {
  const recorder = record();
  const session = openSession(() => ({ accepted: recorder }));
  await session.receive(encoder.upToPublish(KEY));
  await session.receive(Buffer.concat([encoder.videoConfiguration(), encoder.audioConfiguration()]));
  return { session, recorder };
};

describe("an encoder that publishes", () => {
  it("is answered as encoders expect", async () => {
    const session = openSession(() => ({ accepted: record() }));
    await session.receive(encoder.upToPublish(KEY));
    expect(session.replies().slice(0, 2)).toMatchObject([
      { type: MESSAGE.windowAcknowledgementSize, streamId: 0 },
      { type: MESSAGE.setPeerBandwidth, streamId: 0 },
    ]);
    expect(session.commands()).toMatchObject([
      ["_result", 1, { capabilities: 31 }, { code: "NetConnection.Connect.Success", objectEncoding: 0 }],
      ["_result", 2, null, undefined],
      ["onFCPublish", 0, null, { code: "NetStream.Publish.Start" }],
      ["_result", 4, null, 1],
      ["onStatus", 0, null, { level: "status", code: "NetStream.Publish.Start" }],
    ]);
    expect(session.state).toEqual({ closed: 0, publishing: true });
  });

  it("is judged by its stream key, what stands behind it, and how it came", async () => {
    const asked: unknown[] = [];
    const session = openSession((key, { secure, remote, query }) => {
      asked.push({ key, secure, remote, priority: query.get("priority") });
      return { accepted: record() };
    });
    await session.receive(encoder.upToPublish(`${KEY}?priority=2`));
    expect(asked).toEqual([{ key: KEY, secure: false, remote: "127.0.0.1:5000", priority: "2" }]);
  });

  it("has its times go on over the end of 32 bits, and over a clock that is set back", async () => {
    const { session, recorder } = await publishing();
    const times = [0xffffffe0, 0xffffffff, 33, 66, 5, 38];
    await session.receive(Buffer.concat(times.map((time) => encoder.picture(time))));
    const first = 0xffffffe0;
    expect(videoOf(recorder).map(({ dts }) => dts - first)).toEqual([0, 31, 65, 98, 99, 100]);
    await session.receive(Buffer.concat([encoder.picture(100_000), encoder.picture(100_033)]));
    expect(
      videoOf(recorder)
        .map(({ dts }) => dts - first)
        .slice(-2),
    ).toEqual([131, 164]);
  });

  it("has its pictures and sounds handed on in order", async () => {
    const { session, recorder } = await publishing();
    await session.receive(encoder.picture(0, { keyframe: true, compositionTime: 67 }));
    await session.receive(Buffer.concat([encoder.sound(5), encoder.picture(33)]));
    expect(recorder.units.map(({ kind }) => kind)).toEqual([
      "video-configuration",
      "audio-configuration",
      "video",
      "audio",
      "video",
    ]);
    expect(videoOf(recorder)).toMatchObject([
      { dts: 0, pts: 67, keyframe: true },
      { dts: 33, pts: 33, keyframe: false },
    ]);
    expect(audioOf(recorder)).toEqual([{ kind: "audio", dts: 5, pts: 5, data: Buffer.alloc(10, 9) }]);
  });

  it("has its description handed on, numbers and texts only", async () => {
    const { session, recorder } = await publishing();
    await session.receive(encoder.metadata({ encoder: "obs", width: 1280, stereo: true, list: [1], nothing: null }));
    await session.receive(encoder.message(MESSAGE.data, encodeAmf0("onMetaData", { encoder: "again" }), 1));
    await session.receive(encoder.message(MESSAGE.data, encodeAmf0("onTextData", { text: "hello" }), 1));
    expect(recorder.described).toEqual([{ encoder: "obs", width: 1280, stereo: true }, { encoder: "again" }]);
  });

  it("may repeat a configuration, which is handed on only where it changed", async () => {
    const { session, recorder } = await publishing();
    await session.receive(Buffer.concat([encoder.videoConfiguration(), encoder.audioConfiguration()]));
    expect(recorder.units).toHaveLength(2);
  });

  it("may send empty messages and pictures before their configuration, which are left out", async () => {
    const recorder = record();
    const session = openSession(() => ({ accepted: recorder }));
    await session.receive(encoder.upToPublish(KEY));
    const nothing = [
      encoder.message(MESSAGE.video, Buffer.alloc(0), 1),
      encoder.message(MESSAGE.audio, Buffer.alloc(0), 1),
    ];
    await session.receive(Buffer.concat([...nothing, encoder.picture(0, { keyframe: true }), encoder.sound(0)]));
    expect(recorder.units).toEqual([]);
    expect(session.state).toEqual({ closed: 0, publishing: true });
  });

  it("ends its stream once, whichever of its farewells come", async () => {
    const { session, recorder } = await publishing();
    await session.receive(encoder.unpublish(KEY));
    await session.receive(encoder.command(1, "closeStream", 0, null));
    session.end("INGEST_LOST", "gone");
    expect(recorder.ends).toEqual([{ code: "INGEST_UNPUBLISHED", message: "the encoder ended the stream" }]);
    expect(session.statuses().at(-1)).toBe("NetStream.Unpublish.Success: The stream is over.");
    expect(session.state.publishing).toBe(false);
  });

  it("may publish again on the same connection", async () => {
    const recorders = [record(), record()];
    const left = [...recorders];
    const session = openSession(() => ({ accepted: left.shift() ?? record() }));
    await session.receive(Buffer.concat([encoder.upToPublish(KEY), encoder.unpublish(KEY), encoder.publish(KEY)]));
    await session.receive(Buffer.concat([encoder.videoConfiguration(), encoder.picture(0)]));
    expect(recorders.map(({ units }) => units.length)).toEqual([0, 2]);
  });

  it("that goes away without a word is lost", async () => {
    const { session, recorder } = await publishing();
    session.end("INGEST_LOST", "gone");
    await session.receive(encoder.picture(0));
    expect(recorder.ends).toEqual([{ code: "INGEST_LOST", message: "gone" }]);
    expect(recorder.units).toHaveLength(2);
  });

  it("may send commands as AMF3 messages that hold AMF0", async () => {
    const session = openSession(() => ({ accepted: record() }));
    const body = Buffer.concat([Buffer.of(0), encodeAmf0("connect", 1, { app: "app" })]);
    await session.receive(Buffer.concat([encoder.hello(), encoder.message(MESSAGE.commandAmf3, body)]));
    expect(session.statuses()).toEqual(["NetConnection.Connect.Success: Connection accepted."]);
  });

  it("is told that a command is unknown, and goes on", async () => {
    const { session } = await publishing();
    await session.receive(encoder.command(0, "_checkbw", 9, null));
    await session.receive(encoder.command(0, "toString", 0, null));
    expect(session.commands().at(-1)).toMatchObject(["_error", 9, null, { code: "NetConnection.Call.Failed" }]);
    expect(session.state).toEqual({ closed: 0, publishing: true });
  });

  it("has its pings answered", async () => {
    const { session } = await publishing();
    await session.receive(encoder.message(MESSAGE.userControl, Buffer.from("000600001234", "hex")));
    expect(session.replies().at(-1)).toMatchObject({
      type: MESSAGE.userControl,
      body: Buffer.from("000700001234", "hex"),
    });
  });

  it("is told how much has come, as often as it asked for", async () => {
    const { session } = await publishing();
    const window = Buffer.alloc(4);
    window.writeUInt32BE(100_000);
    await session.receive(encoder.message(MESSAGE.windowAcknowledgementSize, window));
    const acknowledged = () => session.replies().filter(({ type }) => type === MESSAGE.acknowledgement);
    await session.receive(encoder.picture(0, { bytes: 60_000 }));
    expect(acknowledged()).toHaveLength(0);
    await session.receive(encoder.picture(33, { bytes: 60_000 }));
    expect(acknowledged()).toHaveLength(1);
    expect(acknowledged()[0]?.body.readUInt32BE(0)).toBeGreaterThan(120_000);
  });
});

describe("an encoder that is refused", () => {
  it("is told why, with the last characters of the key that it used", async () => {
    const session = openSession(() => ({ refused: "there is no such key" }));
    await session.receive(encoder.upToPublish(KEY));
    expect(session.statuses().at(-1)).toBe(
      "NetStream.Publish.BadName: INGEST_REFUSED: stream key …6789: there is no such key",
    );
    expect(session.state).toEqual({ closed: 1, publishing: false });
    expect(session.lines).toEqual(["127.0.0.1:5000: INGEST_REFUSED: stream key …6789: there is no such key"]);
  });

  it("is told which address to use when its application is another", async () => {
    const session = openSession(() => ({ accepted: record() }));
    await session.receive(Buffer.concat([encoder.hello(), encoder.connect(KEY)]));
    expect(session.commands()).toMatchObject([["_error", 1, null, { code: "NetConnection.Connect.Rejected" }]]);
    expect(session.statuses()).toEqual([
      "NetConnection.Connect.Rejected: INGEST_REFUSED: the address must be rtmp(s)://host:port/app/<stream key>",
    ]);
    expect(session.lines.join()).not.toContain(KEY);
  });

  const hevc = Buffer.from("9068766331", "hex");
  it.each([
    ["HEVC", encoder.message(MESSAGE.video, hevc, 1), "INGEST_CODEC: video must be H.264: HEVC in enhanced RTMP"],
    ["MP3", encoder.message(MESSAGE.audio, Buffer.of(0x2f, 0xff), 1), "INGEST_CODEC: audio must be AAC: MP3"],
    [
      "half a video tag",
      encoder.message(MESSAGE.video, Buffer.of(0x17, 1), 1),
      "INGEST_MEDIA: a video tag of 2 bytes has no header",
    ],
    [
      "aggregated messages",
      encoder.message(MESSAGE.aggregate, Buffer.alloc(20), 1),
      "INGEST_PROTOCOL: aggregate messages are not taken",
    ],
    ["a second stream", encoder.publish("another"), "INGEST_PROTOCOL: a connection publishes one stream at a time"],
    [
      "the wish to play",
      encoder.command(1, "play", 0, null, "x"),
      "INGEST_REFUSED: this server takes streams in; play them by their playback URL",
    ],
  ])("for %s is told so, and so is who takes the stream", async (_, bytes, reason) => {
    const { session, recorder } = await publishing();
    await session.receive(bytes);
    await session.receive(encoder.picture(0));
    const [code, message] = reason.split(/: (.*)/s);
    expect(session.statuses().at(-1)).toMatch(/^NetStream\.Publish\.(Denied|BadName): /);
    expect(session.statuses().at(-1)).toContain(reason);
    expect(recorder.ends).toEqual([{ code, message }]);
    expect(recorder.units).toHaveLength(2);
    expect(session.lines.at(-1)).toBe(`127.0.0.1:5000: ${reason}`);
    expect(session.state.closed).toBe(1);
  });

  it.each([
    ["begins with another command", encoder.command(0, "createStream", 1, null), "the first command must be connect"],
    ["has no name in a command", encoder.command(0, 7, 1), "a command must begin with its name and a number"],
    [
      "publishes before createStream",
      Buffer.concat([encoder.connect(), encoder.command(0, "publish", 2, null, KEY)]),
      "publish must be on the stream that createStream gave: 0",
    ],
    ["speaks AMF3", encoder.message(MESSAGE.commandAmf3, Buffer.from("110102", "hex")), "AMF3 is not taken; use AMF0"],
  ])("is one that %s", async (_, bytes, message) => {
    const session = openSession(() => ({ accepted: record() }));
    await session.receive(Buffer.concat([encoder.hello(), bytes]));
    expect(session.lines).toEqual([`127.0.0.1:5000: INGEST_PROTOCOL: ${message}`]);
    expect(session.state.closed).toBe(1);
  });

  it("is one without a key", async () => {
    const session = openSession(() => ({ accepted: record() }));
    await session.receive(encoder.upToPublish("?only=query"));
    expect(session.lines).toEqual(["127.0.0.1:5000: INGEST_REFUSED: the stream key is missing"]);
  });

  it("is told nothing where it does not speak RTMP", async () => {
    const session = openSession(() => ({ accepted: record() }));
    await session.receive(Buffer.from("GET / HTTP/1.1\r\n\r\n"));
    expect(session.replies()).toEqual([]);
    expect(session.lines).toEqual(["127.0.0.1:5000: INGEST_PROTOCOL: this port takes RTMP, not HTTP"]);
  });

  it("gets no room for a long message before its key was accepted", async () => {
    const session = openSession(() => ({ accepted: record() }));
    const long = writeChunks({ type: MESSAGE.video, streamId: 1, timestamp: 0, body: Buffer.alloc(70_000) }, 6);
    await session.receive(Buffer.concat([encoder.hello(), encoder.connect(), long]));
    expect(session.lines).toEqual(["127.0.0.1:5000: INGEST_LIMIT: a message of type 9 may have 65536 bytes: 70000"]);
  });
});

describe("an encoder that is disconnected", () => {
  it("is told why, after its publication has ended", async () => {
    const recorder = record();
    let given: Encoder | undefined;
    const session = openSession((_, asking) => {
      given = asking;
      return { accepted: recorder };
    });
    await session.receive(encoder.upToPublish(KEY));
    given?.disconnect("the stream was stopped");
    expect(recorder.ends).toEqual([{ code: "INGEST_DISCONNECTED", message: "the stream was stopped" }]);
    expect(session.statuses().at(-1)).toBe("NetStream.Publish.Denied: INGEST_DISCONNECTED: the stream was stopped");
    given?.disconnect("again");
    expect(session.state.closed).toBe(1);
  });

  it("in the middle of what it sent has nothing more of it handed on", async () => {
    const recorder = record();
    const session = openSession((_, asking) => ({
      accepted: {
        ...recorder,
        media: (unit) => {
          recorder.media(unit);
          asking.disconnect("the first unit is enough");
        },
      },
    }));
    await session.receive(Buffer.concat([encoder.upToPublish(KEY), encoder.videoConfiguration(), encoder.picture(0)]));
    expect(recorder.units).toHaveLength(1);
    expect(recorder.ends).toEqual([{ code: "INGEST_DISCONNECTED", message: "the first unit is enough" }]);
  });

  it("or leaves while it is still judged, never begins to publish", async () => {
    const recorder = record();
    let decide: () => void = () => undefined;
    const judged = new Promise<void>((resolve) => {
      decide = resolve;
    });
    const session = openSession(async () => {
      await judged;
      return { accepted: recorder };
    });
    const received = session.receive(Buffer.concat([encoder.upToPublish(KEY), encoder.videoConfiguration()]));
    session.end("INGEST_LOST", "gone");
    decide();
    await received;
    expect(recorder.ends).toEqual([{ code: "INGEST_LOST", message: "gone" }]);
    expect(recorder.units).toEqual([]);
    expect(session.statuses()).not.toContain("NetStream.Publish.Start: The stream is accepted.");
  });

  it.each([
    ["judges", () => Promise.reject(new Error("the table is gone"))],
    [
      "takes the media",
      () => ({ accepted: { ...record(), media: () => Promise.reject(new Error("the table is gone")) } }),
    ],
  ])("where who %s fails, without being told how", async (_, authorize) => {
    const session = openSession(authorize);
    await session.receive(Buffer.concat([encoder.upToPublish(KEY), encoder.videoConfiguration()]));
    expect(session.lines.at(-2)).toContain("INGEST_INTERNAL: Error: the table is gone");
    expect(session.statuses().at(-1)).toBe("NetStream.Publish.Denied: INGEST_INTERNAL: the server failed");
  });

  it("even where the end itself fails", async () => {
    const failing = {
      ...record(),
      end: () => {
        throw new Error("the table is gone");
      },
    };
    const session = openSession(() => ({ accepted: failing }));
    await session.receive(encoder.upToPublish(KEY));
    session.end("INGEST_LOST", "gone");
    expect(session.lines.at(-1)).toContain("INGEST_INTERNAL: Error: the table is gone");
    expect(session.state.closed).toBe(1);
  });
});

describe("a stream key", () => {
  it("is in no line of the log, whatever happens to it", async () => {
    const lines: string[] = [];
    const fails = () => Promise.reject(new Error(`no row for ${KEY}`));
    for (const authorize of [() => ({ accepted: record() }), () => ({ refused: `no ${KEY}` }), fails]) {
      const session = openSession(authorize);
      await session.receive(encoder.upToPublish(KEY));
      await session.receive(encoder.unpublish(KEY));
      await session.receive(encoder.message(MESSAGE.video, Buffer.of(0x9f), 1));
      lines.push(...session.lines);
    }
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join("\n")).not.toContain(KEY.slice(0, -4));
  });
});
