export interface ShownCue {
  readonly id: number;
  readonly text: string;
  readonly at: Date;
}

const time = new Intl.DateTimeFormat([], { timeStyle: "medium" });

/** The last texts that came with the video. */
export function CueList({ cues }: { cues: readonly ShownCue[] }) {
  if (cues.length === 0) return null;
  return (
    <ol class="cues" aria-label="Timed metadata">
      {cues.map(({ id, text, at }) => (
        <li key={id}>
          <time dateTime={at.toISOString()}>{time.format(at)}</time> cue: {text}
        </li>
      ))}
    </ol>
  );
}
