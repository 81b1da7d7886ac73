import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { type EventEmitter, once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:http2";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ConnectionOptions, connect as tlsConnect } from "node:tls";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { installArchiveStandIn } from "#local/archive-provider/install.ts";
import { encodeMessage } from "#local/archive-provider/wire.ts";
import { type Identity, makeIdentity, toPem } from "#local/tls/certificate.ts";
import { isRunning } from "../fixture/processes.ts";
import { makeWorkspace, type Workspace } from "./workspace.ts";

const COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

let workspace: Workspace;
let executable: string;
const started: ChildProcess[] = [];

beforeAll(async () => {
  workspace = await makeWorkspace();
  executable = await installArchiveStandIn(workspace.mirror);
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});
afterAll(() => workspace.remove());

const client = makeIdentity();

/** How an HTTP/2 client begins, with an empty SETTINGS frame. */
const CLIENT_PREFACE = Buffer.concat([
  Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
  Buffer.from("000000040000000000", "hex"),
]);
const SETTINGS_FRAME = 4;

const startPlugin = (environment: NodeJS.ProcessEnv = {}): ChildProcess => {
  const plugin = spawn(executable, {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      TF_PLUGIN_MAGIC_COOKIE: COOKIE,
      PLUGIN_PROTOCOL_VERSIONS: "5,6",
      PLUGIN_CLIENT_CERT: toPem(client.certificate),
      ONAIR_ARCHIVE_STANDIN: "allow",
      ...environment,
    },
  });
  started.push(plugin);
  return plugin;
};

