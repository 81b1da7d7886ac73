export interface CueQueue {
  /** @param time where it stands in the video, in seconds */
  add(time: number, text: string): void;
  /** Tells what stands at a place of the video or before, and was not told yet. */
  reach(time: number): void;
}

/** A player that loads a piece of video again finds the same text again; longer ago than this, it does not. */
const mostTold = 100;

/** Holds texts that came with the video until playback comes to them; each is told once. */
export function createCueQueue(tell: (text: string) => void): CueQueue {
  let waiting: { readonly time: number; readonly text: string }[] = [];
  const known: string[] = [];
  return {
    add(time, text) {
      const name = `${time.toFixed(3)} ${text}`;
      if (known.includes(name)) return;
      known.push(name);
      known.splice(0, known.length - mostTold);
      waiting.push({ time, text });
    },
    reach(now) {
      const reached = waiting.filter(({ time }) => time <= now);
      if (reached.length === 0) return;
      waiting = waiting.filter(({ time }) => time > now);
      for (const { text } of reached.toSorted((one, other) => one.time - other.time)) tell(text);
    },
  };
}
