import { CreateChatTokenCommand, type CreateChatTokenRequest } from "@aws-sdk/client-ivschat";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newTokenKey, openToken, sealToken } from "#local/ivschat/chat-token.ts";
import { stoppedClock } from "../ivs/fixture.ts";
import { refusalOf, startChat, unknownRoom } from "./fixture.ts";

const withRoom = async () => {
  const clock = stoppedClock();
  const started = await startChat({ now: clock.now });
  const { arn: roomIdentifier } = await started.createRoom();
  const token = (input: Partial<CreateChatTokenRequest> = {}) =>
    started.chat.send(new CreateChatTokenCommand({ roomIdentifier, userId: "alice", ...input }));
  return { ...started, roomIdentifier, token };
};

describe("a chat token", () => {
  test("says what it was made for, to the service alone", async () => {
    const { service, token, roomIdentifier } = await withRoom();
    const attributes = { displayName: "Alice ✨" };
    const { token: sealed = "" } = await token({
      capabilities: ["SEND_MESSAGE", "DELETE_MESSAGE", "SEND_MESSAGE"],
      attributes,
      sessionDurationInMinutes: 180,
    });
    expect(service.openToken(sealed)).toEqual({
      id: expect.stringMatching(/^[A-Za-z0-9]{12}$/),
      roomArn: roomIdentifier,
      userId: "alice",
      capabilities: ["SEND_MESSAGE", "DELETE_MESSAGE"],
      attributes,
      tokenExpires: Date.parse("2026-01-02T03:05:05Z"),
      sessionExpires: Date.parse("2026-01-02T06:04:05Z"),
    });
    const other = await startChat();
    expect(other.service.openToken(sealed)).toBeUndefined();
  });

  test("is good for a minute, its session for an hour unless told otherwise", async () => {
    const { token } = await withRoom();
    const { tokenExpirationTime, sessionExpirationTime } = await token();
    expect(tokenExpirationTime).toEqual(new Date("2026-01-02T03:05:05Z"));
    expect(sessionExpirationTime).toEqual(new Date("2026-01-02T04:04:05Z"));
  });

  test("takes attributes of 1 KB in all and not a byte more", async () => {
    const { token } = await withRoom();
    const attributes = { a: "x".repeat(511), é: "y".repeat(510) };
    await token({ attributes });
    expect(await refusalOf(token({ attributes: { ...attributes, b: "" } }))).toMatchObject({
      name: "ValidationException",
      reason: "FIELD_VALIDATION_FAILED",
      fieldList: [{ name: "attributes", message: "Names and values together must be at most 1 KB" }],
    });
  });

  test.each([
    { userId: "" },
    { userId: "a".repeat(129) },
    { sessionDurationInMinutes: 181 },
    { sessionDurationInMinutes: 0 },
  ])("is refused for %j", async (input) => {
    const { token } = await withRoom();
    expect(await refusalOf(token(input))).toMatchObject({ name: "ValidationException", status: 400 });
  });

  test("is refused for a room that does not exist", async () => {
    const { token } = await withRoom();
    expect(await refusalOf(token({ roomIdentifier: unknownRoom }))).toMatchObject({
      name: "ResourceNotFoundException",
      status: 404,
    });
  });

  test("survives a restart of the service", async () => {
    const { service, token } = await withRoom();
    const { token: sealed = "" } = await token();
    const after = await startChat();
    after.service.restore(JSON.parse(JSON.stringify(service.save())));
    expect(after.service.openToken(sealed)).toMatchObject({ userId: "alice" });
  });
});

describe("sealing", () => {
  const claims = fc.record({
    id: fc.string(),
    roomArn: fc.string(),
    userId: fc.string({ minLength: 1, unit: "grapheme" }),
    capabilities: fc.constant(["SEND_MESSAGE" as const]),
    attributes: fc.dictionary(fc.string(), fc.string({ unit: "grapheme" })),
    tokenExpires: fc.nat(),
    sessionExpires: fc.nat(),
  });
  const key = newTokenKey();

  test("gives back the same claims, in characters that a WebSocket subprotocol allows", () => {
    fc.assert(
      fc.property(claims, (said) => {
        const token = sealToken(key, said);
        expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(openToken(key, token)).toEqual(JSON.parse(JSON.stringify(said)));
      }),
    );
  });

  test("opens nothing that was altered or made up", () => {
    fc.assert(
      fc.property(claims, fc.nat(), (said, at) => {
        const token = sealToken(key, said);
        const index = at % token.length;
        const altered = `${token.slice(0, index)}${token[index] === "A" ? "B" : "A"}${token.slice(index + 1)}`;
        expect(openToken(key, altered)).toBeUndefined();
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => openToken(key, text) === undefined));
  });
});
