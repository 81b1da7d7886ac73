import type { ResourceChange } from "../plan.ts";
import type { Facts, Rule } from "./finding.ts";
import { changedNames, textAt } from "./values.ts";

/** Written by TagResource, which a channel that is live does not refuse. */
const tagNames: ReadonlySet<string> = new Set(["tags", "tags_all"]);

const operations: Partial<Record<ResourceChange["action"], string>> = {
  update: "ivs:UpdateChannel",
  replace: "ivs:DeleteChannel",
  delete: "ivs:DeleteChannel",
};

/** Unverified: the service's words are from a report of the field. */
const refusal = (operation: string, arn: string): string =>
  `ConflictException: Unable to perform: ${operation} while resource: ${arn} is live`;

function objectionTo({ address, action, before, after, afterUnknown }: ResourceChange, facts: Facts) {
  const operation = operations[action];
  const arn = textAt(before, "arn") ?? "";
  const live = facts.liveChannels?.get(arn);
  if (operation === undefined || live === undefined) return [];
  const changed = [...changedNames(before, after, afterUnknown)];
  if (action === "update" && changed.every((name) => tagNames.has(name))) return [];
  const name = textAt(before, "name") ?? arn;
  return [{ address, details: [name, `live since ${live.since}`, refusal(operation, arn)] }];
}

/** IVS changes no channel while it is live. */
export const liveRules: readonly Rule[] = [
  {
    id: "live-channel",
    reason: "The channel is live now: IVS refuses to change or delete it, and the apply would fail half-way.",
    remedy: "Wait until the stream has ended, then plan again.",
    find: ({ changes }, facts) =>
      changes.filter(({ type }) => type === "aws_ivs_channel").flatMap((change) => objectionTo(change, facts)),
  },
];
