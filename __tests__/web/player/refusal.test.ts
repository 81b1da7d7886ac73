import { expect, test } from "vitest";
import { ApiError } from "#web/api/api-error.ts";
import { refusalOf } from "#web/player/refusal.ts";

const told = (status: number, code: string, until?: string) =>
  refusalOf(new ApiError(status, "The channel ann is for people whom its owner has listed.", { code, until }));

test("who may not watch is told why", () => {
  expect(told(403, "NOT_ENTITLED")).toEqual({
    title: "You may not watch this channel",
    text: "The channel ann is for people whom its owner has listed.",
  });
  expect(told(403, "BANNED")?.text).toBe("A moderator has banned you from it, and from its chat.");
  expect(told(403, "BANNED", "2026-01-02T03:04:05Z")?.text).toMatch(/^A moderator has sent you out .+ until .*2026/);
  expect(told(409, "NO_PLAYBACK_KEY")?.text).toBe("This site has no key for private channels.");
  expect(told(403, "ORIGIN_REFUSED")?.title).toBe("You cannot watch this channel here");
});

test("what another try may mend is no refusal", () => {
  expect([
    told(503, "BUSY"),
    told(429, "SHARE_EXCEEDED"),
    told(400, "CHANNEL_PUBLIC"),
    refusalOf(new Error("?")),
  ]).toEqual(Array(4).fill(undefined));
});
