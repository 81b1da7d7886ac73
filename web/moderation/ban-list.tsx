import { useState } from "preact/hooks";
import { listBans, unbanUser } from "../api/moderation.ts";
import { ListEnd } from "../list-end.tsx";
import { messageOf } from "../message-of.ts";
import { momentText } from "../moment.ts";
import { useList } from "../use-list.ts";
import type { NameOf } from "./names.ts";

export interface BanListProps {
  readonly channel: string;
  readonly nameOf: NameOf;
}

/** Who is kept out of a channel's chat, until when and why, and the way to let them in. */
export function BanList({ channel, nameOf }: BanListProps) {
  const list = useList((cursor) => listBans(channel, cursor));
  const [problem, setProblem] = useState<string>();
  const letIn = async (userId: string) => {
    setProblem(undefined);
    await unbanUser(channel, userId).catch((error: unknown) => setProblem(messageOf(error)));
    list.reload();
  };
  return (
    <>
      <ul class="rows" aria-label="Kept out">
        {list.rows?.map(({ userId, nickname, until, reason }) => (
          <li key={userId}>
            <span class="row-what">
              <strong title={userId}>{nameOf(userId, nickname)}</strong>
            </span>
            <span class="row-more">{until === undefined ? "for good" : `until ${momentText(until)}`}</span>
            <button
              type="button"
              class="link"
              aria-label={`Let ${nameOf(userId, nickname)} in`}
              onClick={() => letIn(userId)}
            >
              Let in
            </button>
            {reason && <span class="row-reason">{reason}</span>}
          </li>
        ))}
      </ul>
      {problem && (
        <p class="form-problem" role="alert">
          {problem}
        </p>
      )}
      <ListEnd list={list} none="Nobody is kept out." />
    </>
  );
}
