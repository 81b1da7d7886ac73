import type { Plan, ResourceChange } from "../plan.ts";
import { type Facts, lost, type Rule } from "./finding.ts";
import { listAt, textAt } from "./values.ts";

interface Use {
  readonly id: string;
  readonly type: string;
  readonly user: string;
  /** Absent where the provider has none: no plan points a user elsewhere, converge does. */
  readonly attribute?: string;
  readonly reason: string;
  readonly remedy: string;
}

const remedy = "Add an entry before it, apply that, run onair converge, and remove this one when nothing names it.";

const uses: readonly Use[] = [
  {
    id: "recording-in-use",
    type: "aws_ivs_recording_configuration",
    user: "aws_ivs_channel",
    attribute: "recording_configuration_arn",
    reason: "Channels still record by it: IVS refuses to delete a recording configuration in use.",
    remedy,
  },
  {
    id: "logging-in-use",
    type: "aws_ivschat_logging_configuration",
    user: "aws_ivschat_room",
    attribute: "logging_configuration_identifiers",
    reason: "Rooms still log by it: their messages would go nowhere.",
    remedy,
  },
  {
    id: "restriction-in-use",
    type: "aws_ivs_playback_restriction_policy",
    user: "aws_ivs_channel",
    reason: "Channels still name it: IVS refuses to delete a playback restriction policy in use.",
    remedy: "Run onair converge, which takes it from channels as settings say, then plan again.",
  },
];

/** Addresses of those who name it: after the plan, or until its last step where it goes before them. */
function usersOf(plan: Plan, gone: ResourceChange, { user, attribute }: Use): string[] {
  const arn = textAt(gone.before, "arn");
  if (arn === undefined || attribute === undefined) return [];
  const goesFirst = gone.action === "replace" && gone.replaceOrder !== "create-first";
  return plan.changes
    .filter(({ type, action }) => type === user && action !== "delete")
    .filter(({ before, after }) => listAt(goesFirst ? before : after, attribute).includes(arn))
    .map(({ address }) => address)
    .sort();
}

/** Those on the target that the plan does not know, as channels and rooms of users: it cannot point them elsewhere. */
function strangersOf({ changes }: Plan, gone: ResourceChange, { users }: Facts, { user, attribute }: Use): string[] {
  const ours = changes.filter(({ type, action }) => type === user && (attribute !== undefined || action === "delete"));
  const known = new Set(ours.map(({ before }) => textAt(before, "arn")));
  return (users?.get(textAt(gone.before, "arn") ?? "") ?? [])
    .filter(({ arn }) => !known.has(arn))
    .map(({ arn, name }) => `${name === "" ? "" : `${name}, `}${arn}${attribute === undefined ? "" : ", in no plan"}`)
    .sort();
}

/** A configuration goes only when nothing names it: nothing of the stack, and nothing that users made, if they were asked for. */
export const inUseRules: readonly Rule[] = uses.map((use) => ({
  id: use.id,
  reason: use.reason,
  remedy: use.remedy,
  find: (plan: Plan, facts: Facts) =>
    lost(plan, use.type).flatMap((gone) => {
      const users = [...usersOf(plan, gone, use), ...strangersOf(plan, gone, facts, use)];
      return users.length === 0 ? [] : [{ address: gone.address, details: users }];
    }),
}));
