/** What one unit of something costs. */
export interface Price {
  /** In USD; undefined where nobody could say. Such a line is left out of every sum, and named. */
  readonly usd: number | undefined;
  /** For example `hour`, `GB a month`, `million requests`. */
  readonly per: string;
  /** An AWS region, or `any` where the price is the same. */
  readonly region: string;
  /** When it was read there, or written down as it is remembered, `yyyy-mm-dd`. */
  readonly date: string;
  /** The page that has it. */
  readonly source: string;
  /** Whether it was read there. What was not is unverified: it is what the writer remembers of that page. */
  readonly isConfirmed: boolean;
}

const date = "2026-11-22";
const remembered = (usd: number | undefined, per: string, source: string): Price => ({
  ...{ usd, per, date, source: `${source} pricing page`, region: "us-west-2", isConfirmed: false },
});

/**
 * Prices of what Onair uses, on demand and without free tiers. Change a price together with its date. All prices that are
 * not confirmed are unverified, which the page of costs says of each.
 */
export const prices = {
  inputBasic: remembered(0.2, "hour", "Amazon IVS"),
  inputStandard: remembered(2, "hour", "Amazon IVS"),
  inputAdvancedSd: remembered(0.5, "hour", "Amazon IVS"),
  inputAdvancedHd: remembered(0.85, "hour", "Amazon IVS"),
  outputSd: remembered(0.0375, "hour", "Amazon IVS"),
  outputHd: remembered(0.075, "hour", "Amazon IVS"),
  outputFullHd: remembered(0.15, "hour", "Amazon IVS"),
  chatSent: remembered(undefined, "1,000 messages", "Amazon IVS"),
  chatDelivered: remembered(undefined, "1,000 messages", "Amazon IVS"),
  storage: remembered(0.023, "GB a month", "Amazon S3"),
  calls: { ...remembered(0.2, "million requests", "AWS Lambda"), region: "any" },
  computing: { ...remembered(0.0000166667, "GB second", "AWS Lambda"), region: "any" },
  apiRequests: remembered(1, "million requests", "Amazon API Gateway"),
  tableWrites: remembered(0.625, "million writes", "Amazon DynamoDB"),
  tableReads: remembered(0.125, "million reads", "Amazon DynamoDB"),
  keys: remembered(1, "key a month", "AWS KMS"),
  signatures: remembered(0.15, "10,000 signatures", "AWS KMS"),
  alarms: remembered(0.1, "alarm a month", "Amazon CloudWatch"),
  dashboards: remembered(3, "dashboard a month", "Amazon CloudWatch"),
  metrics: remembered(0.3, "metric a month", "Amazon CloudWatch"),
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
