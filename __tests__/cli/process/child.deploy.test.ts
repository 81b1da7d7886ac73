import { pbkdf2 } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { stopCdktf } from "#cli/deploy/stop-cdktf.ts";
import { type Program, runningChildren, startChild } from "#cli/process/child.ts";
import { runProgram } from "#cli/process/run-program.ts";
import { CliError } from "#cli/terminal/cli-error.ts";
import { processesNaming } from "../../local/fixture/processes.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onair-child-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const never = new AbortController().signal;
const program = (script: string, more: Partial<Program> = {}): Program => ({
  name: "it",
  command: process.execPath,
  args: ["-e", script, folder],
  folder,
  environment: { GIVEN: "yes" },
  log: join(folder, "logs", "it.log"),
  ...more,
});

describe("a program", () => {
  test("is heard line by line without escape codes, and logged as it speaks", async () => {
    const heard: string[] = [];
    // Both go to one log: what is said on stderr comes behind the line, not into it.
    const script = `process.stdout.write("\\u001b[31mre"); process.stdout.write("d\\u001b[0m\\nlast", () => setTimeout(() => console.error("err"), 100))`;
    const finished = await runProgram(
      program(script, { onLine: (line, stream) => heard.push(`${stream} ${line}`) }),
      never,
    );
    expect(finished.code).toBe(0);
    expect(heard.toSorted()).toEqual(["stderr err", "stdout last", "stdout red"]);
    expect(readFileSync(join(folder, "logs", "it.log"), "utf8")).toContain("\u001b[31mred\u001b[0m\n");
  });

  test("has written all that it said to its log once it has ended, however slow the disk", async () => {
    // Files are written by the same few threads.
    const busy = Array.from({ length: 8 }, () => promisify(pbkdf2)("", "", 500_000, 64, "sha512"));
    expect(await runProgram(program(`console.log("said")`), never)).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, "logs", "it.log"), "utf8")).toBe("said\n");
    await Promise.all(busy);
  });

  test("has no more of the environment than it is given", async () => {
    const finished = await runProgram(program("console.log(Object.keys(process.env).join())"), never);
    expect(finished.lastLines(1)).toEqual(["GIVEN"]);
  });

  test("that is not there ends with the reason", async () => {
    const finished = await runProgram(program("", { command: join(folder, "nothing") }), never);
    expect(finished).toMatchObject({ code: null, error: { code: "ENOENT" } });
  });

  test("that is not there does not run, and stopping it ends nobody else", async () => {
    const kill = vi.spyOn(process, "kill").mockReturnValue(true);
    try {
      const child = startChild(program("", { command: join(folder, "nothing") }));
      expect(child).toMatchObject({ pid: 0, running: false });
      expect(await stopCdktf(child, 0)).toBe(true);
      expect(await child.stop("SIGINT", 0)).toMatchObject({ error: { code: "ENOENT" } });
      expect(kill).not.toHaveBeenCalled();
      // Its log is opened in the background, and the folder goes with the test.
      await vi.waitUntil(() => existsSync(child.log));
    } finally {
      kill.mockRestore();
    }
  });

  test("keeps one older log when the log has grown long", async () => {
    const log = join(folder, "it.log");
    writeFileSync(log, "x".repeat(10_000_001));
    await runProgram(program("console.log(1)", { log }), never);
    expect(readFileSync(log, "utf8")).toBe("1\n");
    expect(readFileSync(`${log}.1`, "utf8")).toHaveLength(10_000_001);
  });

  test("is told to stop when the run is aborted, and the reason is thrown once it is gone", async () => {
    const controller = new AbortController();
    const reason = new CliError("INTERRUPTED", "a", "b", "c");
    const script = `process.on("SIGINT", () => setTimeout(() => process.exit(), 200)); console.log("up"); setInterval(() => {}, 9)`;
    const onLine = () => controller.abort(reason);
    await expect(runProgram(program(script, { onLine }), controller.signal)).rejects.toBe(reason);
    expect(runningChildren()).toEqual([]);
    expect(processesNaming(folder)).toEqual([]);
  });

  test("that does not stop in time is ended with all that it started", async () => {
    const child = `process.on("SIGINT", () => {}); setInterval(() => {}, 9)`;
    const script = `${child}; require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}, ${JSON.stringify(folder)}]).on("spawn", () => console.log("up"))`;
    const started = await new Promise<ReturnType<typeof startChild>>((resolve) => {
      const made = startChild(program(script, { onLine: () => resolve(made) }));
    });
    expect(processesNaming(folder)).toHaveLength(2);
    expect(await started.stop("SIGINT", 300)).toMatchObject({ signal: "SIGKILL" });
    expect(processesNaming(folder)).toEqual([]);
  });
});
