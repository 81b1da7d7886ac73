import { useLayoutEffect, useMemo, useState } from "preact/hooks";
import { hueOf } from "./hue.ts";
import type { Line } from "./lines.ts";
import { useFollow } from "./use-follow.ts";

export interface MessageListProps {
  readonly lines: readonly Line[];
  readonly received: number;
  readonly ownId: string | undefined;
  readonly onFollow: (isFollowing: boolean) => void;
}

/** What was said; follows the newest line until its reader scrolls up. */
export function MessageList({ lines, received, ownId, onFollow }: MessageListProps) {
  const [list, setList] = useState<HTMLElement | null>(null);
  const { isFollowing, missed, toBottom } = useFollow(list, received, onFollow);
  const last = lines.at(-1);
  const ownLast = last?.userId === ownId ? last?.id : undefined;
  useLayoutEffect(() => {
    // Who speaks wants to see it.
    if (ownLast !== undefined) toBottom();
  }, [ownLast]);
  return (
    <div class="messages-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be within reach of the keyboard */}
      <ol class="messages" ref={setList} tabIndex={0} aria-label="Messages">
        {lines.length === 0 && <li class="messages-none">Nobody has said anything since you came.</li>}
        {lines.map((line) => (
          <MessageLine key={line.id} line={line} isOwn={line.userId === ownId} />
        ))}
      </ol>
      {!isFollowing && (
        <button type="button" class="to-bottom" onClick={toBottom}>
          {missed > 0 ? `${missed > 99 ? "99+" : missed} new` : "To the newest"}
        </button>
      )}
    </div>
  );
}

const time = new Intl.DateTimeFormat([], { timeStyle: "short" });

function MessageLine({ line, isOwn }: { line: Line; isOwn: boolean }) {
  const { userId, text, at, continued } = line;
  return useMemo(
    () => (
      <li class="message" data-own={isOwn} data-continued={continued} title={time.format(at)}>
        {!continued && (
          <span class="message-name" style={{ "--hue": hueOf(userId) }}>
            {userId}
            {isOwn && " (you)"}
          </span>
        )}{" "}
        <span class="message-text">{text}</span>
      </li>
    ),
    [line, isOwn],
  );
}
