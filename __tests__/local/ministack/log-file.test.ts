import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { logTo } from "#local/ministack/log-file.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onair-log-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = async (path: string, lines: readonly string[], limit?: number) => {
  const stream = new PassThrough();
  const log = logTo(path, stream, limit);
  for (const line of lines) {
    stream.write(`${line}\n`);
    await sleep(5);
  }
  stream.end();
  await sleep(20);
  return log;
};

it("a log is appended to, and its last lines are remembered", async () => {
  const path = join(folder, "logs", "part.log");
  await write(path, ["first"]);
  const log = await write(
    path,
    Array.from({ length: 20 }, (_, index) => `line ${index}`),
  );
  expect(readFileSync(path, "utf8")).toMatch(/^first\nline 0\n/);
  expect(log.lastLines()).toEqual(Array.from({ length: 10 }, (_, index) => `line ${index + 10}`));
});

it("a log that has grown is moved aside, so that two files at most are kept", async () => {
  const path = join(folder, "part.log");
  await write(path, ["aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd"], 20);
  expect(readFileSync(`${path}.1`, "utf8")).toBe("aaaaaaaa\nbbbbbbbb\n");
  expect(readFileSync(path, "utf8")).toBe("cccccccc\ndddddddd\n");
});
