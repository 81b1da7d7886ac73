import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rememberedProbe } from "#local/terraform/registry-memory.ts";
import { registryAnswers } from "#local/terraform/registry-probe.ts";
import { makeIdentity, toPem } from "#local/tls/certificate.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const listen = async (server: Server): Promise<number> => {
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
};

const registry: RequestListener = (_request, response) => response.end('{"providers.v1":"/v1/providers/"}');

const serve = async (listener: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listen(createServer(listener))}/.well-known/terraform.json`;

describe("the probe of the Terraform registry", () => {
  test("says yes to a registry", async () => {
    expect(await registryAnswers(await serve(registry), {})).toBe(true);
  });

  test("says no to a page that is no registry, as a captive portal shows", async () => {
    expect(await registryAnswers(await serve((_request, response) => response.end("<html>Welcome</html>")), {})).toBe(
      false,
    );
    expect(await registryAnswers(await serve((_request, response) => response.end("null")), {})).toBe(false);
  });

  test("says no where nobody listens, and to an address that is none", async () => {
    expect(await registryAnswers("http://127.0.0.1:1/", {})).toBe(false);
    expect(await registryAnswers("registry", {})).toBe(false);
  });

  test("says no after three seconds of silence", async () => {
    const started = Date.now();
    expect(await registryAnswers(await serve(() => {}), {})).toBe(false);
    expect(Date.now() - started).toBeGreaterThan(2_900);
  });

  test("goes through the proxy that Terraform would use", async () => {
    const { certificate, privateKey } = makeIdentity();
    const port = await listen(createTlsServer({ cert: toPem(certificate), key: privateKey }, registry));
    const asked: unknown[] = [];
    const proxy = createServer();
    proxy.on("connect", (request, socket) => {
      asked.push([request.url, request.headers["proxy-authorization"]]);
      const upstream = connect(port, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        upstream.pipe(socket).pipe(upstream);
      });
      for (const end of [socket, upstream]) end.on("error", () => {});
    });
    const proxyPort = await listen(proxy);
    const environment = { HTTPS_PROXY: `http://user:word@127.0.0.1:${proxyPort}` };
    expect(await registryAnswers("https://registry.example/.well-known/terraform.json", environment)).toBe(true);
    expect(asked).toEqual([["registry.example:443", `Basic ${Buffer.from("user:word").toString("base64")}`]]);

    const exempt = { ...environment, NO_PROXY: "localhost,.example" };
    expect(await registryAnswers("https://registry.example/.well-known/terraform.json", exempt)).toBe(false);
    expect(asked).toHaveLength(1);
  });
});

describe("the memory of the registry", () => {
  const DAY = 24 * 60 * 60 * 1000;
  let folder: string;
  let probes: number;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "onair-registry-"));
    probes = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const ask = (answers: boolean, now: number, trustAbsence = true): Promise<boolean> => {
    const probe = async (): Promise<boolean> => {
      probes += 1;
      return answers;
    };
    return rememberedProbe({ file: join(folder, "registry.json"), probe, trustAbsence, now });
  };

  test("holds for a day", async () => {
    expect(await ask(false, 0)).toBe(false);
    expect(await ask(true, DAY - 1)).toBe(false);
    expect(probes).toBe(1);
    expect(await ask(true, DAY)).toBe(true);
    expect(probes).toBe(2);
  });

  test("does not count an absence where nothing works without the registry", async () => {
    await ask(false, 0);
    expect(await ask(true, 1, false)).toBe(true);
    expect(await ask(false, 2, false)).toBe(true);
    expect(probes).toBe(2);
  });

  test("is lost with a clock that goes backwards, or a broken file", async () => {
    await ask(true, DAY);
    expect(await ask(false, 0)).toBe(false);
    writeFileSync(join(folder, "registry.json"), "{");
    expect(await ask(true, 1)).toBe(true);
  });
});
