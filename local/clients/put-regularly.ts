export interface PutRegularlyOptions {
  /** What is put, for messages: `Metrics of chat`. */
  readonly what: string;
  /** From one begin to the next. @default 60000 */
  readonly milliseconds?: number | undefined;
  readonly put: () => Promise<void>;
  /** Told in a line when it cannot be put; of failures in a row, the first. */
  readonly report: (line: string) => void;
}

/** Puts something every minute. While one put lasts, no other is begun. */
export const putRegularly = ({ what, milliseconds = 60_000, put, report }: PutRegularlyOptions) => {
  let underWay: Promise<void> | undefined;
  let isFailing = false;

  const run = async (): Promise<void> => {
    try {
      await put();
      isFailing = false;
    } catch (error) {
      if (!isFailing) report(`${what} cannot be put: ${(error as Error).message}`);
      isFailing = true;
    }
    underWay = undefined;
  };
  const timer = setInterval(() => {
    underWay ??= run();
  }, milliseconds).unref();

  return {
    /** Settles when nothing is under way any more. */
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await underWay;
    },
  };
};
