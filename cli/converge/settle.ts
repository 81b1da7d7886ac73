import { type ConvergeClients, carryOut } from "#aws/converge/carry-out.ts";
import type { Pace } from "#domain/accounts/ports.ts";
import { isGone } from "#domain/accounts/service-error.ts";
import type { Difference } from "#domain/converge/differences.ts";
import { settleAccess } from "#domain/converge/settle-access.ts";
import { differencesOf, type Step, stepsFor } from "#domain/converge/steps.ts";
import type { ChangeAccessPorts } from "#domain/playback/change-access.ts";
import type { Subject } from "./subjects.ts";

/** Something that is, or was, not as settings say. */
export interface Found {
  readonly name: string;
  readonly kind: Subject["kind"];
  readonly arn: string;
  readonly differences: readonly Difference[];
  /** "differs" is what a check says of all that could be changed. */
  readonly outcome: "changed" | "differs" | "left";
  /** Why it is left. */
  readonly why?: string;
}

export interface Settling extends ConvergeClients {
  readonly check: boolean;
  readonly pace: Pace;
  readonly slowPace: Pace;
  /** Since when, by ARN, as far as channels are live. */
  readonly live: ReadonlyMap<string, string>;
  readonly access: ChangeAccessPorts;
}

const unchangeable = "IVS changes no recording configuration: add an entry of another name before it";

/** Makes one thing be as it is wanted; undefined where it is. */
export async function settle(subject: Subject, settling: Settling): Promise<Found | undefined> {
  const { name, kind, arn } = subject;
  if ("problem" in subject) return { name, kind, arn, differences: [], outcome: "left", why: subject.problem };
  const differences = differencesOf(subject);
  if (differences.length === 0) return undefined;
  const found = { name, kind, arn, differences };
  const steps = stepsFor(subject);
  if (steps.length === 0) return { ...found, outcome: "left", why: unchangeable };
  const since = settling.live.get(arn);
  if (since !== undefined) return { ...found, outcome: "left", why: `live since ${since}` };
  if (settling.check) return { ...found, outcome: "differs" };
  const why = await takeSteps(subject, steps, settling);
  return why === undefined ? { ...found, outcome: "changed" } : { ...found, outcome: "left", why };
}

/** Why something is left, if it is. */
async function takeSteps({ arn, sub }: Subject, steps: readonly Step[], settling: Settling) {
  for (const step of steps) {
    const why = await takeStep(arn, sub, step, settling);
    if (why !== undefined) return why;
  }
  return undefined;
}

const reasons = {
  live: "it went live",
  gone: "it is not there any more, or what it is to name",
  refused: "the service does not take this",
  busy: "its account is being changed now",
} as const;

/** A channel that went meanwhile ends nothing but its own turn. */
const unlessGone = <Outcome>(settling: Promise<Outcome>): Promise<Outcome | "gone"> =>
  settling.catch((error: unknown) => {
    if (isGone(error)) return "gone" as const;
    throw error;
  });

async function takeStep(arn: string, sub: string | undefined, step: Step, settling: Settling) {
  const pace = step.kind === "tag" || step.kind === "untag" ? settling.slowPace : settling.pace;
  const make = async (one: Step) => {
    const outcome = await carryOut(settling, pace, arn, one);
    return outcome === "done" ? undefined : reasons[outcome];
  };
  if (sub === undefined || step.kind !== "update-channel" || !("authorized" in step.changes)) return make(step);
  // Whether it is private is the owner's to say, who may be saying it now.
  await pace.turn("UpdateChannel");
  const outcome = await unlessGone(settleAccess(sub, settling.access));
  if (outcome !== "changed") return reasons[outcome];
  const { authorized: _settled, ...changes } = step.changes;
  return Object.keys(changes).length === 0 ? undefined : make({ kind: step.kind, changes });
}
