import { duration } from "../terminal/duration.ts";
import { table } from "../terminal/table.ts";
import type { SessionLine, UserDetails } from "./show.ts";

/** An account for people to read: what it is, what it has, what is on its way. */
export function userLines(user: UserDetails, now: Date): string[] {
  const { queue } = user;
  const facts: readonly (readonly [string, string | null])[] = [
    ["Name", user.name || "(none)"],
    ["Nickname", user.nickname],
    ["Sub", user.sub],
    ["User", user.user && `${user.user.status}${user.user.enabled ? "" : ", disabled"}`],
    ["State", `${user.state}${work(user)}`],
    ["Live", user.live ? `${user.streamId}, ${user.viewers ?? "unknown"} viewers` : "offline"],
    ["Channel", user.channelArn],
    ["Playback", user.playbackUrl],
    ["Room", user.roomArn],
    ["Queue", `${queue.waiting} waiting, ${queue.delayed} delayed, ${queue.inFlight} at work; of all accounts`],
    ["Dead letters", String(queue.deadLetters)],
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  return [
    ...facts.flatMap(([name, value]) => (value === null ? [] : [`${name.padEnd(width)}  ${value}`])),
    ...(user.sessions.length === 0 ? [] : ["", ...sessionLines(user.sessions, now)]),
  ];
}

function work({ stage, quotaSince, deletionStep, keyReset }: UserDetails): string {
  if (deletionStep !== null) return `, at step ${deletionStep}`;
  if (quotaSince !== null) return `, at stage ${stage}, held up by a quota since ${quotaSince}`;
  if (keyReset) return ", with a key reset to finish";
  return stage === "complete" ? "" : `, at stage ${stage}`;
}

function sessionLines(sessions: readonly SessionLine[], now: Date): string[] {
  return table(
    ["STREAM", "STARTED", "LASTED", "INCIDENTS"],
    sessions.map(({ streamId, startedAt, endedAt, incidents }) => {
      const end = endedAt === null ? now : new Date(endedAt);
      const lasted = duration(Math.max(0, end.getTime() - new Date(startedAt).getTime()));
      return [streamId, startedAt, endedAt === null ? `${lasted}, on air` : lasted, String(incidents)];
    }),
  );
}
