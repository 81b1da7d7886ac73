import { listAudit } from "../api/moderation.ts";
import { ListEnd } from "../list-end.tsx";
import { momentText } from "../moment.ts";
import { useList } from "../use-list.ts";
import { auditText } from "./audit-text.ts";
import type { NameOf } from "./names.ts";

export interface AuditListProps {
  readonly channel: string;
  readonly nameOf: NameOf;
}

/** What was done to keep order in a channel's chat: who, whom, why and when, newest first. */
export function AuditList({ channel, nameOf }: AuditListProps) {
  const list = useList((cursor) => listAudit(channel, cursor));
  return (
    <>
      <ul class="rows" aria-label="What was done">
        {list.rows?.map((entry) => (
          <li key={entry.id}>
            <span class="row-what">
              <strong title={entry.by}>{nameOf(entry.by, entry.byNickname)}</strong>{" "}
              <span title={entry.userId}>{auditText(entry, nameOf)}</span>
            </span>
            {entry.reason && <span class="row-reason">{entry.reason}</span>}
            <time class="row-when" dateTime={entry.at}>
              {momentText(entry.at)}
            </time>
          </li>
        ))}
      </ul>
      <ListEnd list={list} none="Nothing was done yet." />
    </>
  );
}
