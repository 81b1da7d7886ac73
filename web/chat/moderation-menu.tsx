import { useRef } from "preact/hooks";
import { ban, deleteMessage } from "../api/chat.ts";
import type { Line } from "./lines.ts";

/** Where somebody moderates, and what tells them of an act that failed. */
export interface Moderation {
  readonly channel: string;
  readonly onModerate: (act: () => Promise<unknown>) => void;
}

const timeouts = [
  [1, "1 minute"],
  [10, "10 minutes"],
  [60, "1 hour"],
  [1440, "24 hours"],
] as const;

/** What a moderator can do about a message and its sender. */
export function ModerationMenu({ line, moderation }: { readonly line: Line; readonly moderation: Moderation }) {
  const menu = useRef<HTMLDetailsElement>(null);
  const { channel, onModerate } = moderation;
  const { id, userId, name } = line;
  const act = (work: () => Promise<unknown>) => () => {
    if (menu.current) menu.current.open = false;
    onModerate(work);
  };
  return (
    <details class="moderate" ref={menu}>
      <summary aria-label={`Moderate ${name}`}>⋯</summary>
      <div class="moderate-acts">
        <button type="button" onClick={act(() => deleteMessage(channel, id, userId))}>
          Delete the message
        </button>
        {timeouts.map(([minutes, text]) => (
          <button key={minutes} type="button" onClick={act(() => ban(channel, userId, minutes))}>
            Time out: {text}
          </button>
        ))}
        <button type="button" class="moderate-ban" onClick={act(() => ban(channel, userId))}>
          Ban {name}
        </button>
      </div>
    </details>
  );
}
