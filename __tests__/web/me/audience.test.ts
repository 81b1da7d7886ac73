import { expect, test } from "vitest";
import { ApiError } from "#web/api/api-error.ts";
import { type Audience, accessError, audienceOf, audiences, wishOf } from "#web/me/audience.ts";

test("what is chosen is what is chosen again when the channel is looked at later", () => {
  for (const audience of Object.keys(audiences) as Audience[]) {
    expect(audienceOf({ audience: undefined, ...wishOf(audience, "crew") })).toBe(audience);
  }
});

test("a private channel that says nothing is for those whom its owner lists", () => {
  expect(audienceOf({ access: "private" })).toBe("listed");
});

test("a group's name goes with the choice of a group only", () => {
  expect([wishOf("group", "crew"), wishOf("signed-in", "crew"), wishOf("everyone", "crew")]).toEqual([
    { access: "private", audience: "group", group: "crew" },
    { access: "private", audience: "signed-in" },
    { access: "public" },
  ]);
});

test("an owner who is live is told to end the stream; other errors are said as they are", () => {
  const live = accessError(new ApiError(409, "IVS changes no channel.", { code: "CHANNEL_LIVE" }));
  expect(live).toMatchObject({ code: "CHANNEL_LIVE", message: expect.stringContaining("End the stream") });
  const other = new ApiError(409, "Ask again.", { code: "CHANGED_MEANWHILE" });
  expect(accessError(other)).toBe(other);
});
