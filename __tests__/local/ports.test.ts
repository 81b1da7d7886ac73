import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { listeningInodes, parseLsof, portHolder } from "#local/port-holder.ts";
import { cloudAt, listenOnBlock } from "#local/ports.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const listen = (port: number, body: unknown = {}) =>
  new Promise<number>((resolve, reject) => {
    const server = createServer((_, response) => response.end(JSON.stringify(body)));
    servers.push(server);
    server.once("error", reject).listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });

const noReport = () => undefined;

describe("the port of a cloud", () => {
  it("is the one that was asked for", async () => {
    expect(await listenOnBlock(0, listen, noReport)).toBeGreaterThan(0);
  });

  it("that another program has is named with that program", async () => {
    const port = await listen(0);
    await expect(listenOnBlock(port, listen, noReport)).rejects.toMatchObject({
      code: "PORT_BUSY",
      message: expect.stringMatching(
        new RegExp(
          `^Port ${port} is used by \\S+ \\(process ${process.pid}\\)\\. Stop it, or choose another: ONAIR_PORT=${port + 100}\\. Nothing was started\\.$`,
        ),
      ),
    });
  });

  it("is of the next block where another cloud has the usual one", async () => {
    const lines: string[] = [];
    const tried: number[] = [];
    const chosen = await listenOnBlock(
      undefined,
      async (port) => {
        tried.push(port);
        if (port === 4566 || port === 4576) throw Object.assign(new Error("in use"), { code: "EADDRINUSE" });
        return port;
      },
      (line) => lines.push(line),
      async () => ({ onair: true, pid: 4711 }),
    );
    expect(chosen).toBe(4586);
    expect(tried).toEqual([4566, 4576, 4586]);
    expect(lines[0]).toBe("Port 4566 belongs to another local cloud (process 4711); trying 4576, the next block.");
  });

  it("passes another error on", async () => {
    const denied = Object.assign(new Error("denied"), { code: "EACCES" });
    await expect(listenOnBlock(80, () => Promise.reject(denied), noReport)).rejects.toBe(denied);
  });
});

describe("who listens on a port", () => {
  it("is a cloud if it says so", async () => {
    const port = await listen(0, { onair: true, pid: 7 });
    expect(await cloudAt(port)).toMatchObject({ onair: true, pid: 7 });
  });

  it("is no cloud otherwise", async () => {
    expect(await cloudAt(await listen(0, { ok: 1 }))).toBeUndefined();
    expect(await cloudAt(1)).toBeUndefined();
  });

  it("is found in this machine's tables", async () => {
    expect(await portHolder(await listen(0))).toMatchObject({ pid: process.pid });
    expect(await portHolder(1)).toBeUndefined();
  });

  it("is read from the kernel's table by port and state", () => {
    const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:11D6 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 31337 1
   1: 0100007F:11D6 0100007F:C000 01 00000000:00000000 00:00000000 00000000     0        0 31338 1
   2: 0100007F:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 31339 1`;
    expect(listeningInodes(table, 4566)).toEqual(["31337"]);
  });

  it("is read from lsof", () => {
    expect(parseLsof("p4806\ncssh\nf3\n")).toEqual({ pid: 4806, command: "ssh" });
    expect(parseLsof("")).toBeUndefined();
  });
});
