/** One message, as it is shown. */
export interface Line {
  readonly id: string;
  readonly userId: string;
  /** What the sender is called. */
  readonly name: string;
  readonly avatarUrl: string | undefined;
  /** What the sender is in the room, for example `owner`. */
  readonly role: string | undefined;
  /** Empty for a picture alone. */
  readonly text: string;
  /** A picture, as a character. */
  readonly sticker: string | undefined;
  readonly raisesHand: boolean;
  readonly at: Date;
  /** Follows another one of the same speaker closely: the name need not be said again. */
  readonly continued: boolean;
}

export type Message = Omit<Line, "continued">;

/** Lines kept while their reader follows, and while older ones are read. */
export const mostLines = { following: 500, paused: 2000 } as const;

const joinedMilliseconds = 40_000;
const joinedLines = 5;

/** Adds messages below, and lets go of the oldest beyond a number of lines. */
export function addLines(lines: readonly Line[], messages: readonly Message[], most: number): readonly Line[] {
  const all = [...lines];
  for (const message of messages) all.push({ ...message, continued: continues(all, message) });
  return all.slice(-most);
}

function continues(lines: readonly Line[], { userId, at }: Message): boolean {
  const last = lines.at(-1);
  if (last?.userId !== userId || at.getTime() - last.at.getTime() > joinedMilliseconds) return false;
  return lines.slice(1 - joinedLines).some((line) => !line.continued);
}

/** Takes out a deleted message; what followed it may now begin with the name. */
export function removeLine(lines: readonly Line[], id: string): readonly Line[] {
  const place = lines.findIndex((line) => line.id === id);
  if (place < 0) return lines;
  const { continued } = lines[place] as Line;
  return lines
    .map((line, index) => (index === place + 1 && !continued ? { ...line, continued: false } : line))
    .toSpliced(place, 1);
}
