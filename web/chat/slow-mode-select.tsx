import { setSlowMode } from "../api/moderation.ts";

export interface SlowModeSelectProps {
  readonly channel: string;
  readonly seconds: number;
  readonly onModerate: (act: () => Promise<unknown>) => void;
}

/** What the API takes (domain/chat/slow-mode.ts). */
const choices = [0, 3, 5, 10, 30, 60, 120];

/** For moderators: how long everyone else waits between messages. */
export function SlowModeSelect({ channel, seconds, onModerate }: SlowModeSelectProps) {
  return (
    <label class="slow-mode">
      Slow mode
      <select
        value={seconds}
        onChange={({ currentTarget: { value } }) => onModerate(() => setSlowMode(channel, Number(value)))}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice === 0 ? "off" : `${choice} s`}
          </option>
        ))}
      </select>
    </label>
  );
}
