import type { Price, PriceName } from "./prices.ts";

/** What a month is taken to be like. */
export interface Assumptions {
  /** Hours that all channels together are on air. */
  readonly streamedHours: number;
  readonly channelType: "BASIC" | "STANDARD" | "ADVANCED_SD" | "ADVANCED_HD";
  /** Hours that all viewers together watch. */
  readonly watchedHours: number;
  readonly resolution: "SD" | "HD" | "FULL_HD";
  /** Share of the streamed hours that is recorded, 0 to 1. */
  readonly recordedShare: number;
  /** Months for which recordings are kept. */
  readonly recordingMonths: number;
  /** Messages that are sent in all rooms. */
  readonly messages: number;
  /** Who gets each of them. */
  readonly listeners: number;
  /** Requests of pages to the API. */
  readonly apiRequests: number;
  /** Playback tokens of private channels that KMS signs. */
  readonly tokens: number;
  /** As the platform is deployed. */
  readonly alarms: number;
  readonly metrics: number;
  readonly keys: number;
}

/** One line of an estimate. */
export interface CostLine {
  readonly what: string;
  readonly price: PriceName;
  /** In units of the price. */
  readonly quantity: number;
  /** Undefined where the price is not known. */
  readonly usd: number | undefined;
}

export interface Estimate {
  readonly lines: readonly CostLine[];
  /** Of the lines whose price is known. */
  readonly usd: number;
  readonly unknown: readonly string[];
}

const input = {
  ...{ BASIC: "inputBasic", STANDARD: "inputStandard" },
  ...{ ADVANCED_SD: "inputAdvancedSd", ADVANCED_HD: "inputAdvancedHd" },
} as const satisfies Record<Assumptions["channelType"], PriceName>;
const output = { SD: "outputSd", HD: "outputHd", FULL_HD: "outputFullHd" } as const;

/** All renditions of an hour together, in GB: 9 Mb/s. */
const GB_OF_A_RECORDED_HOUR = 4;
const MINUTES_OF_A_MONTH = 43_200;
/** A call of an API function or a review, in seconds at its memory in GB. */
const GB_SECONDS_OF_A_REQUEST = 0.05 * 0.25;
const GB_SECONDS_OF_A_REVIEW = 0.01 * 1;
/** A walk over what is on air, each minute. */
const GB_SECONDS_OF_A_WALK = 0.5 * 0.25;
const READS_OF_A_REQUEST = 2;

/** What a month costs by these assumptions, dearest first; what has no price stands at the end. */
export function estimate(assumed: Assumptions, prices: Readonly<Record<PriceName, Price>>): Estimate {
  const { streamedHours, watchedHours, messages, listeners, apiRequests, tokens } = assumed;
  const calls = apiRequests + tokens + messages + MINUTES_OF_A_MONTH;
  const computed =
    (apiRequests + tokens) * GB_SECONDS_OF_A_REQUEST +
    messages * GB_SECONDS_OF_A_REVIEW +
    MINUTES_OF_A_MONTH * GB_SECONDS_OF_A_WALK;
  const recorded = streamedHours * assumed.recordedShare * assumed.recordingMonths * GB_OF_A_RECORDED_HOUR;
  const quantities: readonly (readonly [what: string, price: PriceName, quantity: number])[] = [
    ["Streams into IVS", input[assumed.channelType], streamedHours],
    ["Streams out to viewers", output[assumed.resolution], watchedHours],
    ["Messages sent", "chatSent", messages / 1000],
    ["Messages delivered", "chatDelivered", (messages * listeners) / 1000],
    ["Recordings kept", "storage", recorded],
    ["Calls of functions", "calls", calls / 1e6],
    ["Functions at work", "computing", computed],
    ["Requests to the API", "apiRequests", (apiRequests + tokens) / 1e6],
    ["Reads of the table", "tableReads", ((apiRequests + tokens) * READS_OF_A_REQUEST) / 1e6],
    ["Writes to the table", "tableWrites", (MINUTES_OF_A_MONTH + streamedHours * 60) / 1e6],
    ["Keys in KMS", "keys", assumed.keys],
    ["Tokens signed", "signatures", tokens / 10_000],
    ["Alarms", "alarms", assumed.alarms],
    ["Dashboard", "dashboards", 1],
    ["Metrics of our own", "metrics", assumed.metrics],
  ];
  const lines = quantities.map(
    ([what, price, quantity]): CostLine => ({
      ...{ what, price, quantity },
      usd: usdOf(prices[price], quantity),
    }),
  );
  return { lines: lines.sort((one, other) => (other.usd ?? -1) - (one.usd ?? -1)), ...summed(lines) };
}

/**
 * Undefined where the price is not known.
 *
 * @param quantity in units of the price
 */
export const usdOf = ({ usd }: Price, quantity: number): number | undefined =>
  usd === undefined ? undefined : usd * quantity;

/** The sum of what has a known price, and the names of the rest. */
export const summed = (lines: readonly Pick<CostLine, "what" | "usd">[]): Pick<Estimate, "usd" | "unknown"> => ({
  usd: lines.reduce((sum, { usd = 0 }) => sum + usd, 0),
  unknown: lines.filter(({ usd }) => usd === undefined).map(({ what }) => what),
});
