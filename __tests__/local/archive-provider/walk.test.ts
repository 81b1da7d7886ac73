import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { filesUnder } from "#local/archive-provider/walk.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onair-walk-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (...paths: string[]): void => {
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path);
  }
};

const names = (excludes: string[] = [], excludeSymlinkDirectories = false): string[] =>
  filesUnder(folder, { excludes, excludeSymlinkDirectories }).map(({ archivePath }) => archivePath);

describe("the files of a folder", () => {
  test("come depth first, each folder in the byte order of its names", () => {
    put("b/x", "a.txt", "B", "a/z", "a/é", "a/Z", "ü");
    expect(names()).toEqual(["B", "a/Z", "a/z", "a/é", "a.txt", "b/x", "ü"]);
  });

  test("leave out what a pattern names, folders with all that is in them", () => {
    put("index.mjs", "index.map", "lib/deep.map", "node_modules/x/y");
    expect(names(["*.map", "node_modules"])).toEqual(["index.mjs", "lib/deep.map"]);
  });

  test("are none under the pattern *, which names the folder itself", () => {
    put("a");
    expect(names(["*"])).toEqual([]);
  });

  test("are read through symbolic links, to files and to folders", () => {
    put("real/a.txt");
    symlinkSync("real/a.txt", join(folder, "link.txt"));
    symlinkSync("real", join(folder, "zlink"));
    expect(names()).toEqual(["link.txt", "real/a.txt", "zlink/a.txt"]);
  });

  test("are told excludes by the path through the link", () => {
    put("real/a.txt", "real/b.txt");
    symlinkSync("real", join(folder, "zlink"));
    expect(names(["zlink/a.txt"])).toEqual(["real/a.txt", "real/b.txt", "zlink/b.txt"]);
  });

  test("end after an excluded link to a folder, as in the real provider", () => {
    put("a.txt", "z.txt", "real/a.txt");
    symlinkSync("real", join(folder, "m-link"));
    expect(names([], true)).toEqual(["a.txt"]);
    expect(names(["m-link"], true)).toEqual(["a.txt", "real/a.txt", "z.txt"]);
  });

  test("refuse a link that leads in a circle", () => {
    put("a/b.txt");
    symlinkSync("..", join(folder, "a/up"));
    expect(() => names()).toThrow("a symbolic link leads back to a folder that contains it: a/up");
  });

  test("refuse a pipe, which would never end", () => {
    execFileSync("mkfifo", [join(folder, "pipe")]);
    expect(() => names()).toThrow("only files and folders can be archived: pipe");
  });

  test("refuse a malformed pattern", () => {
    put("a");
    expect(() => names(["[a"])).toThrow("error checking excludes matches: syntax error in pattern");
  });
});
