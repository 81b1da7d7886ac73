import { setTimeout as sleep } from "node:timers/promises";
import { SendMessageRequest } from "amazon-ivs-chat-messaging";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleHandler } from "#constructs/lambda/bundle.ts";
import { moderationRules } from "#domain/moderation/rules.ts";
import { ANY_ROOM, type ChatCloud, type Guest, startChatCloud } from "./fixture.ts";

/** Answers with what it was asked. */
const ECHO = `export const handler = async (event) => ({ ReviewResult: "ALLOW", Content: JSON.stringify(event) });`;
const DENIES = `export const handler = async ({ Content }) => ({ ReviewResult: "DENY", Content });`;
const FAILS = `export const handler = async () => { throw new Error("no"); };`;
const SLEEPS = `export const handler = async ({ Content }) => {
  await new Promise((resolve) => setTimeout(resolve, 400));
  return { ReviewResult: Content === "good" ? "DENY" : "ALLOW", Content: "late" };
};`;

let cloud: ChatCloud;
beforeAll(async () => {
  cloud = await startChatCloud();
});
afterAll(() => cloud?.[Symbol.asyncDispose]());

const enter = async (uri: string, fallbackResult: "ALLOW" | "DENY", attributes?: Record<string, string>) => {
  const room = await cloud.createRoom({ messageReviewHandler: { uri, fallbackResult } });
  return { room, guest: await cloud.enter(room, "viewer-1", attributes ? { attributes } : {}) };
};

const send = ({ room }: Guest, text: string, attributes?: Record<string, string>) =>
  room.sendMessage(new SendMessageRequest(text, attributes));

/** Sends until the function has started, which takes longer than a review may. */
const warmUp = async (guest: Guest, isReviewed: (content: string) => boolean) => {
  const first = async () =>
    (await send(guest, "first").catch(({ errorMessage }) => ({ content: errorMessage }))).content;
  while (!isReviewed(await first())) await sleep(200);
};

describe("the project's own review handler, in a room that denies when in doubt", () => {
  let guest: Guest;
  beforeAll(async () => {
    const rules = v.parse(moderationRules, { blockedWords: { wholeWord: ["spam"] } });
    const bundle = bundleHandler({ handler: "review-message", constants: { MODERATION_RULES: rules } });
    guest = (await enter(await cloud.reviewer("review-message", bundle), "DENY")).guest;
    await warmUp(guest, (content) => content === "first");
  });

  it("lets a good message pass", async () => {
    expect(await send(guest, "Hello")).toMatchObject({ content: "Hello" });
  });

  it("tells the sender why a message is denied", async () => {
    await expect(send(guest, "buy sp4m")).rejects.toMatchObject({
      errorCode: 406,
      errorMessage: "BLOCKED_WORD: This message has a word that is not allowed here.",
    });
  });

  it("delivers an edited message as it was edited", async () => {
    const sent = await send(guest, `so coo${"o".repeat(20)}l`, { unknown: "x" });
    expect(sent).toMatchObject({ content: "so cooooooooool", attributes: {} });
  });

  it("answers 200 messages, one after the other, in time", async () => {
    const times: number[] = [];
    const { chat } = cloud;
    const before = chat.messagesDelivered;
    for (let count = 0; count < 200; count += 1) {
      // A connection may make 10 requests a second.
      const earliest = sleep(105);
      const started = performance.now();
      await send(guest, `message ${count}`).catch(() => undefined);
      times.push(performance.now() - started);
      await earliest;
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => `${(times[Math.ceil(times.length * share) - 1] ?? 0).toFixed(0)} ms`;
    console.info(`review: p50 ${at(0.5)}, p99 ${at(0.99)}, ${chat.messagesDelivered - before} of 200 in time`);
  });
});

describe("a review handler", () => {
  it("gets the message, the room and the sender as the service sends them", async () => {
    const { room, guest } = await enter(await cloud.reviewer("echo", ECHO), "ALLOW", { badge: "gold" });
    await warmUp(guest, (content) => content.startsWith("{"));
    const { content, id } = await send(guest, "Grüße 👋", { colour: "red" });
    expect(JSON.parse(content)).toEqual({
      Content: "Grüße 👋",
      MessageId: id,
      RoomArn: room,
      Attributes: { colour: "red" },
      Sender: { UserId: "viewer-1", Ip: "127.0.0.1", Attributes: { badge: "gold" } },
    });
  });

  it("that is late leaves the message to the fallback, as it was written", async () => {
    const uri = await cloud.reviewer("sleeps", SLEEPS);
    const [open, strict] = [await enter(uri, "ALLOW"), await enter(uri, "DENY")];
    const started = performance.now();
    expect(await send(open.guest, "good")).toMatchObject({ content: "good" });
    expect(performance.now() - started).toBeLessThan(400);
    await expect(send(strict.guest, "bad")).rejects.toMatchObject({ errorCode: 406 });
  });

  it("that fails leaves the message to the fallback, which is told", async () => {
    const uri = await cloud.reviewer("fails", FAILS);
    const { guest } = await enter(uri, "ALLOW");
    const told = () => cloud.emulator.lines.some((line) => line.includes(`${uri}: the function failed`));
    await expect.poll(async () => (await send(guest, "good")) && told(), { interval: 200, timeout: 20_000 }).toBe(true);
  });

  it("that the service may not invoke for the room leaves the message to the fallback", async () => {
    const { guest } = await enter(await cloud.reviewer("closed", DENIES, null), "ALLOW");
    expect(await send(guest, "good")).toMatchObject({ content: "good" });
    const other = `${ANY_ROOM.slice(0, -1)}abcdefghijkl`;
    const elsewhere = await enter(await cloud.reviewer("elsewhere", DENIES, other), "ALLOW");
    expect(await send(elsewhere.guest, "good")).toMatchObject({ content: "good" });
    for (const name of ["closed", "elsewhere"]) {
      expect(cloud.emulator.lines).toContainEqual(
        expect.stringMatching(
          `function:${name}: the function's policy does not let ivschat.amazonaws.com invoke it for this room; ` +
            "the fallback is ALLOW.$",
        ),
      );
    }
  });

  it("that is gone leaves the message to the fallback", async () => {
    const uri = ANY_ROOM.replace("ivschat", "lambda").replace("room/*", "function:missing");
    const { guest } = await enter(uri, "DENY");
    await expect(send(guest, "good")).rejects.toMatchObject({ errorCode: 406 });
    expect(cloud.emulator.lines).toContainEqual(expect.stringContaining(`${uri}: Function not found: ${uri}`));
  });
});
