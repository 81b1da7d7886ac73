import { useLayoutEffect, useMemo, useState } from "preact/hooks";
import { Avatar } from "../avatar.tsx";
import { hueOf } from "./hue.ts";
import type { Line } from "./lines.ts";
import { piecesOf } from "./links.ts";
import { type Moderation, ModerationMenu } from "./moderation-menu.tsx";
import { raisedHand } from "./stickers.ts";
import { useFollow } from "./use-follow.ts";

export interface MessageListProps {
  /** What is said of a list without lines. */
  readonly none: string;
  readonly lines: readonly Line[];
  readonly received: number;
  readonly ownId: string | undefined;
  readonly onFollow: (isFollowing: boolean) => void;
  /** Undefined where its reader keeps no order. */
  readonly moderation: Moderation | undefined;
}

/** What was said; follows the newest line until its reader scrolls up. */
export function MessageList({ none, lines, received, ownId, onFollow, moderation }: MessageListProps) {
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
        {lines.length === 0 && <li class="messages-none">{none}</li>}
        {lines.map((line) => (
          <MessageLine key={line.id} line={line} isOwn={line.userId === ownId} moderation={moderation} />
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

interface MessageLineProps {
  readonly line: Line;
  readonly isOwn: boolean;
  readonly moderation: Moderation | undefined;
}

function MessageLine({ line, isOwn, moderation }: MessageLineProps) {
  const { userId, name, avatarUrl, role, text, sticker, raisesHand, at, continued } = line;
  return useMemo(
    () => (
      <li class="message" data-own={isOwn} data-continued={continued} title={time.format(at)}>
        {!continued && (
          <span class="message-name" style={{ "--hue": hueOf(userId) }}>
            {avatarUrl && <Avatar url={avatarUrl} name={name} />}
            {name}
            {role !== undefined && badges[role] && <span class="message-role">{badges[role]}</span>}
            {isOwn && " (you)"}
          </span>
        )}{" "}
        {raisesHand && <span class="message-hand">{raisedHand} raised a hand</span>}
        {sticker && <span class="message-sticker">{sticker}</span>}
        <span class="message-text">{text && <Linked text={text} />}</span>
        {moderation && !isOwn && <ModerationMenu line={line} moderation={moderation} />}
      </li>
    ),
    [line, isOwn, moderation !== undefined, moderation?.isPrivate],
  );
}

/** What stands beside the names of those who keep order. */
const badges: Readonly<Record<string, string>> = { owner: "owner", admin: "admin", moderator: "moderator" };

function Linked({ text }: { readonly text: string }) {
  return (
    <>
      {piecesOf(text).map(({ text: piece, href }, index) =>
        href === undefined ? (
          piece
        ) : (
          <a key={`${index} ${href}`} href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
            {piece}
          </a>
        ),
      )}
    </>
  );
}
