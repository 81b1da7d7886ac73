import { expect, test } from "vitest";
import { ApiError } from "#web/api/api-error.ts";
import { refusedEntryText, removalText } from "#web/chat/removal.ts";

test.each([
  ["BANNED", "A moderator has banned you from this chat."],
  ["TIMEOUT", "A moderator has sent you out of this chat for a while."],
  ["anything", "You were disconnected from this chat."],
  [undefined, "You were disconnected from this chat."],
])("who is put out for %s is told so", (reason, text) => {
  expect(removalText(reason)).toBe(text);
});

test("who is not let in is told why, and until when", () => {
  expect(refusedEntryText(new ApiError(403, "No.", { code: "CHAT_PRIVATE" }))).toBe("No.");
  expect(refusedEntryText(new ApiError(403, "No.", { code: "BANNED" }))).toBe("You are banned from this chat.");
  const until = "2026-01-02T03:04:05Z";
  expect(refusedEntryText(new ApiError(403, "No.", { code: "BANNED", until }))).toMatch(
    /^You are kept out of this chat until .+\.$/,
  );
});
