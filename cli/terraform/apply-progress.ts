import type { ResourceCounts } from "./terraform-text.ts";
import { parseApplied, parsePlanned, sum } from "./terraform-text.ts";

/** How far an apply has got, read from what Terraform prints. */
export interface ApplyProgress {
  readonly phase: "preparing" | "comparing" | "applying" | "applied";
  /** Known once Terraform has planned. */
  readonly planned?: ResourceCounts;
  /** Resources compared with what is really there. */
  readonly compared: number;
  /** Resources made, changed, removed or adopted so far. */
  readonly done: number;
  /** What is in progress, and since when, oldest first. */
  readonly running: ReadonlyMap<string, number>;
  /** Only there when Terraform itself said that it was through. */
  readonly applied?: ResourceCounts;
}

export const noProgress: ApplyProgress = { phase: "preparing", compared: 0, done: 0, running: new Map() };

const begins = /^(.+): (?:Creating|Modifying|Destroying|Importing)\.\.\.(?: \[.*)?$/;
const ends = /^(.+): (?:Creation|Modifications|Destruction|Import) complete(?: after .+| \[.*)?$/;
const compares = /^.+: Refreshing state\.\.\./;

/**
 * The progress after one more line of Terraform's.
 *
 * @param now milliseconds of any clock; {@link progressText} needs the same one
 */
export function nextProgress(progress: ApplyProgress, line: string, now: number): ApplyProgress {
  if (compares.test(line)) return { ...progress, phase: "comparing", compared: progress.compared + 1 };
  const planned = parsePlanned(line);
  if (planned) return { ...progress, phase: "applying", planned };
  const applied = parseApplied(line);
  if (applied) return { ...progress, phase: "applied", applied, running: new Map() };
  const beginning = begins.exec(line)?.[1];
  if (beginning) return { ...progress, running: new Map(progress.running).set(resourceName(beginning), now) };
  const ending = ends.exec(line)?.[1];
  if (ending) {
    const running = new Map(progress.running);
    running.delete(resourceName(ending));
    return { ...progress, running, done: progress.done + 1 };
  }
  return progress;
}

/** `lobby/room` of `aws_ivschat_room.lobby_room_5A1C (lobby/room)`, or the address where no path is said. */
export function resourceName(resource: string): string {
  const [, type, path] = /^(?:.*\.)?([^.]+)\.\S+ \(([^()]+)\)(?: \(deposed .+\))?$/.exec(resource) ?? [];
  return path && type && !path.startsWith("deposed") ? `${path} (${type})` : resource;
}

/** `41 of 60, lobby/room 12 s, 2 more`. */
export function progressText({ phase, planned, compared, done, running }: ApplyProgress, now: number): string {
  if (phase === "preparing") return "";
  if (phase === "comparing") return `${compared} compared`;
  const [first, ...others] = running;
  const doing = first ? `, ${first[0].replace(/ \(.*$/, "")} ${Math.round((now - first[1]) / 1000)} s` : "";
  return `${done} of ${planned ? sum(planned) : "?"}${doing}${others.length > 0 ? `, ${others.length} more` : ""}`;
}
