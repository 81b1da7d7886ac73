import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findOnPath } from "#cli/prerequisites/probe.ts";
import { descendantsOf } from "../../local/fixture/processes.ts";
import { projectFfmpeg } from "../../local/media/fixture/ffmpeg.ts";
import {
  leftovers,
  newFolder,
  removeFolder,
  type StartProcess,
  startProcess,
  whenReady,
  whenSaid,
} from "./fixture/start-process.ts";

const ROOT = join(import.meta.dirname, "../../..");
/** A credential of the user's, which must not get anywhere. */
const planted = { AWS_SECRET_ACCESS_KEY: "planted-secret-7c1d90e35b2a", AWS_PROFILE: "planted-profile-7c1d90e35b2a" };

let folder = "";
let processes: StartProcess[] = [];

// Once, for all folders.
beforeAll(async () => void (await projectFfmpeg()));
beforeEach(() => {
  processes = [];
});
afterEach(async () => {
  for (const { kill } of processes) kill();
  await leftovers(folder);
  removeFolder(folder);
});

function start(...args: Parameters<typeof startProcess>): StartProcess {
  const started = startProcess(...args);
  processes.push(started);
  return started;
}

const npm = (script: string) =>
  spawnSync("npm", ["run", "--silent", script, "--", "--folder", folder], { cwd: ROOT, encoding: "utf8" });

/** All text below a folder, but for Python's packages and what programs say of themselves. */
function textsBelow(path: string): string {
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/node_modules|\/venv|\.terraform\/providers/.test(entry.parentPath))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");
}

