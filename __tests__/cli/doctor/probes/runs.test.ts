import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { costOf, costText, mostUsed, nothingUsed } from "#cli/doctor/probes/cost.ts";
import { keptRuns, leftoverLines } from "#cli/doctor/probes/leftovers.ts";
import { begunAt, runName } from "#cli/doctor/probes/run-name.ts";
import { policyOf, verdictOf } from "#cli/doctor/probes/verdict.ts";
import { doctorVerb } from "#cli/doctor/verb.ts";
import { prices } from "#domain/operations/prices.ts";

const OLD = "onair-doctor-202601021204-0a1b";
const now = Date.parse("2026-01-03T12:05:00Z");

describe("a run's name", () => {
  it("tells the minute in which it began", () => {
    const name = runName(new Date("2026-01-02T12:04:56Z"));
    expect(name).toMatch(/^onair-doctor-202601021204-[0-9a-f]{4}$/);
    expect(begunAt(name)).toBe(Date.parse("2026-01-02T12:04:00Z"));
  });

  it.each(["onair-dev", "onair-doctor-", "onair-doctor-202601021204-0a1b-stage", ""])("is not %j", (name) => {
    expect(begunAt(name)).toBeUndefined();
  });
});

describe("what runs left", () => {
  const made = [
    ...[OLD, OLD, "onair-doctor-202601030900-0a1b"].map((run) => ({ kind: "channel", run })),
    { kind: "room", run: OLD },
    { kind: "room", run: "something else" },
  ];

  it("is listed once it is a day old, with the command that removes it", () => {
    expect(leftoverLines(made, [OLD], now)).toEqual([
      `${OLD} left 2 channels, 1 room, the state of a stack. If it is over, remove it: onair doctor --aws --sweep ${OLD}`,
    ]);
    expect(leftoverLines(made, [], now - 120_000)).toEqual([]);
  });

  it("is also the state of a stack alone, in a folder of its name", () => {
    const folder = mkdtempSync(join(tmpdir(), "onair-runs-"));
    for (const name of [OLD, "logs"]) mkdirSync(join(folder, name));
    expect(keptRuns(folder)).toEqual([OLD]);
    expect(leftoverLines([], keptRuns(folder), now)).toHaveLength(1);
    expect(keptRuns(join(folder, "none"))).toEqual([]);
  });
});

describe("the cost of a run", () => {
  it("is what it used, by the table of prices, and names what has no known price", () => {
    const { lines, usd, unpriced } = costOf({ ...nothingUsed(), messagesSent: 4, cloudWatchCalls: 2 });
    // 4 calls of 3 seconds at a quarter of a GB.
    expect(usd).toBeCloseTo(4e-6 * Number(prices.calls.usd) + 3 * Number(prices.computing.usd), 12);
    expect(lines.find(({ what }) => what === "hours of input to a BASIC channel")).toMatchObject({
      quantity: 0,
      usd: 0,
    });
    expect(unpriced).toEqual([
      ...["chat messages sent", "calls of CloudWatch", "requests to the bucket, which holds a minute of recording"],
      "lines of the review function's log",
    ]);
  });

  it("of a stream is the price of its hours", () => {
    expect(costOf({ ...nothingUsed(), streamedHours: 2 }).usd).toBe(2 * Number(prices.inputBasic.usd));
  });

  it("is two cents and a bit at the most, as far as prices are known", () => {
    expect(costOf(mostUsed).usd).toBeLessThan(0.025);
    expect(costText(costOf(mostUsed))).toMatch(/^0\.02\d\d USD, without what has no known price: chat messages sent, /);
  });
});

describe("what IAM says", () => {
  const refused = (name: string) => Promise.reject(Object.assign(new Error(), { name }));

  it("is a denial by one error only: others come after it has let a call through", async () => {
    expect(await verdictOf(refused("AccessDeniedException"))).toBe("denied");
    expect(await verdictOf(refused("ChannelNotBroadcasting"))).toBe("allowed");
    expect(await verdictOf(Promise.resolve())).toBe("allowed");
  });

  it("is asked with a policy that allows some actions", () => {
    expect(JSON.parse(policyOf({ actions: ["ivs:CreateChannel"] })).Statement).toEqual([
      { Effect: "Allow", Action: ["ivs:CreateChannel"], Resource: "*" },
    ]);
  });
});

describe("onair doctor", () => {
  const terminal = undefined as never;
  const run = (options: object) => doctorVerb.run(terminal, [], { folder: ".onair", ...options });

  it.each([
    [{ iPay: true }, "doctor --i-pay is for AWS."],
    [{ sweep: OLD }, "doctor --sweep is for AWS."],
    [{ aws: true, iPay: true, sweep: OLD }, "doctor takes one of --i-pay and --sweep."],
    [{ aws: true, iPay: true, json: true }, "doctor --i-pay has no answer in JSON: reports are kept in files."],
    [{ aws: true, sweep: "onair-dev" }, "onair-dev is no run's name."],
  ])("refuses %j", async (options, what) => {
    await expect(run(options)).rejects.toMatchObject({ code: "USAGE", what });
  });
});
