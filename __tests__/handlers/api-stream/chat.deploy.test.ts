import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ChatWorld, chatWorld, DISCONNECT_SECONDS } from "./fixture/chat-world.ts";
import { type Visitor, visit } from "./fixture/visitor.ts";

let world: ChatWorld;
let owner: Awaited<ReturnType<ChatWorld["signUp"]>>;
let moderator: typeof owner;
const visitors: Visitor[] = [];

beforeAll(async () => {
  world = await chatWorld();
  owner = await world.signUp("owner");
  moderator = await world.signUp("mod", ["moderators"]);
});
afterAll(async () => {
  for (const visitor of visitors) visitor.leave();
  await world?.stop();
});

const tokenOf = (caller: typeof owner) => world.call("POST", "/stream/channels/owner/chat-token", { caller });
const enter = async (caller: typeof owner) => {
  const visitor = await visit((await tokenOf(caller)).body);
  visitors.push(visitor);
  return visitor;
};
/** What the room says to a message; while its review is late, it takes all of them. */
const answerTo = (visitor: Visitor, text: string, attributes?: Record<string, string>) =>
  visitor.send(text, attributes).then(
    () => "sent",
    ({ errorMessage }) => String(errorMessage),
  );
const ban = (userId: string, body: object, caller = owner) =>
  world.call("PUT", `/stream/channels/owner/bans/${userId}`, { caller, body });
const unban = (userId: string) => world.call("DELETE", `/stream/channels/owner/bans/${userId}`, { caller: owner });

describe("the chat of a channel", () => {
  it("gives each role what it may do, and says who sends", async () => {
    const viewer = await world.signUp("viewer");
    const everything = ["SEND_MESSAGE", "DELETE_MESSAGE", "DISCONNECT_USER"];
    const may = async (caller: typeof owner) => (await tokenOf(caller)).body.capabilities;
    expect([await may(owner), await may(moderator), await may(viewer)]).toEqual([
      everything,
      everything,
      ["SEND_MESSAGE"],
    ]);
    const [sender, reader] = [await enter(viewer), await enter(owner)];
    await sender.send("hello", { sticker: "wave" });
    await expect
      .poll(() => reader.messages)
      .toMatchObject([
        { content: "hello", sender: { userId: viewer.sub, attributes: { username: "The viewer", role: "viewer" } } },
      ]);
  });

  it("lets a guest read, under the same id for the same secret, and not write", async () => {
    const body = { guest: "a secret of mine" };
    const { status, body: ticket } = await world.call("POST", "/public/channels/owner/chat-token", { body });
    expect([status, ticket.capabilities]).toEqual([200, []]);
    expect(ticket.userId).toMatch(/^guest-[0-9a-z]{8}$/);
    expect((await world.call("POST", "/public/channels/owner/chat-token", { body })).body.userId).toBe(ticket.userId);
    const guest = await visit(ticket);
    visitors.push(guest);
    await expect(guest.send("hello")).rejects.toMatchObject({ errorCode: 403 });
  });

  it("refuses attributes that no message may have", async () => {
    const forger = await enter(await world.signUp("forger"));
    await expect
      .poll(() => answerTo(forger, "hello", { role: "owner" }))
      .toBe("ATTRIBUTE_NOT_ALLOWED: This message carries something that is not allowed here.");
  });
});