describe("npm start", () => {
  test("finds what was deployed, says it in twelve lines, shows it to a second one, and ends clean", async () => {
    folder = newFolder("deployed");
    const first = start(folder, { environment: { LANG: "C.UTF-8", ...planted } });
    const run = await whenReady(folder, first);
    await whenSaid(first, "Deploy platform and state  ");

    expect(run).toMatchObject({ region: "us-west-2", accountId: "000000000000" });
    expect(run.channels.map(({ name }) => name).toSorted()).toEqual(["backstage", "demo", "main-stage"]);
    for (const channel of run.channels) {
      expect(Object.keys(channel)).toEqual(["name", "arn", "playbackUrl", "roomArn"]);
    }
    // run.json is there before the last line is printed, and printed before it is read here.
    await expect.poll(first.output, { timeout: 10_000 }).toContain("what is in it stays for the next npm start");
    const ready = first.output().trimEnd().split("\n");
    expect(ready.length).toBeLessThanOrEqual(12);
    expect(ready[0]).toMatch(/^Onair runs on this machine, ready after /);
    expect(ready.join("\n")).toContain(run.endpoint);

    const page = (path: string) => fetch(new URL(path, run.webUrl));
    expect(await (await page("/")).text()).toContain("<title>");
    // It runs on another port than the deployment did: the event of the stream must find its way there all the same.
    const live = async () => ((await (await page("/api/public/live")).json()) as { channels: object[] }).channels;
    await expect.poll(live, { timeout: 30_000 }).toMatchObject([{ name: "demo", live: true, access: "public" }]);
    const demo = run.channels.find(({ name }) => name === "demo");
    expect(await (await fetch(String(demo?.playbackUrl))).text()).toContain("#EXT-X-STREAM-INF");
    expect(first.errors()).not.toContain("\u001b");
    expect(first.errors().trimEnd().split("\n").length).toBeLessThanOrEqual(14);

    const second = start(folder);
    expect(await second.ended).toBe(0);
    expect(second.output().split("\n")[0]).toBe(`Onair runs on this machine, already started by process ${run.pid}.`);
    expect(second.output().split("\n").slice(1)).toEqual(ready.slice(1).concat(""));

    const clean = npm("clean");
    expect(clean.status).toBe(1);
    expect(clean.stderr).toContain("STILL_RUNNING");

    first.interrupt();
    expect(await first.ended).toBe(0);
    expect(first.errors().trimEnd().split("\n").at(-1)).toBe("Stopped.");
    expect(await leftovers(folder)).toEqual([]);
    expect(existsSync(join(folder, "run.json"))).toBe(false);
    expect(textsBelow(folder)).not.toContain("7c1d90e35b2a");

    const cleaned = spawnSync(process.execPath, ["--import", "tsx", "cli/clean.ts", "--folder", folder], { cwd: ROOT });
    expect(cleaned.status).toBe(0);
    expect(existsSync(folder)).toBe(false);
  });

  test("ends when npm alone is told to end, as its shell does not pass that on", async () => {
    folder = newFolder("empty");
    const started = start(folder, { by: "npm" });
    await whenSaid(started, "Synthesize the stacks");
    started.child.kill("SIGTERM");
    await started.ended;
    expect(await leftovers(folder)).toEqual([]);
  });

  test("ends with the last lines of a part that was killed, and leaves nothing behind", async () => {
    folder = newFolder("deployed");
    const started = start(folder);
    await whenSaid(started, "Deploy platform");
    const python = [...descendantsOf(Number(started.child.pid))].find((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("launcher.py"),
    );
    process.kill(Number(python), "SIGKILL");
    expect(await started.ended).toBe(1);
    expect(started.errors().trimEnd().split("\n").at(-1)).toMatch(/PART_DIED$/);
    expect(started.errors()).toContain("ministack stopped by itself (SIGKILL)");
    expect(await leftovers(folder)).toEqual([]);
    expect(existsSync(join(folder, "run.json"))).toBe(false);
  });

  test.each(["Start the local cloud", "Bucket and lock table"])(
    "interrupted in %j it ends with 130 and leaves nothing behind",
    async (step) => {
      folder = newFolder("empty");
      const interrupted = start(folder);
      await whenSaid(interrupted, step);
      interrupted.interrupt();
      expect(await interrupted.ended).toBe(130);
      expect(interrupted.errors().trimEnd().split("\n").at(-1)).toMatch(/INTERRUPTED$/);
      expect(await leftovers(folder)).toEqual([]);
    },
  );

  test("interrupted while Terraform makes things it frees the locks, and the next one goes on", async () => {
    folder = newFolder("empty");
    const interrupted = start(folder);
    await whenLogged(interrupted, 0, /Creating\.\.\./);
    interrupted.interrupt();
    expect(await interrupted.ended).toBe(130);
    expect(interrupted.errors()).toContain("Terraform ended in order and let its locks go.");
    expect(await leftovers(folder)).toEqual([]);
    expect(existsSync(join(folder, "run.json"))).toBe(false);

    const next = start(folder);
    await whenLogged(next, deployLog().length, /Creating\.\.\./);
    expect(next.errors()).not.toContain("LOCK_HELD");
    next.interrupt();
    expect(await next.ended).toBe(130);
    expect(await leftovers(folder)).toEqual([]);
  });

  const deployLog = () => {
    const path = join(folder, "logs", "deploy.log");
    return existsSync(path) ? readFileSync(path, "utf8") : "";
  };
  const whenLogged = async (process: StartProcess, from: number, words: RegExp) => {
    while (!words.test(deployLog().slice(from))) {
      if (process.child.exitCode !== null) throw new Error(`npm start ended:\n${process.errors()}`);
      await sleep(50);
    }
  };

  test("names the process that holds its port", async () => {
    folder = newFolder("empty");
    await using server = await holdPort();
    const refused = start(folder, { args: ["--port", String(server.port)] });
    expect(await refused.ended).toBe(1);
    expect(refused.errors()).toContain(`Port ${server.port} is used by node (process ${process.pid}).`);
    expect(refused.errors().trimEnd()).toMatch(/PORT_BUSY$/);
    expect(await leftovers(folder)).toEqual([]);
  });

  test("refuses a folder that cannot be written to", async () => {
    folder = newFolder("empty");
    writeFileSync(join(folder, "file"), "");
    const refused = start(join(folder, "file", ".onair"));
    expect(await refused.ended).toBe(1);
    expect(refused.errors().trimEnd()).toMatch(/FOLDER_NOT_WRITABLE$/);
  });

  test("says that Terraform is missing before it starts anything", async () => {
    folder = newFolder("empty");
    const bin = join(folder, "bin");
    mkdirSync(bin);
    const python = spawnSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" });
    symlinkSync(python.stdout.trim(), join(bin, "python3"));
    symlinkSync(findOnPath("ps", process.env) ?? "", join(bin, "ps"));
    const refused = start(folder, { environment: { PATH: bin } });
    expect(await refused.ended).toBe(6);
    expect(refused.errors()).toContain("Terraform >= 1.11 is needed, none on PATH.");
    expect(existsSync(join(folder, "logs", "cloud.log"))).toBe(false);
  });

  test("refuses settings that cannot be synthesized before it starts anything", async () => {
    folder = newFolder("empty");
    const refused = start(folder, { environment: { ONAIR_ENV: "nowhere" } });
    expect(await refused.ended).toBe(1);
    expect(refused.errors()).toContain('"nowhere" is not one of dev, prod');
    expect(refused.errors().trimEnd()).toMatch(/SETTINGS_INVALID$/);
  });
});

async function holdPort() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
