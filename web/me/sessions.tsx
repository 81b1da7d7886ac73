import { listSessions } from "../api/own.ts";
import type { Session } from "../api/schema.ts";
import { ListEnd } from "../list-end.tsx";
import { momentText } from "../moment.ts";
import { useList } from "../use-list.ts";
import { lengthText } from "./length.ts";

/** One's own latest streams, and what went wrong in them. */
export function Sessions() {
  const list = useList(listSessions);
  return (
    <>
      <ul class="rows">
        {list.rows?.map((session) => (
          <li key={session.streamId}>
            <SessionLine session={session} />
          </li>
        ))}
      </ul>
      <ListEnd list={list} none="There was none yet." />
    </>
  );
}

function SessionLine({ session: { startedAt, endedAt, incidents } }: { readonly session: Session }) {
  return (
    <>
      <span>{startedAt === undefined ? "Began unseen" : momentText(startedAt)}</span>
      <span class="row-more">
        {startedAt !== undefined && endedAt !== undefined && lengthText(Date.parse(endedAt) - Date.parse(startedAt))}
        {endedAt === undefined && "not ended"}
      </span>
      {incidents.map(({ at, name }) => (
        <span key={at} class="row-tag">
          {name}
        </span>
      ))}
    </>
  );
}
