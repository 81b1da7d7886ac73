import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import * as v from "valibot";
import { afterAll, expect, test, vi } from "vitest";
import { bundleHandler, writeBundle } from "#constructs/lambda/bundle.ts";
import { moderationRules } from "#domain/moderation/rules.ts";
import { environment } from "#handlers/review-message/env.ts";

const bundleWith = (rules: unknown) =>
  bundleHandler({ handler: "review-message", constants: { MODERATION_RULES: rules } });

const bundle = bundleWith(v.parse(moderationRules, { blockedWords: { wholeWord: ["spam"] } }));
const folder = writeBundle("review-message", bundle);
afterAll(() => rmSync(folder, { recursive: true }));

const load = (from: string) => import(pathToFileURL(join(from, "handler.mjs")).href);

test("the bundle answers by the rules that were built into it, and logs one line of JSON", async () => {
  const { handler } = await load(folder);
  const stdout = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const answer = await handler({ Content: "buy sp4m", MessageId: "m1", RoomArn: "r1", Sender: { UserId: "alice" } });
  const lines = stdout.mock.calls.map(([line]) => String(line));
  stdout.mockRestore();
  expect(answer).toMatchObject({ ReviewResult: "DENY" });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^\{.*\}\n$/);
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    level: "info",
    message: "message denied",
    reasons: ["BLOCKED_WORD"],
    messageId: "m1",
    roomArn: "r1",
    userId: "alice",
  });
});

test("a bundle whose rules are wrong does not load", async () => {
  const wrong = writeBundle("review-message", bundleWith({ blockedWord: [] }));
  await expect(load(wrong)).rejects.toThrow("Invalid key");
  rmSync(wrong, { recursive: true });
});

test("the bundle has no SDK client, and is smaller than any", () => {
  expect(Buffer.from(bundle).toString("utf8")).not.toMatch(/aws-sdk|smithy/);
  expect(bundle.length / 1024).toBeLessThan(60);
});

test("the bundle loads neither Node's HTTP with itself nor, ever, what fetch and its headers need", () => {
  const code = Buffer.from(bundle).toString("utf8");
  expect(code).not.toMatch(/\bimport\b[^;(]*"node:(https?|net|tls)"/);
  expect(code).not.toMatch(/\bfetch\(|new (Headers|Request)\b/);
  expect(code).toContain('import("node:https")');
});

test("the function reads where slow mode is kept, if it is, and no other variable", () => {
  expect(v.safeParse(environment, {}).success).toBe(true);
  expect(v.safeParse(environment, { TABLE_NAME: "table" }).success).toBe(true);
  expect(v.safeParse(environment, { LOG_LEVEL: "debug" }).success).toBe(false);
});
