import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { amazon } from "./fixture/amazon.ts";
import {
  type CloudProcess,
  leftovers,
  newFolder,
  removeFolder,
  startProcess,
  whenReady,
} from "./fixture/own-process.ts";
import { descendantsOf } from "./fixture/processes.ts";
import { putPackage } from "./terraform/mirrors.ts";

let folder = "";
let processes: CloudProcess[] = [];

beforeEach(() => {
  folder = newFolder();
  processes = [];
});
afterEach(async () => {
  for (const { child } of processes) child.kill("SIGKILL");
  await leftovers(folder);
  removeFolder(folder);
});

const start = (...args: Parameters<typeof startProcess> extends [string, ...infer Rest] ? Rest : never) => {
  const started = startProcess(folder, ...args);
  processes.push(started);
  return started;
};

describe("the local cloud as a process", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("saves on %s and leaves nothing behind", async (signal) => {
    const cloud = start();
    await whenReady(folder, cloud);
    cloud.child.kill(signal);
    expect(await cloud.ended).toBe(0);
    expect(await leftovers(folder)).toEqual([]);
    expect(readdirSync(folder).toSorted()).toEqual([
      "cloud.env",
      "generations",
      "logs",
      "ministack",
      "root-secret",
      "terraform",
      "venv",
    ]);
    expect(readdirSync(join(folder, "generations"))).toEqual(["00000001"]);
  });

  it("ends when its standard input closes, as its parent is gone then", async () => {
    const cloud = start();
    await whenReady(folder, cloud);
    cloud.child.stdin?.end();
    expect(await cloud.ended).toBe(0);
    expect(await leftovers(folder)).toEqual([]);
  });

  it("leaves no process behind when it is killed, functions that run included", async () => {
    const cloud = start();
    const { endpoint, keys } = await whenReady(folder, cloud);
    const account = amazon(endpoint, keys);
    const role = await account.role("busy", [{ Effect: "Allow", Action: "logs:*", Resource: "*" }]);
    await account.function("busy", role, "exports.handler = ({ spin }) => { while (spin); return 'idle'; };");
    expect((await account.invoke("busy")).payload).toBe("idle");
    account.invoke("busy", { spin: true }).catch(() => undefined);
    const before = descendantsOf(Number(cloud.child.pid)).size;
    expect(before).toBeGreaterThanOrEqual(2);
    cloud.child.kill("SIGKILL");
    expect(await cloud.ended).toBe("SIGKILL");
    expect(await leftovers(folder)).toEqual([]);
  });

  it("ends while it is still starting", async () => {
    rmSync(join(folder, "venv"));
    const cloud = start();
    await new Promise<void>((resolve) => {
      cloud.child.stderr?.on("data", () => cloud.errors().includes("Installing") && resolve());
    });
    cloud.child.kill("SIGINT");
    expect(await cloud.ended).toBe(0);
    expect(cloud.errors()).toContain("Stopped while starting (SIGINT)");
    expect(await leftovers(folder)).toEqual([]);
    expect(existsSync(join(folder, "venv"))).toBe(false);
  });

  it("says what died, with its last lines, and ends", async () => {
    const cloud = start();
    await whenReady(folder, cloud);
    for (const pid of descendantsOf(Number(cloud.child.pid))) process.kill(pid, "SIGKILL");
    expect(await cloud.ended).toBe(1);
    expect(cloud.errors()).toMatch(
      /ministack stopped by itself \(SIGKILL\)\. Its last lines, of .*ministack\.log:\n(.|\n)*Ready — \d+ services(.|\n)* {2}PART_DIED\n$/,
    );
    expect(await leftovers(folder)).toEqual([]);
    expect(existsSync(join(folder, "run.json"))).toBe(false);
  });

  it("takes the AWS provider from a mirror that holds a release which the stacks ask for", async () => {
    const mirror = putPackage(join(folder, "mirror"), "aws", "6.25.0");
    const environment = { ...process.env, ONAIR_PROVIDER_MIRROR: mirror };
    const cloud = start(["--port", "0", "--require-terraform", "--aws-provider", ">= 6.0, < 7.0.0"], environment);
    await whenReady(folder, cloud);
    expect(readFileSync(join(folder, "terraform", "cli.tfrc"), "utf8")).toContain(
      `path    = "${mirror}"\n    include = ["registry.terraform.io/hashicorp/aws"]`,
    );
  });
});

describe("a second local cloud", () => {
  it("in the same folder tells the address of the first, and is content", async () => {
    const first = start();
    const { endpoint } = await whenReady(folder, first);
    const second = start();
    expect(await second.ended).toBe(0);
    expect(second.output()).toBe(`${endpoint}\n`);
    expect(second.errors()).toContain(`runs already (process ${first.child.pid}).`);
    expect(first.child.exitCode).toBeNull();
  });

  it("in the same folder waits for the first to be ready", async () => {
    const [first, second] = [start(), start()];
    const codes = await Promise.race([first.ended, second.ended]);
    expect(codes).toBe(0);
    const [ended, running] = first.child.exitCode === null ? [second, first] : [first, second];
    const { endpoint } = await whenReady(folder, running);
    expect(ended.output()).toBe(`${endpoint}\n`);
  });

  it("takes over the folder of one that was killed", async () => {
    const first = start();
    await whenReady(folder, first);
    first.child.kill("SIGKILL");
    await first.ended;
    await whenReady(folder, start());
  });
});

