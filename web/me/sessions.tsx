import { useEffect, useState } from "preact/hooks";
import { listSessions } from "../api/own.ts";
import type { Session } from "../api/schema.ts";
import { lengthText } from "./length.ts";

const moment = new Intl.DateTimeFormat([], { dateStyle: "medium", timeStyle: "short" });

/** One's own latest streams, and what went wrong in them. */
export function Sessions() {
  const [sessions, setSessions] = useState<readonly Session[]>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    listSessions().then(setSessions, (error: Error) => setProblem(error.message));
  }, []);
  if (problem) return <p class="form-problem">{problem}</p>;
  if (sessions?.length === 0) return <p class="card-note">There was none yet.</p>;
  return (
    <ul class="sessions">
      {sessions?.map((session) => (
        <li key={session.streamId}>
          <SessionLine session={session} />
        </li>
      ))}
    </ul>
  );
}

function SessionLine({ session: { startedAt, endedAt, incidents } }: { readonly session: Session }) {
  const began = startedAt === undefined ? undefined : new Date(startedAt);
  return (
    <>
      <span>{began ? moment.format(began) : "Began unseen"}</span>
      <span class="session-length">
        {began && endedAt !== undefined && lengthText(new Date(endedAt).getTime() - began.getTime())}
        {endedAt === undefined && "not ended"}
      </span>
      {incidents.map(({ at, name }) => (
        <span key={at} class="session-incident">
          {name}
        </span>
      ))}
    </>
  );
}
