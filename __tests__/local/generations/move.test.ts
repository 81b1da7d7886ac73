import { createHash } from "node:crypto";
import { link, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { moveBetween, moveEmulator } from "#local/generations/move.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "onair-move-"));
  await mkdir(join(folder, "state"));
  await mkdir(join(folder, "s3"));
});
afterEach(() => rm(folder, { recursive: true }));

const move = moveBetween(4566, 50123);

test.each([
  ["http://127.0.0.1:4566/000000000000/work", "http://127.0.0.1:50123/000000000000/work"],
  ["http://184a0172.execute-api.localhost:4566", "http://184a0172.execute-api.localhost:50123"],
  ["'http://localhost:4566/a', 'http://localhost:4566/b'", "'http://localhost:50123/a', 'http://localhost:50123/b'"],
])("%j becomes %j", (before, after) => expect(move?.(before)).toBe(after));

test.each(["http://127.0.0.1:45660", "http://example.com:4566", "127.0.0.1:5173", "port 4566"])(
  "%j stays, as it is not the cloud's address",
  (text) => expect(move?.(text)).toBe(text),
);

test("on the same port nothing is to be changed, nor where the port before is not known", () => {
  expect([moveBetween(4566, 4566), moveBetween(undefined, 4566)]).toEqual([undefined, undefined]);
});

test("Terraform finds its state with the hashes that it wrote and reads; other objects and the saved files stay", async () => {
  const digest = (algorithm: string, text: string, form: "hex" | "base64") =>
    createHash(algorithm).update(text).digest(form);
  const describe = (text: string) => ({
    etag: `"${digest("md5", text, "hex")}"`,
    size: text.length,
    checksums: { SHA256: digest("sha256", text, "base64") },
  });
  const [before, after] = [4566, 50123].map((port) => `{"id":"http://127.0.0.1:${port}/000000000000/work"}`);
  const at = (...path: string[]) => join(folder, ...path);
  await writeFile(at("saved.tfstate"), String(before));
  await link(at("saved.tfstate"), at("s3", "platform.tfstate"));
  const older = { etag: '"0"', size: 1 };
  const description = (text: string) => ({ ...describe(text), versions: [older, describe(text)], key: "platform" });
  await writeFile(at("s3", "platform.tfstate.meta.json"), JSON.stringify(description(String(before))));
  await writeFile(at("s3", "notes.txt"), "http://127.0.0.1:4566/");
  const lock = (text: string) => JSON.stringify({ Digest: { S: digest("md5", text, "hex") } });
  await writeFile(at("state", "dynamodb.json"), lock(String(before)));

  if (move) await moveEmulator({ state: at("state"), objects: at("s3") }, move);

  const read = (...path: string[]) => readFile(at(...path), "utf8");
  expect(await read("s3", "platform.tfstate")).toBe(after);
  expect(JSON.parse(await read("s3", "platform.tfstate.meta.json"))).toEqual(description(String(after)));
  expect(await read("state", "dynamodb.json")).toBe(lock(String(after)));
  expect(await read("s3", "notes.txt")).toBe("http://127.0.0.1:4566/");
  expect(await read("saved.tfstate")).toBe(before);
});
