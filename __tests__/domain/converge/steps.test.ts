import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChannelState, RecordingState, RoomState, Tags } from "#domain/converge/state.ts";
import { type Compared, differencesOf, type Step, stepsFor } from "#domain/converge/steps.ts";

const arn = fc.stringMatching(/^arn:aws:ivs:us-west-2:111122223333:thing\/[a-z]{3}$/);

const channel: fc.Arbitrary<ChannelState> = fc.record({
  type: fc.constantFrom("BASIC", "STANDARD", "ADVANCED_SD", "ADVANCED_HD"),
  preset: fc.constantFrom("", "CONSTRAINED_BANDWIDTH_DELIVERY", "HIGHER_BANDWIDTH_DELIVERY"),
  latencyMode: fc.constantFrom("LOW", "NORMAL"),
  authorized: fc.boolean(),
  insecureIngest: fc.boolean(),
  multitrack: fc.option(
    fc.record({
      policy: fc.constantFrom("ALLOW", "REQUIRE"),
      maximumResolution: fc.constantFrom("SD", "HD", "FULL_HD"),
    }),
  ),
  recordingConfigurationArn: fc.oneof(fc.constant(""), arn),
  playbackRestrictionPolicyArn: fc.oneof(fc.constant(""), arn),
});

const room: fc.Arbitrary<RoomState> = fc.record({
  name: fc.stringMatching(/^[a-z]{1,5}$/),
  maximumMessageLength: fc.integer({ min: 1, max: 500 }),
  maximumMessageRatePerSecond: fc.integer({ min: 1, max: 100 }),
  messageReviewHandler: fc.oneof(
    fc.constant(null),
    fc.record({ uri: arn, fallbackResult: fc.constantFrom("ALLOW", "DENY") }),
  ),
  loggingConfigurationIdentifiers: fc.uniqueArray(arn, { maxLength: 3 }),
});

const tags: fc.Arbitrary<Tags> = fc.dictionary(
  fc.stringMatching(/^(onair:)?[a-z_]{1,4}$/),
  fc.string({ maxLength: 3 }),
);

/** Some attributes of a state. */
const someOf = <State extends object>(state: fc.Arbitrary<State>): fc.Arbitrary<Partial<State>> =>
  fc
    .tuple(state, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }))
    .map(
      ([all, kept]) => Object.fromEntries(Object.entries(all).filter((_entry, index) => kept[index])) as Partial<State>,
    );

const compared: fc.Arbitrary<Compared> = fc.oneof(
  fc.record({ kind: fc.constant("channel" as const), is: channel, wanted: someOf(channel) }),
  fc.record({ kind: fc.constant("room" as const), is: room, wanted: someOf(room) }),
  fc.record({ kind: fc.constant("tags" as const), is: tags, wanted: tags }),
);

/** What the service has after a step. */
function after(is: object, step: Step): object {
  if (step.kind === "tag") return { ...is, ...step.tags };
  if (step.kind === "untag") return Object.fromEntries(Object.entries(is).filter(([key]) => !step.keys.includes(key)));
  return { ...is, ...step.changes };
}

describe("the steps to what is wanted", () => {
  it("lead to it", () => {
    fc.assert(
      fc.property(compared, (one) => {
        const reached = stepsFor(one).reduce(after, one.is);
        expect(reached).toMatchObject(one.wanted);
        expect(stepsFor({ ...one, is: reached } as Compared)).toEqual([]);
      }),
    );
  });

  it("are none where it is so already, in whatever order a list is", () => {
    fc.assert(
      fc.property(room, (is) => {
        const loggingConfigurationIdentifiers = [...is.loggingConfigurationIdentifiers].reverse();
        expect(stepsFor({ kind: "room", is, wanted: { ...is, loggingConfigurationIdentifiers } })).toEqual([]);
      }),
    );
    const same = fc.oneof(
      fc.record({ kind: fc.constant("channel" as const), is: channel }),
      fc.record({ kind: fc.constant("tags" as const), is: tags }),
    );
    fc.assert(
      fc.property(same, (one) => {
        expect(stepsFor({ ...one, wanted: one.is } as Compared)).toEqual([]);
      }),
    );
  });

  it("touch nothing that nobody wants anything of", () => {
    fc.assert(
      fc.property(compared, (one) => {
        if (one.kind === "tags") return;
        const named = differencesOf(one).map(({ attribute }) => attribute);
        expect(named.filter((attribute) => !Object.hasOwn(one.wanted, attribute))).toEqual([]);
      }),
    );
  });
});

const off: ChannelState = {
  ...{ type: "STANDARD", preset: "", latencyMode: "LOW", authorized: false, insecureIngest: false },
  multitrack: null,
  recordingConfigurationArn: "",
  playbackRestrictionPolicyArn: "",
};

describe("what the AWS provider cannot carry out", () => {
  it("is one call for a channel: made public, and recorded no more", () => {
    const is = { ...off, authorized: true, recordingConfigurationArn: "arn:one" };
    expect(stepsFor({ kind: "channel", is, wanted: { authorized: false, recordingConfigurationArn: "" } })).toEqual([
      { kind: "update-channel", changes: { authorized: false, recordingConfigurationArn: "" } },
    ]);
  });

  it("is one call for a room: a limit alone, a handler taken away", () => {
    const is: RoomState = {
      ...{ name: "lobby", maximumMessageLength: 500, maximumMessageRatePerSecond: 10 },
      messageReviewHandler: { uri: "arn:f", fallbackResult: "ALLOW" },
      loggingConfigurationIdentifiers: [],
    };
    expect(stepsFor({ kind: "room", is, wanted: { maximumMessageLength: 200 } })).toEqual([
      { kind: "update-room", changes: { maximumMessageLength: 200 } },
    ]);
    expect(stepsFor({ kind: "room", is, wanted: { messageReviewHandler: null } })).toEqual([
      { kind: "update-room", changes: { messageReviewHandler: null } },
    ]);
  });

  it("is a write and a removal of tags, but of those that AWS writes", () => {
    const is = { "aws:cloudformation:stack": "x", project: "old", team: "video" };
    expect(stepsFor({ kind: "tags", is, wanted: { project: "onair" } })).toEqual([
      { kind: "tag", tags: { project: "onair" } },
      { kind: "untag", keys: ["team"] },
    ]);
  });

  it("is nothing for a recording configuration, whose differences are said", () => {
    const is: RecordingState = {
      ...{ thumbnailIntervalSeconds: 30, reconnectWindowSeconds: 60, renditions: ["HD", "SD"] },
      ...{ thumbnailResolution: "", thumbnailStorage: ["LATEST", "SEQUENTIAL"] },
    };
    const one: Compared = {
      kind: "recording configuration",
      is,
      wanted: {
        ...{ thumbnailIntervalSeconds: 10, reconnectWindowSeconds: 60, renditions: "all" },
        ...{ thumbnailResolution: "SD", thumbnailStorage: ["SEQUENTIAL", "LATEST"] },
      },
    };
    expect(stepsFor(one)).toEqual([]);
    expect(differencesOf(one)).toEqual([
      { attribute: "thumbnailIntervalSeconds", is: 30, wanted: 10 },
      { attribute: "renditions", is: ["HD", "SD"], wanted: "all" },
      { attribute: "thumbnailResolution", is: "", wanted: "SD" },
    ]);
  });
});
