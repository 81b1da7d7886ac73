import { setTimeout as sleep } from "node:timers/promises";
import { AddPermissionCommand, CreateAliasCommand, LambdaClient, PublishVersionCommand } from "@aws-sdk/client-lambda";
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
  const room = await cloud.createRoom({
    maximumMessageRatePerSecond: 100,
    messageReviewHandler: { uri, fallbackResult },
  });
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
  let room: string;
  let guest: Guest;
  beforeAll(async () => {
    const rules = v.parse(moderationRules, { blockedWords: { wholeWord: ["spam"] } });
    const bundle = bundleHandler({ handler: "review-message", constants: { MODERATION_RULES: rules } });
    ({ room, guest } = await enter(await cloud.reviewer("review-message", bundle), "DENY"));
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
    const sent = await send(guest, `so coo${"o".repeat(20)}l`, { sticker: "wave" });
    expect(sent).toMatchObject({ content: "so cooooooooool", attributes: { sticker: "wave" } });
  });

  it("answers 200 messages, one after the other", async () => {
    // A connection may make 10 requests a second.
    const guests = await Promise.all([1, 2, 3, 4, 5, 6].map((count) => cloud.enter(room, `viewer-${count}`)));
    const times: number[] = [];
    let late = 0;
    for (let count = 0; count < 200; count += 1) {
      const guest = guests[count % guests.length];
      const started = performance.now();
      await guest?.room.sendMessage(new SendMessageRequest(`message ${count}`)).catch(() => {
        late += 1;
      });
      times.push(performance.now() - started);
    }
    times.sort((one, other) => one - other);
    const at = (share: number) => `${times[Math.ceil(times.length * share) - 1]?.toFixed(0)} ms`;
    console.info(`reviewed messages: p50 ${at(0.5)}, p99 ${at(0.99)}, ${late} of ${times.length} denied as late`);
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
    const answered = cloud.emulator.clients.functions.invoke(uri, { Content: "good" });
    const sent = send(open.guest, "good");
    expect(await Promise.race([answered.then(() => "the handler"), sent.then(() => "the fallback")])).toBe(
      "the fallback",
    );
    expect(await sent).toMatchObject({ content: "good" });
    await answered;
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

  it("may be an alias, which needs a permission of its own", async () => {
    const FunctionName = "aliased";
    const lambda = new LambdaClient(cloud.emulator.options);
    const bare = await cloud.reviewer(FunctionName, ECHO, null);
    const { Version: FunctionVersion } = await lambda.send(new PublishVersionCommand({ FunctionName }));
    await lambda.send(new CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion }));
    const grant = { StatementId: "chat", Action: "lambda:InvokeFunction", Principal: "ivschat.amazonaws.com" };
    await lambda.send(new AddPermissionCommand({ FunctionName, Qualifier: "live", SourceArn: ANY_ROOM, ...grant }));
    await warmUp((await enter(`${bare}:live`, "ALLOW")).guest, (content) => content.startsWith("{"));
    expect(await send((await enter(bare, "ALLOW")).guest, "good")).toMatchObject({ content: "good" });
  });

  it("that is gone leaves the message to the fallback", async () => {
    const uri = ANY_ROOM.replace("ivschat", "lambda").replace("room/*", "function:missing");
    const { guest } = await enter(uri, "DENY");
    await expect(send(guest, "good")).rejects.toMatchObject({ errorCode: 406 });
    expect(cloud.emulator.lines).toContainEqual(expect.stringContaining(`${uri}: Function not found: ${uri}`));
  });
});
