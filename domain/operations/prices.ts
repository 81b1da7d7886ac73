/** What one unit of something costs. */
export interface Price {
  /** In USD; undefined where it is not known. Such a line is left out of every sum, and named. */
  readonly usd: number | undefined;
  /** For example `hour`, `GB a month`, `million requests`. */
  readonly per: string;
  /** An AWS region, or `any` where the price is the same. */
  readonly region: string;
  /** When it was written down, `yyyy-mm-dd`. */
  readonly date: string;
  /** The page that has it. */
  readonly source: string;
  /** Whether it was compared with that page. What was not is unverified. */
  readonly isConfirmed: boolean;
}

const date = "2026-11-22";
const unconfirmed = (usd: number | undefined, per: string, source: string): Price => ({
  ...{ usd, per, date, source: `${source} pricing page`, region: "us-west-2", isConfirmed: false },
});

/**
 * Prices of what Onair uses, on demand and without free tiers. Change a price together with its date. All prices that are
 * not confirmed are unverified, which the page of costs says of each.
 */
export const prices = {
  inputBasic: unconfirmed(0.2, "hour", "Amazon IVS"),
  inputStandard: unconfirmed(2, "hour", "Amazon IVS"),
  inputAdvancedSd: unconfirmed(0.5, "hour", "Amazon IVS"),
  inputAdvancedHd: unconfirmed(0.85, "hour", "Amazon IVS"),
  outputSd: unconfirmed(0.0375, "hour", "Amazon IVS"),
  outputHd: unconfirmed(0.075, "hour", "Amazon IVS"),
  outputFullHd: unconfirmed(0.15, "hour", "Amazon IVS"),
  chatSent: unconfirmed(undefined, "1,000 messages", "Amazon IVS"),
  chatDelivered: unconfirmed(undefined, "1,000 messages", "Amazon IVS"),
  storage: unconfirmed(0.023, "GB a month", "Amazon S3"),
  calls: { ...unconfirmed(0.2, "million requests", "AWS Lambda"), region: "any" },
  computing: { ...unconfirmed(0.0000166667, "GB second", "AWS Lambda"), region: "any" },
  apiRequests: unconfirmed(1, "million requests", "Amazon API Gateway"),
  tableWrites: unconfirmed(0.625, "million writes", "Amazon DynamoDB"),
  tableReads: unconfirmed(0.125, "million reads", "Amazon DynamoDB"),
  keys: unconfirmed(1, "key a month", "AWS KMS"),
  signatures: unconfirmed(0.15, "10,000 signatures", "AWS KMS"),
  alarms: unconfirmed(0.1, "alarm a month", "Amazon CloudWatch"),
  dashboards: unconfirmed(3, "dashboard a month", "Amazon CloudWatch"),
  metrics: unconfirmed(0.3, "metric a month", "Amazon CloudWatch"),
} as const satisfies Readonly<Record<string, Price>>;

export type PriceName = keyof typeof prices;

/** After so many days a price is to be read again. */
export const priceDays = 90;

/** @param now milliseconds */
export const isOld = ({ date: read }: Price, now: number): boolean =>
  now - Date.parse(`${read}T00:00:00Z`) > priceDays * 86_400_000;

/** What to know of a price before it is relied on. @param now milliseconds */
export const marksOf = (price: Price, now: number): string[] => [
  ...(price.isConfirmed ? [] : ["unverified"]),
  ...(isOld(price, now) ? ["old"] : []),
];