describe("what keeps the local cloud from starting", () => {
  const failure = async (cloud: CloudProcess) => [await cloud.ended, cloud.errors()];

  it("is a port in use, whose holder is named", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const cloud = start([], { ...process.env, ONAIR_PORT: String(port) });
    expect(await failure(cloud)).toEqual([
      1,
      expect.stringMatching(
        new RegExp(
          `^Port ${port} is used by \\S+( \\S+)* \\(process ${process.pid}\\)\\. Stop it, or choose another: ONAIR_PORT=${port + 100}\\. Nothing was started\\. {2}PORT_BUSY\n$`,
        ),
      ),
    ]);
    server.close();
    expect(await leftovers(folder)).toEqual([]);
  });

  it("is a folder that cannot be written", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const cloud = startProcess(join(file, "onair"));
    processes.push(cloud);
    expect(await failure(cloud)).toEqual([
      1,
      `The folder ${file}/onair cannot be written: ENOTDIR: not a directory, mkdir '${file}/onair'. Nothing was started.  FOLDER_NOT_WRITABLE\n`,
    ]);
  });

  it("is a generation that a newer Onair wrote, where there is no other", async () => {
    mkdirSync(join(folder, "generations", "00000007"), { recursive: true });
    writeFileSync(join(folder, "generations", "00000007", "manifest.json"), '{"format":2}');
    const [code, errors] = await failure(start());
    expect(code).toBe(1);
    expect(errors).toContain(
      "Saved generation 7 cannot be used: a newer Onair wrote it (format 2, this one reads up to 1).",
    );
    expect(errors).toMatch(/None of the 1 saved generations .* {2}GENERATIONS_UNUSABLE\n$/);
  });

  it("is a machine without Python", async () => {
    rmSync(join(folder, "venv"));
    const [code, errors] = await failure(start(undefined, { ...process.env, PATH: folder }));
    expect(code).toBe(6);
    expect(errors).toMatch(/Python >= 3\.10 is needed, none is on PATH\. .* {2}PYTHON_MISSING\n$/);
  });

  it("is a machine without Terraform's providers, where they are required", async () => {
    const environment = { ...process.env, ONAIR_PROVIDER_MIRROR: folder };
    expect(await failure(start(["--port", "0", "--require-terraform"], environment))).toEqual([
      6,
      expect.stringMatching(
        /^ONAIR_PROVIDER_MIRROR is ".*", which holds neither .* made by `terraform providers mirror`\. {2}PROVIDER_MISSING\n$/,
      ),
    ]);
    expect(await leftovers(folder)).toEqual([]);
  });

  it("is not a machine without Terraform's providers, where nobody requires them", async () => {
    const cloud = start(undefined, { ...process.env, ONAIR_PROVIDER_MIRROR: folder });
    await whenReady(folder, cloud);
    expect(cloud.errors()).toContain("Terraform cannot use this cloud yet. ONAIR_PROVIDER_MIRROR is ");
    expect(readFileSync(join(folder, "cloud.env"), "utf8")).not.toContain("TF_CLI_CONFIG_FILE");
  });

  it("is an unknown option", async () => {
    const [code, errors] = await failure(start(["--colour"]));
    expect(code).toBe(2);
    expect(errors).toContain("Unknown option '--colour'");
  });
});

describe("the parent's real credentials", () => {
  it("reach neither a function nor any child", async () => {
    const real = {
      AWS_ACCESS_KEY_ID: "AKIAPLANTEDCANARY000",
      AWS_SECRET_ACCESS_KEY: "planted-canary-secret",
      AWS_SESSION_TOKEN: "planted-canary-token",
      AWS_PROFILE: "planted-canary-profile",
      GITHUB_TOKEN: "planted-canary-github",
    };
    const cloud = start(undefined, { ...process.env, ...real });
    const { endpoint, keys } = await whenReady(folder, cloud);
    const account = amazon(endpoint, keys);
    const role = await account.role("shows-all", [{ Effect: "Allow", Action: "logs:*", Resource: "*" }]);
    const source = `
      const fs = require("node:fs");
      exports.handler = async () => {
        const parent = fs.readFileSync("/proc/" + process.ppid + "/environ", "utf8");
        return JSON.stringify(process.env) + parent;
      };`;
    await account.function("shows-all", role, source);
    const { payload } = await account.invoke("shows-all");
    expect(payload).toContain("AWS_ACCESS_KEY_ID");
    expect(String(payload).toLowerCase()).not.toContain("canary");
  });
});

describe("a folder's clouds", () => {
  it("keep their secret, their region and their account", async () => {
    const first = start(["--port", "0", "--account", "111122223333", "--region", "eu-west-1"]);
    const ready = await whenReady(folder, first);
    expect(ready).toMatchObject({
      accountId: "111122223333",
      region: "eu-west-1",
      keys: { accessKeyId: "111122223333" },
    });
    const identity = await amazon(ready.endpoint, ready.keys).role("any", [
      { Effect: "Allow", Action: "logs:*", Resource: "*" },
    ]);
    expect(identity).toBe("arn:aws:iam::111122223333:role/any");
    first.child.kill("SIGINT");
    await first.ended;
    const again = await whenReady(folder, start(["--port", "0", "--account", "111122223333"]));
    expect(again.keys).toEqual(ready.keys);
  });

  it("are found by the program that started them with an IPC channel, and end with it", async () => {
    const parent = spawn(
      process.execPath,
      [
        "-e",
        `require("node:child_process").fork("local/main.ts", ["--folder", ${JSON.stringify(folder)}, "--port", "0"], { execArgv: ["--import", "tsx"], stdio: ["ignore", "ignore", "ignore", "ipc"] }); setInterval(() => {}, 1000);`,
      ],
      { cwd: join(import.meta.dirname, "../.."), stdio: "ignore" },
    );
    while (!existsSync(join(folder, "run.json"))) await new Promise((resolve) => setTimeout(resolve, 50));
    parent.kill("SIGKILL");
    expect(await leftovers(folder)).toEqual([]);
  });
});
