import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runFfmpeg } from "#local/media/ffmpeg/run.ts";
import { makeIdentity, toPem } from "#local/tls/certificate.ts";
import { projectFfmpeg, smallClip } from "../fixture/ffmpeg.ts";
import { startEncoder } from "./fixture/encoder-process.ts";

const ROOT = join(import.meta.dirname, "../../../..");
const KEY = "sk_us-west-2_AbCdEf123456_0123456789";

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });

let folder = "";
let certificate = "";
let server: ChildProcess;
let ports: readonly [rtmp: number, rtmps: number];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "onair-peer-"));
  const identity = makeIdentity();
  certificate = join(folder, "certificate.pem");
  await writeFile(certificate, toPem(identity.certificate));
  await writeFile(join(folder, "key.pem"), identity.privateKey);
  ports = [await freePort(), await freePort()];
  const program = fileURLToPath(new URL("./fixture/node-media-server.ts", import.meta.url));
  const args = [...ports.map(String), join(folder, "key.pem"), certificate, join(folder, "store")];
  server = spawn(process.execPath, ["--import", "tsx", program, ...args], { cwd: ROOT, stdio: "ignore" });
  for (const port of ports) await vi.waitFor(async () => expect(await answers(port)).toBe(true), 20_000);
});
afterAll(async () => {
  server.kill("SIGKILL");
  await once(server, "close");
  await rm(folder, { recursive: true, force: true });
});

describe("node-media-server", () => {
  it.each(["rtmp", "rtmps"])(
    "takes the encoder's stream by %s and gives it to a player, who finds no fault",
    async (scheme) => {
      const url = `${scheme}://127.0.0.1:${ports[scheme === "rtmp" ? 0 : 1]}/app`;
      const encoder = startEncoder({ url, streamKey: KEY, file: await smallClip({ seconds: 4 }), certificate });
      try {
        await encoder.told("progress");
        const play = ["-xerror", "-i", `rtmp://127.0.0.1:${ports[0]}/app/${KEY}`, "-t", "1", "-f", "null", "-"];
        const { messages } = await runFfmpeg({ ffmpeg: await projectFfmpeg(), args: play });
        expect(messages).toMatch(/Video: h264 \(Main\), yuv420p.*, 320x180/);
        expect(messages).toMatch(/Audio: aac \(LC\), 48000 Hz, stereo/);
      } finally {
        encoder.child.stdin?.end();
      }
      expect(await encoder.ended).toBe(0);
    },
  );
});
