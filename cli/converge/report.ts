import type { Difference } from "#domain/converge/differences.ts";
import { CliError } from "../terminal/cli-error.ts";
import type { Found } from "./settle.ts";
import type { Deployed } from "./wanted.ts";

/** What a run looked at, found and did. */
export interface Convergence {
  readonly check: boolean;
  /** Channels, rooms, configurations and lists of tags. */
  looked: number;
  readonly found: Found[];
  /** Entries of the settings that the platform does not have yet. */
  readonly undeployed: readonly string[];
}

/** Whether something is not as settings say, at the end of the run. */
export const isLeft = ({ found, undeployed }: Convergence): boolean =>
  undeployed.length > 0 || found.some(({ outcome }) => outcome !== "changed");

/** `alice, channel: recordingConfigurationArn every-30-seconds -> every-10-seconds`. */
export function lineOf({ name, kind, differences, outcome, why }: Found, deployed: Deployed): string {
  const names = namesOf(deployed);
  const changes = differences.map(
    ({ attribute, is, wanted }: Difference) => `${attribute} ${shown(is, names)} -> ${shown(wanted, names)}`,
  );
  const left = outcome === "left" ? [`left, ${why}`] : [];
  return `${name}, ${kind}: ${[...left, ...changes].join("; ")}`;
}

/** Names of the rings' entries, and of the setting that is a policy, by ARN. */
const namesOf = (deployed: Deployed): ReadonlyMap<unknown, string> =>
  new Map(
    [
      ...[deployed.recordingConfigurations, deployed.loggingConfigurations].flatMap(Object.entries<string>),
      ["playback.restriction", deployed.playbackRestrictionPolicyArn] as const,
    ].map(([name, arn]) => [arn, name]),
  );

function shown(value: unknown, names: ReadonlyMap<unknown, string>): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map((one) => shown(one, names)).join("+");
  if (value === undefined || value === null || value === "") return "none";
  return names.get(value) ?? (typeof value === "object" ? JSON.stringify(value) : String(value));
}

const count = ({ found }: Convergence, wanted: Found["outcome"]): number =>
  found.filter(({ outcome }) => outcome === wanted).length;

/** The last line of the answer. */
export function summaryLine(convergence: Convergence): string {
  const { check, looked, found, undeployed } = convergence;
  if (found.length === 0 && undeployed.length === 0) return `Nothing to do: all ${looked} are as settings say.`;
  const done = check ? `${count(convergence, "differs")} to change` : `${count(convergence, "changed")} changed`;
  return `Looked at ${looked}: ${done}, ${count(convergence, "left")} left.`;
}

/** Why the run does not end well. */
export function leftError(convergence: Convergence): CliError {
  const { check, found, undeployed } = convergence;
  const waiting = undeployed.length > 0 ? [`Not deployed yet: ${undeployed.join(", ")}.`] : [];
  const left = found
    .filter(({ outcome }) => outcome === "left")
    .map(({ name, kind, why }) => `${name}, ${kind}: ${why}`);
  const what = check ? "Not everything is as settings say." : "Something is left to do.";
  const cure = check
    ? "Carry it out: onair converge"
    : `${undeployed.length > 0 ? "Deploy, then" : "When that is over"}: onair converge`;
  return new CliError("DIFFERENCES_LEFT", what, [...left.slice(0, 3), ...waiting].join("\n"), cure);
}
