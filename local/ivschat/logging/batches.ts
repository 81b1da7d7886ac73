/** How items are gathered for one kind of destination. */
export interface BatchOptions<Target, Item> {
  /** Tells targets apart; it is shown in reports. */
  readonly nameOf: (target: Target) => string;
  /** How long the first of a batch waits for others, in milliseconds. */
  readonly waitMilliseconds: number;
  /** Most items that one put takes. */
  readonly mostItems: number;
  /** Most bytes that one put takes, counted by {@link sizeOf}. */
  readonly mostBytes: number;
  readonly sizeOf: (item: Item) => number;
  readonly put: (target: Target, items: readonly Item[]) => Promise<void>;
  /** Told, in a line, when a target begins to fail, and what is lost. */
  readonly report: (line: string) => void;
}

/** Gathers items and puts them in order, per target. */
export interface Batches<Target, Item> {
  add(target: Target, item: Item): void;
  /** Puts what is waiting, now. */
  flush(): Promise<void>;
  /** Puts what is waiting once more, and gives up what cannot be put. */
  stop(): Promise<void>;
}

/** Items that may wait for a target; beyond it the older half is lost, as the service promises no delivery either. */
const MOST_WAITING = 10_000;

interface Queue<Target, Item> {
  readonly target: Target;
  readonly name: string;
  items: Item[];
  timer: NodeJS.Timeout | undefined;
  /** Puts that are under way, one after the other. */
  puts: Promise<void>;
  isFailing: boolean;
}

/** Batches with a queue for each target; what cannot be put is tried again with what follows it. */
export const createBatches = <Target, Item>(options: BatchOptions<Target, Item>): Batches<Target, Item> => {
  const { nameOf, waitMilliseconds, mostItems, mostBytes, sizeOf, put, report } = options;
  const queues = new Map<string, Queue<Target, Item>>();
  let stopped = false;

  /** How many items the next put takes, at least one. */
  const fitting = (items: readonly Item[]) => {
    let bytes = 0;
    const end = items.findIndex((item, index) => {
      bytes += sizeOf(item);
      return index > 0 && (index >= mostItems || bytes > mostBytes);
    });
    return end < 0 ? items.length : end;
  };

  const putAll = async (queue: Queue<Target, Item>): Promise<void> => {
    while (queue.items.length > 0) {
      const count = fitting(queue.items);
      const batch = queue.items.slice(0, count);
      queue.items = queue.items.slice(count);
      try {
        await put(queue.target, batch);
        queue.isFailing = false;
      } catch (error) {
        queue.items = [...batch, ...queue.items];
        if (!queue.isFailing) report(`Chat logs cannot be put to ${queue.name}: ${(error as Error).message}`);
        queue.isFailing = true;
        return wait(queue);
      }
    }
  };

  const run = (queue: Queue<Target, Item>): Promise<void> => {
    clearTimeout(queue.timer);
    queue.timer = undefined;
    queue.puts = queue.puts.then(() => putAll(queue));
    return queue.puts;
  };

  const wait = (queue: Queue<Target, Item>): void => {
    if (stopped) return;
    queue.timer ??= setTimeout(() => run(queue), waitMilliseconds).unref();
  };

  const open = (target: Target): Queue<Target, Item> => {
    const name = nameOf(target);
    const queue = queues.get(name) ?? {
      target,
      name,
      items: [],
      timer: undefined,
      puts: Promise.resolve(),
      isFailing: false,
    };
    queues.set(name, queue);
    return queue;
  };

  const flush = async (): Promise<void> => {
    await Promise.all([...queues.values()].map(run));
  };

  return {
    add: (target, item) => {
      const queue = open(target);
      queue.items.push(item);
      if (queue.items.length > MOST_WAITING) {
        queue.items = queue.items.slice(MOST_WAITING / 2);
        report(`Chat logs for ${queue.name} are lost: the oldest ${MOST_WAITING / 2} that waited`);
      }
      wait(queue);
    },
    flush,
    stop: async () => {
      stopped = true;
      await flush();
    },
  };
};
