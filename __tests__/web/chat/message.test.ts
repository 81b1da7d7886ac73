import { expect, test } from "vitest";
import type { MessageFrame } from "#web/chat/frames.ts";
import { messageOf } from "#web/chat/message.ts";

const frame = (more: Partial<MessageFrame>): MessageFrame => ({
  Type: "MESSAGE",
  Id: "AbCdEf123456",
  Content: "Hello",
  SendTime: "2026-01-02T03:04:05.678Z",
  Sender: { UserId: "a-user" },
  ...more,
});

test("a sender is called as the server says, and by the user id where it says nothing", () => {
  const Sender = { UserId: "a-user", Attributes: { username: "Ann", avatar: "p/1", role: "owner" } };
  expect(messageOf(frame({ Sender }))).toMatchObject({
    userId: "a-user",
    name: "Ann",
    avatarUrl: "/public/avatars/p%2F1",
    role: "owner",
  });
  expect(messageOf(frame({}))).toMatchObject({ name: "a-user", avatarUrl: undefined, role: undefined });
});

test("a sticker is its picture, whose text is not said twice", () => {
  const Attributes = { sticker: "fire" };
  expect(messageOf(frame({ Attributes, Content: "🔥" }))).toMatchObject({ sticker: "🔥", text: "" });
  expect(messageOf(frame({ Attributes, Content: "hot" }))).toMatchObject({ sticker: "🔥", text: "hot" });
  for (const sticker of ["none", "constructor"]) {
    expect(messageOf(frame({ Attributes: { sticker } })).sticker).toBeUndefined();
  }
});

test("a raised hand is seen", () => {
  const raised = frame({ Attributes: { raiseHand: "true" }, Content: "✋" });
  expect(messageOf(raised)).toMatchObject({ raisesHand: true, text: "" });
  expect(messageOf(frame({ Attributes: { raiseHand: "no" } })).raisesHand).toBe(false);
});
