import type { Live } from "../../media/origin/origin.ts";

export interface ProgrammeOptions {
  /** Puts the channel on air. */
  readonly start: () => Live;
  /** For how long an encoder that was lost may come back: its viewers stay, and see a discontinuity instead of the end. */
  readonly comeBackMilliseconds: number;
}

/** What the viewers of a channel have, over the streams of encoders that come and go. */
export interface Programme {
  /** Undefined while there is none. */
  readonly live: Live | undefined;
  /** Whether an encoder is waited for. */
  readonly isWaiting: boolean;
  /** For an encoder: that which goes on, or a new one. */
  open(): Live;
  /** There is something to see. */
  shown(): void;
  /** The encoder is gone. It is waited for, unless it was to go, or nothing was to be seen yet. */
  pause(isFinal: boolean): void;
  end(): void;
}

export const createProgramme = ({ start, comeBackMilliseconds }: ProgrammeOptions): Programme => {
  let live: Live | undefined;
  let isShown = false;
  let waiting: NodeJS.Timeout | undefined;

  const stopWaiting = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
  };

  const end = (): void => {
    stopWaiting();
    isShown = false;
    live?.end();
    live = undefined;
  };

  return {
    get live() {
      return live;
    },
    get isWaiting() {
      return waiting !== undefined;
    },
    open: () => {
      stopWaiting();
      live ??= start();
      return live;
    },
    shown: () => {
      isShown = true;
    },
    pause: (isFinal) => {
      if (isFinal || !isShown) end();
      else waiting = setTimeout(end, comeBackMilliseconds).unref();
    },
    end,
  };
};
