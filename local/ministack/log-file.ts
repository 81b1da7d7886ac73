import { createWriteStream, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Readable } from "node:stream";

/** A log is moved aside to `<name>.1` when it has grown to this. */
const ROTATE_BYTES = 10 * 1024 * 1024;
const LAST_LINES = 10;

export interface LogFile {
  readonly path: string;
  /** The newest lines, for the message when the part dies. */
  lastLines(): readonly string[];
}

const rotate = (path: string, limit: number): void => {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) >= limit) renameSync(path, `${path}.1`);
};

/** Appends what a child prints to a file, rotated, and remembers the last lines. */
export const logTo = (path: string, streams: readonly Readable[]): LogFile => {
  mkdirSync(dirname(path), { recursive: true });
  rotate(path, ROTATE_BYTES);
  let file = createWriteStream(path, { flags: "a", mode: 0o600 });
  let written = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  let tail = "";
  for (const stream of streams) {
    stream.on("data", (chunk: Buffer) => {
      if (written + chunk.length > ROTATE_BYTES) {
        file.end();
        renameSync(path, `${path}.1`);
        file = createWriteStream(path, { flags: "a", mode: 0o600 });
        written = 0;
      }
      written += chunk.length;
      file.write(chunk);
      tail = (tail + chunk.toString("utf8")).slice(-8192);
    });
    stream.on("end", () => file.end());
  }
  return { path, lastLines: () => tail.trimEnd().split("\n").slice(-LAST_LINES) };
};
