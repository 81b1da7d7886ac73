import { expect, test } from "vitest";
import { refusalOf } from "#web/chat/refusal.ts";

test.each([
  [403, "Forbidden", "You may read this chat, but not write in it."],
  [
    406,
    "LINK_NOT_ALLOWED: This message has a link that is not allowed here.",
    "This message has a link that is not allowed here.",
  ],
  [406, "The message was denied by the message review handler", "The message was denied by the message review handler"],
  [413, "Content must be at most 500 characters", "This message is too long. Content must be at most 500 characters."],
  [429, "Too many requests", "You are writing too fast. Wait a moment, then press Enter again."],
  [500, "Internal", "Not sent: Internal."],
])("a refusal with %i %j is told as %j", (code, said, told) => {
  expect(refusalOf(code, said)).toMatchObject({ code, message: told });
});

test.each([
  [406, "SLOW_MODE: Slow mode is on here. You can write again in 7 seconds.", 7],
  [406, "SLOW_MODE: Slow mode is on here. You can write again in 1 second.", 1],
  [406, "BLOCKED_WORD: Not within 9 seconds.", 0],
  [429, "Too many requests in 5 seconds", 0],
])("a refusal with %i %j leaves to wait %i seconds", (code, said, waitSeconds) => {
  expect(refusalOf(code, said).waitSeconds).toBe(waitSeconds);
});
