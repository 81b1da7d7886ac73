import { type Assumptions, type Estimate, estimate } from "./cost.ts";
import { marksOf, type Price, type PriceName, priceDays, prices } from "./prices.ts";

/** Three sizes of a month, for the page. @param deployed how many alarms, metrics and keys the platform has */
export function exampleMonths(
  deployed: Pick<Assumptions, "alarms" | "metrics" | "keys">,
): Readonly<Record<string, Assumptions>> {
  const usual = {
    ...deployed,
    channelType: "STANDARD",
    resolution: "HD",
    recordedShare: 0.5,
    recordingMonths: 3,
  } as const;
  return {
    "nobody streams": {
      ...{ ...usual, streamedHours: 0, watchedHours: 0, messages: 0, listeners: 0, apiRequests: 0, tokens: 0 },
    },
    "one channel, 2 hours a day, 50 viewers": {
      ...{ ...usual, streamedHours: 60, watchedHours: 3000 },
      ...{ messages: 30_000, listeners: 50, apiRequests: 500_000, tokens: 10_000 },
    },
    "20 channels, 2 hours a day, 100 viewers each": {
      ...{ ...usual, streamedHours: 1200, watchedHours: 120_000 },
      ...{ messages: 1_000_000, listeners: 100, apiRequests: 20_000_000, tokens: 400_000 },
    },
  };
}

const dollars = (usd: number): string => (usd > 0 && usd < 0.005 ? "< 0.01" : usd.toFixed(2));

/**
 * The page of costs, in Markdown.
 *
 * @param now milliseconds; prices that are older than 90 days by then are marked
 */
export function costPage(months: Readonly<Record<string, Assumptions>>, now: number): string {
  const estimates = Object.entries(months).map(([name, assumed]) => ({ name, ...estimate(assumed, prices) }));
  const unknown = [...new Set(estimates.flatMap((one) => one.unknown))].join(", ");
  const first = estimates.at(-1)?.lines ?? [];
  return `# What it costs
Made of [prices.ts](../../domain/operations/prices.ts) and [cost.ts](../../domain/operations/cost.ts) by a test, which holds this page to them.
It is an estimate by assumptions, without free tiers, taxes and transfer of data. **No price here was compared with a price page yet.**
Where none is known, the sum leaves it out: ${unknown}. Look at the pages named below before you rely on a number.

## A month
In USD, dearest first.

| | ${estimates.map(({ name }) => name).join(" | ")} |
|---|${"--:|".repeat(estimates.length)}
${first.map(({ what }) => `| ${what} | ${estimates.map((one) => usdOf(one, what)).join(" | ")} |`).join("\n")}
| **together, without what is not known** | ${estimates.map(({ usd }) => `**${dollars(usd)}**`).join(" | ")} |

What a stream costs is nearly all of it: hours watched first, then hours streamed. A BASIC channel is a tenth of a STANDARD one on the way in.
What stands still costs metrics, keys, alarms and the dashboard.

## Prices
A price is to be read again after ${priceDays} days; older ones say so.

| price | USD | per | region | as of | source |
|---|--:|---|---|---|---|
${(Object.entries(prices) as [PriceName, Price][]).map((entry) => priceRow(entry, now)).join("\n")}
`;
}

function usdOf({ lines }: Estimate, what: string): string {
  const usd = lines.find((line) => line.what === what)?.usd;
  return usd === undefined ? "not known" : dollars(usd);
}

function priceRow([name, price]: [PriceName, Price], now: number): string {
  const { usd, per, region, date, source } = price;
  const marks = marksOf(price, now);
  const noted = marks.length === 0 ? source : `${source} (${marks.join(", ")})`;
  return `| ${name} | ${usd ?? "not known"} | ${per} | ${region} | ${date} | ${noted} |`;
}
