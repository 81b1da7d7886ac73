import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function/index.js";
import { describe, expect, it } from "vitest";
import { stacks } from "#__tests__/support/stacks.ts";
import { estimate } from "#domain/operations/cost.ts";
import { costPage, exampleMonths } from "#domain/operations/cost-page.ts";
import { ownMetrics } from "#domain/operations/own-metrics.ts";
import { isOld, type Price, type PriceName, prices } from "#domain/operations/prices.ts";

const { platform } = stacks();
const deployed = {
  alarms: platform.resources(CloudwatchMetricAlarm).length,
  keys: platform.resources(KmsKey).length,
  // Each function counts the errors of its log; the others are counted by one or two functions.
  metrics: platform.resources(LambdaFunction).length + Object.keys(ownMetrics).length,
};
const months = exampleMonths(deployed);
const written = Date.parse(`${prices.inputBasic.date}T00:00:00Z`);

/** Every price is one dollar. */
const one = Object.fromEntries(
  Object.keys(prices).map((name) => [name, { ...prices.inputBasic, usd: 1 } satisfies Price]),
) as Record<PriceName, Price>;

describe("an estimate", () => {
  const [, evening = months["nobody streams"]] = Object.values(months);
  if (evening === undefined) throw new Error("There is no month.");
  const quantityOf = (what: string) => estimate(evening, one).lines.find((line) => line.what === what)?.quantity;

  it("counts hours, messages and recordings by what is assumed", () => {
    expect(quantityOf("Streams into IVS")).toBe(60);
    expect(quantityOf("Streams out to viewers")).toBe(3000);
    expect(quantityOf("Messages delivered")).toBe(1500);
    // Half of 60 hours, 4 GB each, for three months.
    expect(quantityOf("Recordings kept")).toBe(360);
  });

  it("takes the price of the channel's type and of what viewers watch", () => {
    const priced = { ...one, inputBasic: { ...prices.inputBasic, usd: 7 } };
    const { lines } = estimate({ ...evening, channelType: "BASIC", resolution: "SD" }, priced);
    expect(lines.find(({ what }) => what === "Streams into IVS")).toMatchObject({ price: "inputBasic", usd: 420 });
    expect(lines.find(({ what }) => what === "Streams out to viewers")).toMatchObject({ price: "outputSd" });
  });

  it("has the dearest first, and leaves out of the sum what has no price, which it names", () => {
    const { lines, usd, unknown } = estimate(evening, prices);
    const known = lines.flatMap((line) => line.usd ?? []);
    expect(known).toEqual([...known].sort((a, b) => b - a));
    expect(usd).toBeCloseTo(known.reduce((sum, line) => sum + line, 0));
    expect(unknown).toEqual(["Messages sent", "Messages delivered"]);
    expect(lines.slice(-2).map((line) => line.usd)).toEqual([undefined, undefined]);
  });
});

describe("a price", () => {
  it("is to be read again after 90 days, and the page says so", () => {
    const day = 86_400_000;
    expect([isOld(prices.keys, written + 90 * day), isOld(prices.keys, written + 91 * day)]).toEqual([false, true]);
    expect(costPage(months, written + 91 * day)).toContain("AWS KMS pricing page (unverified, old) |");
    expect(costPage(months, written)).not.toContain("old)");
  });

  it("says when and where it was read", () => {
    for (const { date, source, per } of Object.values<Price>(prices)) {
      expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(`${source}${per}`).toMatch(/\w pricing page\w/);
    }
  });
});

it("docs/reference/cost.md is what the prices give; if not: npx vitest run -u with this file", async () => {
  await expect(costPage(months, written)).toMatchFileSnapshot("../../../docs/reference/cost.md");
});
