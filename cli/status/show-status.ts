import { duration } from "../terminal/duration.ts";
import { table } from "../terminal/table.ts";
import type { ChannelStatus, Status } from "./status.ts";

/** The status as lines for people: parts, then channels; one record a line. */
export function statusLines({ target, channels }: Status, now: Date): string[] {
  const parts = target.kind === "local" ? target.parts : [];
  const account = `${target.accountId} in ${target.region}`;
  return [
    ...(target.kind === "aws" ? [`Account ${account}`, ""] : []),
    ...(parts.length > 0 ? table(["PART", "STATE", "ADDRESS"], parts.map(partRow)).concat("") : []),
    ...(channels.length > 0
      ? table(
          ["CHANNEL", "STATE", "SINCE", "VIEWERS", "HEALTH"],
          channels.map((channel) => channelRow(channel, now)),
        )
      : ["No channels."]),
  ];
}

function partRow({ name, state, address }: { name: string; state: string; address: string | null }): string[] {
  return [name, state, address ?? ""];
}

function channelRow({ name, state, since, viewers, health }: ChannelStatus, now: Date): string[] {
  if (since === null) return [name || "(no name)", state];
  const start = new Date(since);
  const time = `${since.slice(0, 19).replace("T", " ")}Z, ${duration(Math.max(0, now.getTime() - start.getTime()))}`;
  return [name || "(no name)", state, time, String(viewers ?? ""), health ?? ""];
}
