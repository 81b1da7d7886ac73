import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { multitrackInput, multitrackOf } from "#aws/ivs/multitrack.ts";

describe("multitrack input", () => {
  it("is read as it was written", () => {
    const multitrack = fc.option(
      fc.record({
        policy: fc.constantFrom("ALLOW" as const, "REQUIRE" as const),
        maximumResolution: fc.constantFrom("SD" as const, "HD" as const, "FULL_HD" as const),
      }),
    );
    fc.assert(
      fc.property(multitrack, (one) => {
        expect(multitrackOf(multitrackInput(one).multitrackInputConfiguration)).toEqual(one);
      }),
    );
  });

  it("is off where a channel says nothing of it", () => {
    expect(multitrackOf(undefined)).toBeNull();
    expect(multitrackOf({ enabled: false, policy: "ALLOW", maximumResolution: "HD" })).toBeNull();
  });

  it("needs fragmented MP4, which stays when it is switched off", () => {
    expect(multitrackInput({ policy: "ALLOW", maximumResolution: "HD" })).toHaveProperty(
      "containerFormat",
      "FRAGMENTED_MP4",
    );
    expect(multitrackInput(null)).toEqual({ multitrackInputConfiguration: { enabled: false } });
  });
});
