import { describe, expect, it } from "vitest";
import { type Convergence, isLeft, leftError, lineOf, summaryLine } from "#cli/converge/report.ts";
import type { Found } from "#cli/converge/settle.ts";
import type { Deployed } from "#cli/converge/wanted.ts";

const deployed: Deployed = {
  channels: {},
  recordingConfigurations: { "every-10-seconds": "arn:10", "every-30-seconds": "arn:30" },
  playbackKeys: {},
  loggingConfigurations: { archive: "arn:archive", search: "arn:search" },
  reviewFunctionArn: "arn:review",
};

const alice: Found = {
  ...{ name: "alice", kind: "channel", arn: "arn:alice", outcome: "changed" },
  differences: [
    { attribute: "recordingConfigurationArn", is: "arn:30", wanted: "arn:10" },
    { attribute: "preset", is: "", wanted: "HIGHER_BANDWIDTH_DELIVERY" },
  ],
};
const run = (...found: readonly Found[]): Convergence => ({
  check: false,
  looked: 5,
  found: [...found],
  undeployed: [],
});

describe("what onair converge says", () => {
  it("names entries of the rings, not their ARNs", () => {
    expect(lineOf(alice, deployed)).toBe(
      "alice, channel: recordingConfigurationArn every-30-seconds -> every-10-seconds; " +
        "preset none -> HIGHER_BANDWIDTH_DELIVERY",
    );
    const logging = { attribute: "loggingConfigurationIdentifiers", is: [], wanted: ["arn:archive", "arn:search"] };
    expect(lineOf({ ...alice, kind: "room", differences: [logging] }, deployed)).toBe(
      "alice, room: loggingConfigurationIdentifiers none -> archive+search",
    );
  });

  it("says why something is left, and ends with an error", () => {
    const why = "live since 2026-11-21T20:15:00.000Z";
    const left = run(alice, { ...alice, name: "ben", outcome: "left", why });
    expect(lineOf(left.found[1] as Found, deployed)).toMatch(/^ben, channel: left, live since 2026-\S+; recording/);
    expect(summaryLine(left)).toBe("Looked at 5: 1 changed, 1 left.");
    expect(isLeft(left)).toBe(true);
    expect(leftError(left)).toMatchObject({ code: "DIFFERENCES_LEFT", why: `ben, channel: ${why}` });
  });

  it("is content where all was changed, or nothing was to do", () => {
    expect([isLeft(run(alice)), summaryLine(run(alice))]).toEqual([false, "Looked at 5: 1 changed, 0 left."]);
    expect([isLeft(run()), summaryLine(run())]).toEqual([false, "Nothing to do: all 5 are as settings say."]);
  });

  it("is not content with differences that a check finds, or with what waits for a deploy", () => {
    const check = { ...run({ ...alice, outcome: "differs" }), check: true };
    expect([isLeft(check), summaryLine(check)]).toEqual([true, "Looked at 5: 1 to change, 0 left."]);
    const waiting = { ...run(), undeployed: ["playback key second"] };
    expect([isLeft(waiting), leftError(waiting).why]).toEqual([true, "Not deployed yet: playback key second."]);
  });
});
