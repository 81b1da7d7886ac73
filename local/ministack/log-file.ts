import { createWriteStream, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Readable } from "node:stream";

/** A log that would grow beyond this is moved aside to `<name>.1` first. */
const ROTATE_BYTES = 10 * 1024 * 1024;
const LAST_LINES = 10;
/** Enough for the last lines; what came before is in the file alone. */
const REMEMBERED_CHARACTERS = 8192;

export interface LogFile {
  readonly path: string;
  /** The newest lines, for the message when the part dies. */
  lastLines(): readonly string[];
}

/** Appends what a child prints to a file, and remembers the last lines. */
export const logTo = (path: string, stream: Readable, rotateBytes = ROTATE_BYTES): LogFile => {
  mkdirSync(dirname(path), { recursive: true });
  const open = () => createWriteStream(path, { flags: "a", mode: 0o600 });
  let file = open();
  let bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  let tail = "";
  stream.on("data", (chunk: Buffer) => {
    if (bytes > 0 && bytes + chunk.length > rotateBytes) {
      file.end();
      renameSync(path, `${path}.1`);
      file = open();
      bytes = 0;
    }
    bytes += chunk.length;
    file.write(chunk);
    tail = (tail + chunk.toString("utf8")).slice(-REMEMBERED_CHARACTERS);
  });
  stream.on("end", () => file.end());
  return { path, lastLines: () => tail.trimEnd().split("\n").slice(-LAST_LINES) };
};
