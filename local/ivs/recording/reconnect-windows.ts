/** What waits for a stream of its channel, each no longer than its window. */
export interface ReconnectWindows<Item> {
  /** Waits, in place of what has waited for that channel; without a window it expires at once. */
  wait(channelArn: string, item: Item, seconds: number): void;
  /** Stops the clock: a stream has begun in time, and it is to be seen what it is. */
  hold(channelArn: string): void;
  /** The clock goes on, as if no stream had begun. */
  release(channelArn: string): void;
  /** Ends the waiting. */
  take(channelArn: string): Item | undefined;
}

interface Window<Item> {
  readonly item: Item;
  /** On a clock that never goes backwards, in milliseconds. */
  readonly until: number;
  timer?: NodeJS.Timeout;
}

/** @param expire told of each item that has waited in vain */
export const createReconnectWindows = <Item>(expire: (item: Item) => void): ReconnectWindows<Item> => {
  const now = () => performance.now();
  const windows = new Map<string, Window<Item>>();

  const take = (channelArn: string): Item | undefined => {
    const window = windows.get(channelArn);
    clearTimeout(window?.timer);
    windows.delete(channelArn);
    return window?.item;
  };

  const end = (channelArn: string) => {
    const item = take(channelArn);
    if (item !== undefined) expire(item);
  };

  const release = (channelArn: string) => {
    const window = windows.get(channelArn);
    if (window === undefined) return;
    clearTimeout(window.timer);
    const left = window.until - now();
    if (left <= 0) end(channelArn);
    else window.timer = setTimeout(() => end(channelArn), left).unref();
  };

  return {
    wait(channelArn, item, seconds) {
      end(channelArn);
      windows.set(channelArn, { item, until: now() + seconds * 1_000 });
      release(channelArn);
    },
    hold: (channelArn) => clearTimeout(windows.get(channelArn)?.timer),
    release,
    take,
  };
};
