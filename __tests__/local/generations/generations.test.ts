import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { linkTree } from "#local/generations/files.ts";
import { newestGeneration } from "#local/generations/restore.ts";
import { createGenerationWriter } from "#local/generations/write.ts";

let folder = "";
let lines: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "onair-generations-"));
  lines = [];
});
afterEach(() => rm(folder, { recursive: true }));

const report = (line: string) => {
  lines.push(line.replaceAll(folder, "").replaceAll(/\d{13}/g, "<time>"));
};

/** Writes a generation with one state file and one S3 object. */
const write = async (state: string, object = "object") => {
  const writer = await createGenerationWriter(folder, 4566);
  return writer.write(async (target) => {
    await mkdir(join(target, "ministack", "state"), { recursive: true });
    await mkdir(join(target, "ministack", "s3", "bucket"), { recursive: true });
    await writeFile(join(target, "ministack", "state", "kms.json"), state);
    await writeFile(join(target, "ministack", "s3", "bucket", "key"), object);
    return {};
  });
};

const newestState = async () => {
  const found = await newestGeneration(folder, report);
  return found && (await readFile(join(found.path, "ministack", "state", "kms.json"), "utf8"));
};

describe("generations", () => {
  it("start with none", async () => {
    expect(await newestState()).toBeUndefined();
    expect(lines).toEqual([]);
  });

  it("are numbered on, and the last three are kept", async () => {
    for (const state of ["a", "b", "c", "d"]) await write(state);
    expect(await readdir(folder)).toEqual(["00000002", "00000003", "00000004"]);
    expect(await newestState()).toBe("d");
  });

  it("are not there at all when the capture fails, and the next one is written", async () => {
    await write("a");
    const writer = await createGenerationWriter(folder, 4566);
    await expect(writer.write(() => Promise.reject(new Error("ministack is gone")))).rejects.toThrow(
      "ministack is gone",
    );
    expect(await newestState()).toBe("a");
    await write("b");
    expect(await newestState()).toBe("b");
  });

  it("lose what a killed writer or cleaner left behind", async () => {
    await write("a");
    await mkdir(join(folder, ".writing-00000002"));
    await mkdir(join(folder, ".deleting-00000000"));
    expect(await newestState()).toBe("a");
    expect(await readdir(folder)).toEqual(["00000001"]);
  });

  const kms = join("00000002", "ministack", "state", "kms.json");
  it.each([
    [
      "a file with other bytes",
      (path: string) => writeFile(join(path, kms), "B"),
      "ministack/state/kms.json is damaged",
    ],
    ["a missing file", (path: string) => rm(join(path, kms)), "ministack/state/kms.json is missing"],
    [
      "a missing S3 object",
      (path: string) => rm(join(path, "00000002", "ministack", "s3", "bucket", "key")),
      "its S3 data is damaged (0 files, 0 bytes; saved were 1, 6)",
    ],
    [
      "a missing manifest",
      (path: string) => rm(join(path, "00000002", "manifest.json")),
      "its manifest cannot be read",
    ],
    [
      "half a manifest",
      (path: string) => writeFile(join(path, "00000002", "manifest.json"), '{"format":'),
      "its manifest cannot be read",
    ],
    [
      "a manifest of a newer Onair",
      (path: string) => writeFile(join(path, "00000002", "manifest.json"), '{"format":2}'),
      "a newer Onair wrote it (format 2, this one reads up to 1)",
    ],
  ])("with %s are set aside, and the one before is taken", async (_, damage, problem) => {
    await write("a");
    await write("b");
    await damage(folder);
    expect(await newestState()).toBe("a");
    expect(lines).toEqual([
      `Saved generation 2 cannot be used: ${problem}. It was moved to /00000002.set-aside-<time>; taking the one before.`,
    ]);
    expect((await write("c")).number).toBe(2);
  });

  it("that can all not be used stop the start instead of an empty one", async () => {
    await write("a");
    await rm(join(folder, "00000001", "manifest.json"));
    await expect(newestState()).rejects.toMatchObject({ code: "GENERATIONS_UNUSABLE" });
    expect(await readdir(folder)).toEqual([expect.stringMatching(/^00000001\.set-aside-\d+$/)]);
  });

  it("share the bytes of what did not change, and are not touched by what changes later", async () => {
    const work = join(folder, "work");
    await mkdir(join(work, "bucket"), { recursive: true });
    await writeFile(join(work, "bucket", "key"), "old");
    const copy = join(folder, "copy");
    await linkTree(work, copy);
    expect((await stat(join(copy, "bucket", "key"))).ino).toBe((await stat(join(work, "bucket", "key"))).ino);
    await writeFile(join(work, "bucket", "key.tmp"), "new");
    await rename(join(work, "bucket", "key.tmp"), join(work, "bucket", "key"));
    expect(await readFile(join(copy, "bucket", "key"), "utf8")).toBe("old");
  });
});
