import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { channelDetails, channelList, chatToken, problem } from "#web/api/schema.ts";
import { ask, chatUrl, startPage } from "./fixture.ts";

const guest = "0f8fad5b-d9cb-469f-a165-70867728950e";
const json = { "content-type": "application/json" };
const tokenRequest = { method: "POST", headers: json, body: JSON.stringify({ guest }) };

const live = (channelArn: string, viewerCount: number) => ({
  channelArn,
  streamId: "st-AbCdEfGhIjKlMnOpQrStUvW",
  startTime: "2026-01-02T03:04:05.000Z",
  health: "HEALTHY" as const,
  viewerCount,
});

describe("the list of channels", () => {
  test("says what is live, since when and for how many, and leaves out what does not exist", async () => {
    const { url, open, foreign, onAir } = await startPage();
    onAir.push(live(open.arn, 3), live(foreign.arn, 9));
    const answer = await ask(url, "/api/public/channels");
    expect(answer.headers).toMatchObject({ "content-type": "application/json", "cache-control": "no-store" });
    expect(answer.json()).toEqual({
      channels: [
        { name: "open", live: true, private: false, viewers: 3, startedAt: "2026-01-02T03:04:05.000Z" },
        { name: "closed", live: false, private: true },
        { name: "roomless", live: false, private: false },
      ],
    });
    expect(v.is(channelList, answer.json())).toBe(true);
  });

  test("leaves out a number of viewers that the service does not know", async () => {
    const { url, open, onAir } = await startPage();
    onAir.push(live(open.arn, -1));
    const shown = (await ask(url, "/api/public/channels/open")).json();
    expect(shown).toMatchObject({ live: true });
    expect(shown).not.toHaveProperty("viewers");
  });

  test("is asked of the service once a second, however many pages ask", async () => {
    const { url, asked } = await startPage();
    await Promise.all(Array.from({ length: 20 }, () => ask(url, "/api/public/channels")));
    expect(asked.toSorted()).toEqual(["BatchGetChannelCommand", "ListStreamsCommand"]);
  });
});

describe("a channel", () => {
  test("says where it plays, unless it is private", async () => {
    const { url, open } = await startPage();
    const answer = await ask(url, "/api/public/channels/open");
    expect(answer.json()).toEqual({ name: "open", live: false, private: false, playbackUrl: open.playbackUrl });
    expect(v.is(channelDetails, answer.json())).toBe(true);
    expect((await ask(url, "/api/public/channels/closed")).json()).toEqual({
      name: "closed",
      live: false,
      private: true,
    });
  });

  test("that is unknown is a problem that names those that there are", async () => {
    const { url } = await startPage();
    const answer = await ask(url, "/api/public/channels/no%2Fne");
    expect([answer.status, answer.headers["content-type"]]).toEqual([404, "application/problem+json"]);
    expect(answer.json()).toEqual({
      status: 404,
      code: "CHANNEL_UNKNOWN",
      title: "There is no such channel.",
      detail: 'There is no channel "no/ne"; there are: open, closed, roomless, removed.',
    });
    expect(v.is(problem, answer.json())).toBe(true);
  });
});

describe("a chat token", () => {
  test("lets a guest in who may speak, under one name for one secret", async () => {
    const { url, service, open } = await startPage();
    const [first, second] = [
      await ask(url, "/api/public/channels/open/chat-token", tokenRequest),
      await ask(url, "/api/public/channels/open/chat-token", tokenRequest),
    ];
    const { token, userId, endpoint, capabilities } = v.parse(chatToken, first.json());
    expect({ userId, endpoint, capabilities }).toEqual({
      userId: expect.stringMatching(/^guest-[0-9a-z]{1,6}$/),
      endpoint: chatUrl,
      capabilities: ["SEND_MESSAGE"],
    });
    expect(v.parse(chatToken, second.json()).userId).toBe(userId);
    expect(guest).not.toContain(userId.slice(6));
    expect(service.openToken(token)).toMatchObject({ userId, roomArn: open.roomArn, capabilities: ["SEND_MESSAGE"] });
    const body = JSON.stringify({ guest: `${guest}2` });
    const other = await ask(url, "/api/public/channels/open/chat-token", { ...tokenRequest, body });
    expect(v.parse(chatToken, other.json()).userId).not.toBe(userId);
  });

  test("is not given to guests of a private channel", async () => {
    const { url } = await startPage();
    const answer = await ask(url, "/api/public/channels/closed/chat-token", tokenRequest);
    expect([answer.status, answer.json()]).toEqual([403, expect.objectContaining({ code: "CHAT_PRIVATE" })]);
  });

  test.each([
    ["no JSON", { headers: { "content-type": "text/plain" }, body: guest }, 415, "BODY_NOT_JSON"],
    ["broken JSON", { headers: json, body: "{" }, 400, "BODY_INVALID"],
    ["a secret that is guessed", { headers: json, body: `{"guest":"1"}` }, 400, "BODY_INVALID"],
    ["too much", { headers: json, body: `{"guest":"${"x".repeat(2000)}"}` }, 413, "BODY_TOO_LARGE"],
    ["far too much", { headers: json, body: "x".repeat(5_000_000) }, 413, "BODY_TOO_LARGE"],
  ])("is refused for %s", async (_, options, status, code) => {
    const { url } = await startPage();
    const answer = await ask(url, "/api/public/channels/open/chat-token", { method: "POST", ...options });
    expect([answer.status, answer.json()]).toEqual([status, expect.objectContaining({ code })]);
    expect(answer.text).not.toContain(guest);
  });

  test("that the service refuses is a problem that names the call, and is told where the server runs", async () => {
    const { url, reports } = await startPage();
    const answer = await ask(url, "/api/public/channels/roomless/chat-token", tokenRequest);
    expect([answer.status, answer.json()]).toEqual([
      502,
      expect.objectContaining({
        code: "AWS_FAILED",
        detail: expect.stringMatching(/^ivschat:CreateChatToken: ResourceNotFoundException: /),
      }),
    ]);
    expect(reports).toEqual([expect.stringMatching(/^The page: ivschat:CreateChatToken: /)]);
  });
});

test.each([
  ["/api/public/nothing", "GET", 404, "ROUTE_UNKNOWN"],
  ["/api/public/channels", "POST", 405, "METHOD_REFUSED"],
  ["/api/public/channels/open", "DELETE", 405, "METHOD_REFUSED"],
  ["/api/public/channels/open/chat-token", "GET", 405, "METHOD_REFUSED"],
])("%s by %s is a problem", async (path, method, status, code) => {
  const { url } = await startPage();
  const answer = await ask(url, path, { method });
  expect([answer.status, answer.json()]).toEqual([status, expect.objectContaining({ code })]);
});
