import { demoChannel } from "./demo-channel.ts";
import type { RunFile } from "./run-file.ts";

export interface ReadyBlock {
  readonly run: RunFile;
  /** How a user reaches the folder, for example `.onair`. */
  readonly folder: string;
  /** Told after the first line, for example `ready after 93 s`. */
  readonly when: string;
}

/**
 * The addresses of the block that somebody may try, by their label.
 * They are probed before they are printed: one that does not answer has no place on the screen.
 */
export function addressesOf(run: RunFile): ReadonlyMap<string, string> {
  const demo = run.channels.find(({ name }) => name === demoChannel);
  const candidates = [
    ["Watch", run.webUrl],
    // The API's own description: its address alone is no route.
    ["API", run.apiUrl && `${run.apiUrl}/public/openapi.json`],
    ["Playback", demo?.playbackUrl],
    ["Chat", run.chatUrl],
    ["Send video", run.rtmpUrl],
  ] as const;
  return new Map(candidates.flatMap(([label, url]) => (url === undefined ? [] : [[label, url] as const])));
}

/** What `npm start` ends with, at most twelve lines. */
export function readyBlock({ run, folder, when }: ReadyBlock): string[] {
  const own = run.channels.filter(({ name }) => name !== demoChannel);
  const hints: Readonly<Record<string, string>> = {
    Watch: own.length < run.channels.length ? `  (${demoChannel} is live with a test clip)` : "",
    "Send video": own[0] === undefined ? "" : `  stream key: npx onair stream-key ${own[0].name}`,
  };
  const rows: [label: string, text: string][] = [
    ...[...addressesOf(run)].map(([label, url]): [string, string] => [label, url + (hints[label] ?? "")]),
    ["AWS endpoint", `${run.endpoint}  (${run.region}, account ${run.accountId})`],
    ["Channels", run.channels.map(({ name }) => name).join(", ") || "none"],
    ["Use it", `set -a; . ${folder}/cloud.env; set +a`],
    ["For scripts", `${folder}/run.json`],
    ["Logs", `${folder}/logs`],
    ["Stop", "Ctrl-C; what is in it stays for the next npm start"],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return [`Onair runs on this machine, ${when}.`, ...rows.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`)];
}
