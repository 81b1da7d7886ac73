import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, onTestFinished, test } from "vitest";
import { publish } from "#local/media/encoder/publish.ts";
import { startIngest } from "#local/media/rtmp/server.ts";
import { makeIdentity, toPem } from "#local/tls/certificate.ts";

const heapBytes = (): number => {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
};

const AAC_FRAME = Buffer.concat([Buffer.of(0xaf, 0x01), Buffer.alloc(20_000)]);

test("a stream that waits for its server with each tag, as one of hours does, is kept nothing of", async () => {
  const nothing = { metadata: () => undefined, media: () => undefined, end: () => undefined };
  const { certificate, privateKey } = makeIdentity();
  const cert = toPem(certificate);
  const ingest = await startIngest({
    ...{ port: 0, tlsPort: 0, tls: { key: privateKey, cert }, log: () => undefined },
    authorize: () => ({ accepted: nothing }),
  });
  const url = `rtmps://127.0.0.1:${ingest.tlsPort}/app`;
  const publishing = await publish({ url, streamKey: "sk_us-west-2_test", certificate: cert });
  onTestFinished(async () => {
    await publishing.end();
    await ingest.close();
  });
  const send = async (from: number, tags: number) => {
    for (let tag = from; tag < from + tags; tag += 1) {
      await publishing.write({ type: 8, timestamp: tag * 20, body: AAC_FRAME });
    }
  };
  await send(0, 500);
  const before = heapBytes();
  await send(500, 8_000);
  expect(heapBytes() - before).toBeLessThan(1_000_000);
});

test("a tag that waits is given up when the server goes away", async () => {
  const held = { metadata: () => undefined, media: () => new Promise<void>(() => undefined), end: () => undefined };
  const ingest = await startIngest({
    port: 0,
    limits: { lingerMilliseconds: 10 },
    authorize: () => ({ accepted: held }),
    log: () => undefined,
  });
  const publishing = await publish({ url: `rtmp://127.0.0.1:${ingest.port}/app`, streamKey: "sk_us-west-2_test" });
  const waiting = (async () => {
    for (;;) await publishing.write({ type: 8, timestamp: 0, body: AAC_FRAME });
  })();
  const failed = expect(waiting).rejects.toMatchObject({ kind: "lost" });
  await ingest.close();
  await failed;
  expect(await publishing.over).toMatchObject({ kind: "lost" });
});
