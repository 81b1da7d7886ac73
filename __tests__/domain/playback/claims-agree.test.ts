import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { claimFaults } from "#domain/playback/claims.ts";
import { readClaims } from "#local/media/playback/claims.ts";
import { PlaybackError } from "#local/media/playback/refusal.ts";

const seconds = 1_767_323_045;
const now = seconds * 1000;
const good = { "aws:channel-arn": "arn:aws:ivs:us-west-2:111122223333:channel/AbCdEf123456", exp: seconds + 300 };
const uuid = "123e4567-e89b-12d3-a456-426614174000";
const origins = (count: number) => Array.from({ length: count }, (_, at) => `https://${at}.example.com`).join(",");

/** What the local engine, which was written apart from this project's domain, says of claims. */
function engineTakes(claims: Readonly<Record<string, unknown>>): boolean {
  try {
    readClaims(claims, now);
    return true;
  } catch (error) {
    if (error instanceof PlaybackError) return false;
    throw error;
  }
}
const weTake = (claims: unknown) => claimFaults(claims, now).length === 0;

/** Missing, mistyped, at its limit, one over: for each claim what it may be, and what not. */
const values: Readonly<Record<string, { readonly taken: readonly unknown[]; readonly refused: readonly unknown[] }>> = {
  "aws:channel-arn": { taken: [good["aws:channel-arn"]], refused: [undefined, "", 1, null, [], {}, true] },
  exp: {
    taken: [seconds + 1, seconds + 600, seconds + 86_400 * 365, 99_999_999_999],
    refused: [
      ...[undefined, null, String(seconds + 300), seconds, seconds - 1, -1, 0, seconds + 0.5, now + 300_000],
      ...[100_000_000_000, true, [], {}],
    ],
  },
  "aws:access-control-allow-origin": {
    taken: [undefined, "*", "https://live.example.com", "https://*.example.com", "http://127.0.0.1:8080", origins(6)],
    refused: [1, null, true, ["https://live.example.com"], {}],
  },
  "aws:strict-origin-enforcement": { taken: [undefined, true, false], refused: ["true", 1, 0, null, []] },
  "aws:single-use-uuid": {
    taken: [undefined, uuid, uuid.toUpperCase()],
    refused: ["", uuid.slice(1), `${uuid}0`, uuid.replace("4", "g"), uuid.replaceAll("-", ""), 1, null, true],
  },
  "aws:viewer-id": {
    taken: [undefined, "v", "x".repeat(40), "🎬".repeat(40)],
    refused: ["", "x".repeat(41), "🎬".repeat(41), 1, null, true, ["v"]],
  },
  "aws:maximum-resolution": {
    taken: [undefined, "SD", "HD", "FULL_HD"],
    refused: ["", "sd", "4K", "FULL-HD", 1, null, ["SD"]],
  },
};

/** With a viewer. */
const versions = { taken: [undefined, 0, 1, 2 ** 53 - 1], refused: ["1", 1.5, null, true, 2 ** 63, [], {}] };

const without = (claims: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));

describe("of each claim alone, this project and the local engine", () => {
  const cases = Object.entries(values).flatMap(([claim, { taken, refused }]) => [
    ...taken.map((value) => [claim, value, true] as const),
    ...refused.map((value) => [claim, value, false] as const),
  ]);
  it.each(cases)("say of %s %j that it is fit to play: both %s", (claim, value, isTaken) => {
    const claims = without({ ...good, [claim]: value });
    expect([weTake(claims), engineTakes(claims)]).toEqual([isTaken, isTaken]);
  });

  it.each([
    ...versions.taken.map((value) => [value, true] as const),
    ...versions.refused.map((value) => [value, false] as const),
  ])("say of a session version %j of a viewer that it is fit: both %s", (value, isTaken) => {
    const claims = without({ ...good, "aws:viewer-id": "v", "aws:viewer-session-version": value });
    expect([weTake(claims), engineTakes(claims)]).toEqual([isTaken, isTaken]);
  });
});

describe("of claims together, this project and the local engine", () => {
  it.each<[string, Readonly<Record<string, unknown>>, boolean]>([
    ["a viewer for ten minutes", { exp: seconds + 600, "aws:viewer-id": "v" }, true],
    ["a viewer for a second more", { exp: seconds + 601, "aws:viewer-id": "v" }, false],
    ["single use for ten minutes", { exp: seconds + 600, "aws:single-use-uuid": uuid }, true],
    ["single use for a second more", { exp: seconds + 601, "aws:single-use-uuid": uuid }, false],
    ["a version without a viewer", { "aws:viewer-session-version": 1 }, false],
    ["five strict origins", strict(origins(5)), true],
    ["six strict origins", strict(origins(6)), false],
    ["strict, and no origin", { "aws:strict-origin-enforcement": true }, true],
  ])("agree on %s: %s", (_, claims, isTaken) => {
    const whole = { ...good, ...claims };
    expect([weTake(whole), engineTakes(whole)]).toEqual([isTaken, isTaken]);
  });
});

function strict(list: string) {
  return { "aws:strict-origin-enforcement": true, "aws:access-control-allow-origin": list };
}

/** Where the engine takes what this project refuses, and why; never the other way round. */
const differences: readonly [why: string, claims: Readonly<Record<string, unknown>>][] = [
  ["a claim that IVS does not know is ignored there, and here it is most likely misspelt", { iat: seconds }],
  ["an empty list of origins is every page there, and here it is a mistake", { "aws:access-control-allow-origin": "" }],
  ["blanks only are the same", { "aws:access-control-allow-origin": " , " }],
  [
    "what is no origin covers no page there, and here it is told before anybody waits for a picture",
    { "aws:access-control-allow-origin": "https://live.example.com/path" },
  ],
  [
    "the same of one in large letters, which browsers never send",
    { "aws:access-control-allow-origin": "HTTPS://A.EXAMPLE" },
  ],
  ["an ARN of something else plays nothing there, and is refused here", { "aws:channel-arn": "arn:aws:s3:::bucket" }],
  ["a negative version is an integer there, and this project counts from 0", versioned(-1)],
  ["a version that JavaScript cannot count is an integer of 64 bits there", versioned(2 ** 53)],
];

function versioned(version: number) {
  return { "aws:viewer-id": "v", "aws:viewer-session-version": version };
}

describe("the differences", () => {
  it.each(differences)("are written down: %s", (_, claims) => {
    const whole = { ...good, ...claims };
    expect([weTake(whole), engineTakes(whole)]).toEqual([false, true]);
  });

  it("are the only ones: whatever this project takes the engine takes, and what the engine takes besides is among them", () => {
    const pick = (claim: string) => {
      const { taken = [], refused = [] } = values[claim] ?? {};
      return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...taken) }, fc.constantFrom(...refused), fc.jsonValue());
    };
    const claims = fc.record({
      ...Object.fromEntries(Object.keys(values).map((claim) => [claim, pick(claim)])),
      "aws:viewer-session-version": fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(undefined, 0, 1) },
        fc.constantFrom(...versions.refused),
        fc.integer(),
      ),
    });
    const known = /must be origins such|must not be empty|must be the ARN of a channel|must be a whole number from 0/;
    fc.assert(
      fc.property(claims, (drawn) => {
        const payload = without(drawn);
        const faults = claimFaults(payload, now);
        const isTaken = engineTakes(payload);
        if (faults.length === 0) expect(isTaken).toBe(true);
        else if (isTaken) for (const { rule } of faults) expect(rule).toMatch(known);
      }),
      { numRuns: 3000 },
    );
  });
});