/** Starts a plugin and reads its one line. */
const shakeHands = async (): Promise<{ plugin: ChildProcess; port: number; certificate: Buffer; line: string }> => {
  const plugin = startPlugin();
  const [chunk] = (await once(plugin.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
  const line = chunk.toString();
  const [, port] = line.split("|")[3]?.split(":") ?? [];
  return { plugin, line, port: Number(port), certificate: Buffer.from(line.trim().split("|")[5] ?? "", "base64") };
};

const tlsOptions = (port: number, server: Buffer, identity?: Identity): ConnectionOptions => ({
  host: "127.0.0.1",
  port,
  ca: toPem(server),
  servername: "localhost",
  ALPNProtocols: ["h2"],
  ...(identity && { cert: toPem(identity.certificate), key: identity.privateKey }),
});

/** Sends bytes as one gRPC request and answers what came back. */
const call = async (
  port: number,
  server: Buffer,
  path: string,
  body: Buffer,
): Promise<{ status: string; message: string; body: Buffer }> => {
  const session = connect("https://localhost", {
    createConnection: () => tlsConnect(tlsOptions(port, server, client)),
  });
  const stream = session.request({
    ":method": "POST",
    ":path": path,
    "content-type": "application/grpc",
    te: "trailers",
  });
  const seen: Record<string, unknown> = {};
  stream.on("response", (headers) => Object.assign(seen, headers));
  stream.on("trailers", (headers) => Object.assign(seen, headers));
  stream.end(body);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  session.close();
  const message = decodeURIComponent(String(seen["grpc-message"] ?? ""));
  return { status: String(seen["grpc-status"]), message, body: Buffer.concat(chunks).subarray(5) };
};

const framed = (message: Buffer): Buffer => {
  const header = Buffer.alloc(5);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
};

/** Waits for the end, be it an error or not. */
const closed = (connection: EventEmitter): Promise<void> =>
  new Promise((resolve) => {
    connection.on("close", () => resolve());
  });

/** Waits for a fact, at most ten seconds. */
const until = async (fact: () => boolean): Promise<boolean> => {
  for (let left = 200; left > 0 && !fact(); left -= 1) await sleep(50);
  return fact();
};

/** Whether a process has a handler for SIGINT, the second signal; known on Linux only. */
const catchesInterrupt = (pid: number): boolean => {
  if (process.platform !== "linux") return true;
  const [, caught = "0"] = /SigCgt:\s*([0-9a-f]+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return (BigInt(`0x${caught}`) & 0b10n) !== 0n;
};

describe("the plugin process", () => {
  test("says where it listens, and with which certificate, in one line", async () => {
    const { line, certificate } = await shakeHands();
    expect(line).toMatch(/^1\|5\|tcp\|127\.0\.0\.1:\d+\|grpc\|[A-Za-z0-9+/]+\n$/);
    expect(new X509Certificate(certificate).subject).toBe("CN=localhost");
  });

  test("serves the client whose certificate it was given", async () => {
    const { port, certificate } = await shakeHands();
    const answer = await call(port, certificate, "/grpc.health.v1.Health/Check", framed(Buffer.alloc(0)));
    expect(answer).toEqual({ status: "0", message: "", body: encodeMessage({ 1: 1 }) });
  });

  test.each([
    ["another certificate", makeIdentity()],
    ["no certificate", undefined],
  ])("refuses a client with %s", async (_name, identity) => {
    const { port, certificate, plugin } = await shakeHands();
    const socket = tlsConnect(tlsOptions(port, certificate, identity));
    const said: unknown[] = [];
    socket.on("data", (chunk) => said.push(chunk));
    socket.on("error", () => {});
    socket.on("secureConnect", () => socket.write(CLIENT_PREFACE));
    await closed(socket);
    expect(said).toEqual([]);
    expect(plugin.exitCode).toBeNull();
  });

  test("greets the right client, who sends the same bytes", async () => {
    const { port, certificate } = await shakeHands();
    const socket = tlsConnect(tlsOptions(port, certificate, client));
    socket.on("secureConnect", () => socket.write(CLIENT_PREFACE));
    const [settings] = (await once(socket, "data")) as [Buffer];
    expect(settings[3]).toBe(SETTINGS_FRAME);
    socket.destroy();
  });

  test("refuses a client that does not encrypt", async () => {
    const { port } = await shakeHands();
    const session = connect(`http://127.0.0.1:${port}`);
    const seen: string[] = [];
    session.on("remoteSettings", () => seen.push("settings"));
    session.on("error", () => {});
    await closed(session);
    expect(seen).toEqual([]);
  });

  test.each([
    ["an unknown method", "/tfplugin5.Provider/GetMetadata", framed(Buffer.alloc(0)), "12", "is not implemented"],
    ["a method of every object", "/constructor", framed(Buffer.alloc(0)), "12", "/constructor is not implemented"],
    ["a compressed message", "/grpc.health.v1.Health/Check", Buffer.from([1, 0, 0, 0, 0]), "12", "compressed"],
    ["no message", "/grpc.health.v1.Health/Check", Buffer.alloc(0), "13", "the request ends before its message"],
    ["half a message", "/grpc.health.v1.Health/Check", Buffer.from([0, 0, 0, 0, 9, 1]), "13", "not one whole message"],
    [
      "bytes that are no message",
      "/tfplugin5.Provider/ReadDataSource",
      framed(Buffer.from("ffffff", "hex")),
      "13",
      "runs past the end",
    ],
    [
      "a request without its configuration",
      "/tfplugin5.Provider/ReadDataSource",
      framed(Buffer.alloc(0)),
      "13",
      "field 2 of the request holds no object",
    ],
  ])("answers %s with an error and lives on", async (_name, path, body, status, message) => {
    const { port, certificate } = await shakeHands();
    const answer = await call(port, certificate, path, body);
    expect(answer.status).toBe(status);
    expect(answer.message).toContain(message);
    const health = await call(port, certificate, "/grpc.health.v1.Health/Check", framed(Buffer.alloc(0)));
    expect(health.status).toBe("0");
  });

  test("ends when it is told to", async () => {
    const { plugin, port, certificate } = await shakeHands();
    const ended = once(plugin, "exit");
    await call(port, certificate, "/plugin.GRPCController/Shutdown", framed(Buffer.alloc(0)));
    expect(await ended).toEqual([0, null]);
  });

  test.each([
    ["Terraform did not start it", { TF_PLUGIN_MAGIC_COOKIE: "" }, "This is a Terraform provider plugin."],
    ["the protocol is another", { PLUGIN_PROTOCOL_VERSIONS: "4" }, 'Terraform offered "4".'],
    ["it is given no client certificate", { PLUGIN_CLIENT_CERT: "" }, "only to a Terraform that shows a certificate"],
  ])("does not start where %s", async (_name, environment, message) => {
    const plugin = startPlugin(environment);
    let [output, errors] = ["", ""];
    plugin.stdout?.on("data", (chunk) => {
      output += chunk;
    });
    plugin.stderr?.on("data", (chunk) => {
      errors += chunk;
    });
    expect(await once(plugin, "close")).toEqual([1, null]);
    expect(output).toBe("");
    expect(errors).toContain(message);
  });
});

describe("the plugin of a Terraform that is stopped", () => {
  let pause: number;

  /** Starts an apply that holds still while the plugin runs, and answers the plugin's pid. */
  const pausedApply = async (): Promise<{ terraform: ChildProcess; plugin: number }> => {
    workspace.put({ "a-file": "" });
    workspace.configure({
      resource: {
        terraform_data: { pause: { provisioner: { "local-exec": { command: "echo $$ > pid; exec sleep 60" } } } },
        archive_file: {
          after: { type: "zip", source_file: "a-file", output_path: "after.zip", depends_on: ["terraform_data.pause"] },
        },
      },
    });
    expect(await workspace.run(["init"])).toMatchObject({ code: 0 });
    const pidFile = join(workspace.folder, "pid");
    rmSync(pidFile, { force: true });
    const terraform = workspace.start(["apply", "-auto-approve"]);
    started.push(terraform);
    expect(await until(() => existsSync(pidFile) && readFileSync(pidFile, "utf8").endsWith("\n"))).toBe(true);
    pause = Number(readFileSync(pidFile, "utf8"));
    const processes = execFileSync("ps", ["-axo", "pid=,ppid=,command="], { encoding: "utf8" });
    const plugins = processes
      .split("\n")
      .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
      .filter((match) => Number(match?.[2]) === terraform.pid && match?.[3]?.includes("terraform-provider-archive"));
    expect(plugins).toHaveLength(1);
    return { terraform, plugin: Number(plugins[0]?.[1]) };
  };

  afterEach(() => {
    if (isRunning(pause)) process.kill(pause, "SIGKILL");
  });

  test("is gone after kill -9", async () => {
    const { terraform, plugin } = await pausedApply();
    expect(isRunning(plugin)).toBe(true);
    terraform.kill("SIGKILL");
    expect(await until(() => !isRunning(plugin))).toBe(true);
  });

  test("outlives an interrupt, which Terraform answers for it", async () => {
    const { terraform, plugin } = await pausedApply();
    // A plugin that is only just starting answers to nothing yet, and Terraform would interrupt none.
    expect(await until(() => catchesInterrupt(plugin))).toBe(true);
    process.kill(plugin, "SIGINT");
    await sleep(200);
    expect(isRunning(plugin)).toBe(true);
    const ended = once(terraform, "exit");
    process.kill(pause, "SIGKILL");
    await ended;
    expect(await until(() => !isRunning(plugin))).toBe(true);
  });
});