describe("a banned viewer", () => {
  it("is put out, gets no token, and gets one again after the ban is lifted", async () => {
    const viewer = await world.signUp("spammer");
    const visitor = await enter(viewer);
    expect(await ban(viewer.sub, { reason: "spam" })).toMatchObject({ status: 200, body: { by: owner.sub } });
    await visitor.left;
    expect(await tokenOf(viewer)).toMatchObject({ status: 403, body: { code: "BANNED" } });
    const { body } = await world.call("GET", "/stream/channels/owner/bans", { caller: owner });
    expect(body.bans).toMatchObject([{ userId: viewer.sub, nickname: "The spammer", reason: "spam" }]);
    expect((await unban(viewer.sub)).status).toBe(204);
    expect((await unban(viewer.sub)).status).toBe(404);
    expect((await tokenOf(viewer)).status).toBe(200);
  });

  it("is told until when a timeout lasts", async () => {
    const viewer = await world.signUp("loud");
    const { body } = await ban(viewer.sub, { minutes: 10 });
    expect(Date.parse(body.until) - Date.parse(body.at)).toBe(600_000);
    expect((await tokenOf(viewer)).body).toMatchObject({ code: "BANNED", until: body.until });
  });

  it("who kept a token from before the ban is put out once more", async () => {
    const viewer = await world.signUp("evader");
    const { body: ticket } = await tokenOf(viewer);
    await ban(viewer.sub, {});
    const visitor = await visit(ticket);
    visitors.push(visitor);
    const start = performance.now();
    await visitor.left;
    expect(performance.now() - start).toBeLessThan(DISCONNECT_SECONDS * 1000 + 30_000);
  });

  it("whose ban was lifted stays in, when the second disconnect comes", async () => {
    const viewer = await world.signUp("pardoned");
    const { body: ticket } = await tokenOf(viewer);
    await ban(viewer.sub, {});
    await unban(viewer.sub);
    const visitor = await visit(ticket);
    visitors.push(visitor);
    const stays = sleep((DISCONNECT_SECONDS + 3) * 1000, "stays");
    expect(await Promise.race([visitor.left, stays])).toBe("stays");
  });

  it("is none who moderates, and none who is not there", async () => {
    const viewer = await world.signUp("hopeful");
    expect(await ban(owner.sub, {}, moderator)).toMatchObject({ status: 409, body: { code: "USER_PROTECTED" } });
    expect(await ban(moderator.sub, {})).toMatchObject({ status: 409, body: { code: "USER_PROTECTED" } });
    expect(await ban(viewer.sub, {}, viewer)).toMatchObject({ status: 403, body: { code: "NOT_MODERATOR" } });
    const nobody = "00000000-0000-4000-8000-000000000000";
    expect(await ban(nobody, {})).toMatchObject({ status: 404, body: { code: "USER_UNKNOWN" } });
    expect(await ban("guest-abcdefgh", {})).toMatchObject({
      status: 400,
      body: { errors: [{ field: "path.userId", rule: "must be the id of a user who signed up" }] },
    });
    expect(await ban(viewer.sub, { minutes: 7 })).toMatchObject({
      status: 400,
      body: { errors: [{ field: "body.minutes", rule: "must be one of 1, 10, 60, 1440", got: "7" }] },
    });
  });
});

describe("slow mode", () => {
  const slow = (seconds: number) =>
    world.call("PUT", "/stream/channels/owner/slow-mode", { caller: owner, body: { seconds } });

  it("makes viewers wait between messages, says how long, and lets moderators write", async () => {
    const viewer = await world.signUp("chatty");
    const [visitor, boss] = [await enter(viewer), await enter(moderator)];
    expect(await slow(120)).toMatchObject({ status: 200, body: { slowModeSeconds: 120 } });
    expect((await tokenOf(viewer)).body.slowModeSeconds).toBe(120);
    await expect.poll(() => visitor.events).toMatchObject([{ eventName: "SLOW_MODE", attributes: { seconds: "120" } }]);

    // The function remembers the room's setting for five seconds, and lets messages pass while it is slow itself.
    const waits = /^SLOW_MODE: Slow mode is on here\. You can write again in 1[012]\d seconds\.$/;
    await expect.poll(() => answerTo(visitor, "again"), { interval: 500, timeout: 30_000 }).toMatch(waits);
    await boss.send("first");
    await boss.send("second");

    await slow(0);
    await expect.poll(() => answerTo(visitor, "at last"), { interval: 500, timeout: 30_000 }).toBe("sent");
  });
});

describe("what moderators did", () => {
  it("is listed without a word of what was written, and exported by the table's stream", async () => {
    const viewer = await world.signUp("witness");
    const visitor = await enter(viewer);
    const reader = await enter(owner);
    await visitor.send("a bad word");
    await expect.poll(() => reader.messages).toHaveLength(1);
    const { id } = reader.messages[0] as unknown as { id: string };
    const path = `/stream/channels/owner/messages/${id}/delete`;
    const body = { reason: "rude", userId: viewer.sub };
    expect((await world.call("POST", path, { caller: moderator, body })).status).toBe(204);
    await expect.poll(() => visitor.deleted).toEqual([id]);

    const { body: audit } = await world.call("GET", "/stream/channels/owner/audit?limit=1", { caller: owner });
    const entry = { action: "delete-message", by: moderator.sub, userId: viewer.sub, reason: "rude", detail: id };
    expect(audit.entries).toMatchObject([{ ...entry, nickname: "The witness", byNickname: "The mod" }]);
    expect(audit.next).toEqual(expect.any(String));
    expect((await world.call("GET", "/stream/channels/owner/audit", { caller: viewer })).status).toBe(403);

    await expect
      .poll(() => world.exported(), { timeout: 20_000, interval: 500 })
      .toContainEqual({ id: audit.entries[0].id, at: audit.entries[0].at, room: owner.sub, ...entry });
    const { body: all } = await world.call("GET", "/stream/channels/owner/audit?limit=100", { caller: owner });
    const lines = await world.exported();
    expect(lines.map((line) => line.id).sort()).toEqual(all.entries.map((one: { id: string }) => one.id).sort());
    expect(JSON.stringify(lines)).not.toContain("a bad word");
  });
});
