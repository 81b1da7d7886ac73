/** A moment as chat frames show it. */
export interface Stamp {
  /** Milliseconds since 1970. */
  readonly milliseconds: number;
  /** RFC 3339 in UTC with nanoseconds, without trailing zeros, as captures of the service show it. */
  readonly sendTime: string;
}

const NANOSECONDS = 1_000_000n;

const stampOf = (nanoseconds: bigint): Stamp => {
  const milliseconds = Number(nanoseconds / NANOSECONDS);
  const seconds = new Date(milliseconds).toISOString().slice(0, 19);
  const fraction = String(nanoseconds % 1_000_000_000n)
    .padStart(9, "0")
    .replace(/0+$/, "");
  return { milliseconds, sendTime: `${seconds}${fraction && `.${fraction}`}Z` };
};

/**
 * A clock of which no two readings are equal and every one is later than the one before, so that messages can be put in
 * order by their time.
 * @param now milliseconds since 1970
 */
export const createStamps = (now: () => number): (() => Stamp) => {
  let last = 0n;
  return () => {
    const read = BigInt(Math.floor(now())) * NANOSECONDS + (process.hrtime.bigint() % NANOSECONDS);
    last = read > last ? read : last + 1n;
    return stampOf(last);
  };
};
