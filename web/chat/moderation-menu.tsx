import { useRef } from "preact/hooks";
import { banUser, deleteMessage, endWatching } from "../api/moderation.ts";
import type { Line } from "./lines.ts";

/** Where somebody moderates, and what tells them of an act that failed. */
export interface Moderation {
  readonly channel: string;
  /** Whether watching it needs leave, which can be ended. */
  readonly isPrivate: boolean;
  readonly onModerate: (act: () => Promise<unknown>) => void;
}

const timeouts = [
  [1, "1 minute"],
  [10, "10 minutes"],
  [60, "1 hour"],
  [1440, "24 hours"],
] as const;

/** As the API takes it. */
const mostReason = 200;

/** What a moderator can do about a message and its sender. */
export function ModerationMenu({ line, moderation }: { readonly line: Line; readonly moderation: Moderation }) {
  const menu = useRef<HTMLDetailsElement>(null);
  const why = useRef<HTMLInputElement>(null);
  const { channel, isPrivate, onModerate } = moderation;
  const { id, userId, name } = line;
  const close = () => {
    if (menu.current) menu.current.open = false;
  };
  const act = (work: (reason: string) => Promise<unknown>) => () => {
    const reason = why.current?.value.trim() ?? "";
    close();
    onModerate(() => work(reason));
  };
  // At the end of the list it would open out of sight.
  const onToggle = () => menu.current?.open && menu.current.lastElementChild?.scrollIntoView({ block: "nearest" });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    close();
    menu.current?.querySelector("summary")?.focus();
  };
  return (
    <details class="moderate" ref={menu} onKeyDown={onKeyDown} onToggle={onToggle}>
      <summary aria-label={`Moderate ${name}`}>⋯</summary>
      <div class="moderate-acts">
        <input ref={why} type="text" maxLength={mostReason} aria-label="Reason" placeholder="Reason, if you like" />
        <button type="button" onClick={act((reason) => deleteMessage(channel, id, { userId, reason }))}>
          Delete the message
        </button>
        {isPrivate && (
          <button type="button" onClick={act((reason) => endWatching(channel, userId, { reason }))}>
            End what {name} watches
          </button>
        )}
        {timeouts.map(([minutes, text]) => (
          <button key={minutes} type="button" onClick={act((reason) => banUser(channel, userId, { minutes, reason }))}>
            Time out: {text}
          </button>
        ))}
        <button type="button" class="moderate-ban" onClick={act((reason) => banUser(channel, userId, { reason }))}>
          Ban {name}
        </button>
      </div>
    </details>
  );
}
