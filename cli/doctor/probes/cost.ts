import { summed, usdOf } from "#domain/operations/cost.ts";
import { type PriceName, prices } from "#domain/operations/prices.ts";

/** What a run used of what is paid for. Probes add to it. */
export interface Used {
  /** Hours of input to channels. */
  streamedHours: number;
  messagesSent: number;
  messagesDelivered: number;
  /** Pages of ListMetrics. */
  cloudWatchCalls: number;
}

export const nothingUsed = (): Used => ({
  ...{ streamedHours: 0, messagesSent: 0, messagesDelivered: 0, cloudWatchCalls: 0 },
});

/** The most that a run uses: a stream of some minutes to a BASIC channel, and messages that their sender alone gets. */
export const mostUsed: Used = { streamedHours: 0.1, messagesSent: 40, messagesDelivered: 40, cloudWatchCalls: 100 };

/** The review function of the run's stack; a call costs by its time, which is not longer than this. */
export const reviewSeconds = 3;
export const reviewMegabytes = 256;

/** Terraform's, to make, look at and remove it, counted generously; and what Lambda writes for each call, with our line. */
const bucketRequests = 100;
const linesOfMessage = 5;

/** One kind of thing that is paid for. */
export interface CostLine {
  readonly what: string;
  readonly quantity: number;
  readonly usd: number | undefined;
}

/** What a run cost, by the table that the page of costs is made from; its prices are for us-west-2. */
export interface Cost {
  readonly lines: readonly CostLine[];
  /** Of the lines whose price is known. */
  readonly usd: number;
  /** Used, and without a known price. */
  readonly unpriced: readonly string[];
}

export function costOf(used: Used): Cost {
  const { streamedHours, messagesSent, messagesDelivered, cloudWatchCalls } = used;
  // Each message is reviewed by one call.
  const seconds = messagesSent * reviewSeconds * (reviewMegabytes / 1024);
  const lines = [
    line("hours of input to a BASIC channel", streamedHours, streamedHours, "inputBasic"),
    line("chat messages sent", messagesSent, messagesSent / 1000, "chatSent"),
    line("chat messages delivered", messagesDelivered, messagesDelivered / 1000, "chatDelivered"),
    line("calls of the review function", messagesSent, messagesSent / 1e6, "calls"),
    line("GB seconds of the review function, at most", seconds, seconds, "computing"),
    // These stand in no table of ours.
    { what: "calls of CloudWatch", quantity: cloudWatchCalls, usd: cloudWatchCalls === 0 ? 0 : undefined },
    { what: "requests to the bucket, which holds a minute of recording", quantity: bucketRequests, usd: undefined },
    { what: "lines of the review function's log", quantity: messagesSent * linesOfMessage, usd: undefined },
  ];
  const { usd, unknown: unpriced } = summed(lines);
  return { lines, usd, unpriced };
}

/** @param units in units of the price */
const line = (what: string, quantity: number, units: number, price: PriceName): CostLine => ({
  ...{ what, quantity },
  usd: quantity === 0 ? 0 : usdOf(prices[price], units),
});

/** `0.0004 USD, without what has no known price: chat messages sent`. */
export function costText({ usd, unpriced }: Cost): string {
  const known = `${usd.toFixed(4)} USD`;
  return unpriced.length === 0 ? known : `${known}, without what has no known price: ${unpriced.join(", ")}`;
}
