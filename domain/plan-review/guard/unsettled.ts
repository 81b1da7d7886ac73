import type { ResourceChange } from "../plan.ts";
import { type Objection, type Rule, written } from "./finding.ts";
import { changedNames, textAt, valueAt, word } from "./values.ts";

const updates = (changes: readonly ResourceChange[], type: string): readonly ResourceChange[] =>
  changes.filter((change) => change.type === type && change.mode === "managed" && change.action === "update");

const arnOf = ({ before }: ResourceChange): string => textAt(before, "arn") ?? "";

/** A channel or room, what is said of it, and the command that does what Terraform cannot. */
const objection = (change: ResourceChange, command: string, ...details: readonly string[]): Objection => ({
  address: change.address,
  details: [textAt(change.before, "name") ?? arnOf(change), ...details],
  command,
});

const limits = ["maximum_message_length", "maximum_message_rate_per_second"] as const;

function roomLimits(change: ResourceChange): Objection[] {
  const changed = changedNames(change.before, change.after, change.afterUnknown);
  const settles = changed.has("name") || changed.has("message_review_handler");
  if (settles || !limits.some((limit) => changed.has(limit))) return [];
  const flags = limits
    .filter((limit) => changed.has(limit))
    .map((limit) => `--${limit.replaceAll("_", "-")} ${Number(valueAt(change.after, limit))}`);
  return [objection(change, `aws ivschat update-room --identifier ${word(arnOf(change))} ${flags.join(" ")}`)];
}

const handlerBlock = "message_review_handler";

function handlerDropped(change: ResourceChange): Objection[] {
  const was = textAt(change.before, handlerBlock, 0, "uri");
  if (was === undefined || valueAt(change.after, handlerBlock, 0) !== undefined) return [];
  if (valueAt(change.afterUnknown, handlerBlock) === true) return [];
  return [
    objection(change, `aws ivschat update-room --identifier ${word(arnOf(change))} --message-review-handler uri=`, was),
  ];
}

/** A recording that no plan takes away: the attribute is computed, so that leaving it out changes nothing. */
function recordsInSilence(change: ResourceChange, said: Readonly<Record<string, unknown>> | undefined): Objection[] {
  const recorded = textAt(change.after, "recording_configuration_arn");
  const isConfigured =
    said === undefined || ("recording_configuration_arn" in said && said.recording_configuration_arn !== "");
  if (recorded === undefined || isConfigured) return [];
  const command = `aws ivs update-channel --arn ${word(arnOf(change))} --recording-configuration-arn ""`;
  return [objection(change, command, recorded)];
}

/** By Cloud Control: all else would replace it, unless what it is to be is not known while planning. */
const changesTagsAlone = ({ before, afterUnknown }: ResourceChange): boolean =>
  textAt(before, "desired_state") !== undefined && valueAt(afterUnknown, "desired_state") !== true;

/** Changes that AWS provider 5.100 plans and cannot carry out, or does not plan although the configuration asks for them. */
export const unsettledRules: readonly Rule[] = [
  {
    id: "authorized-off",
    reason: "Terraform cannot make a private channel public: it waits five minutes and fails, and changes nothing.",
    remedy: "Run onair converge, or the command, then plan again.",
    find: ({ changes }) =>
      updates(changes, "aws_ivs_channel")
        .filter(({ before, after }) => valueAt(before, "authorized") === true && valueAt(after, "authorized") === false)
        .map((change) => objection(change, `aws ivs update-channel --arn ${word(arnOf(change))} --no-authorized`)),
  },
  {
    id: "recording-off",
    reason: "The configuration does not have it recorded, Terraform plans no change, and it would go on recording.",
    remedy: "Run onair converge, or the command, then plan again.",
    find: ({ changes, configured }) =>
      changes
        .filter(({ type, mode, action }) => type === "aws_ivs_channel" && mode === "managed" && action !== "delete")
        .filter(({ before }) => before !== null)
        .flatMap((change) => recordsInSilence(change, configured.get(change.address.replace(/\[.*\]$/, "")))),
  },
  {
    id: "room-limits-alone",
    reason: "The service makes this change, and Terraform waits five minutes for it and fails.",
    remedy: "Run onair converge, or the command, or let the room's name change with its limits; then plan again.",
    find: ({ changes }) => updates(changes, "aws_ivschat_room").flatMap(roomLimits),
  },
  {
    id: "review-handler-dropped",
    reason:
      "Terraform cannot take a room's review handler away by leaving its block out: it waits five minutes and fails.",
    remedy: "Write the block with an empty uri, or run onair converge, or the command; then plan again.",
    find: ({ changes }) => updates(changes, "aws_ivschat_room").flatMap(handlerDropped),
  },
  {
    id: "recording-changed-in-place",
    reason: "Terraform plans to change the recording configuration in place, and fails: nothing can change one.",
    remedy:
      "Put the entry back, add one of another name before it with the new values, and run onair converge after the apply.",
    find: ({ changes }) =>
      updates(changes, "aws_ivs_recording_configuration")
        .filter((change) => !changesTagsAlone(change))
        .map(({ address, before }) => ({ address, details: [textAt(before, "name") ?? ""] })),
  },
  {
    id: "private-channel-public",
    reason: "The settings call this channel private, and anybody could watch it.",
    remedy: "Set authorized on the channel, or call it public in the settings.",
    find: (plan, { privateChannels }) =>
      written(plan, "aws_ivs_channel")
        .filter(({ after }) => valueAt(after, "authorized") !== true)
        .filter(({ after }) => privateChannels?.has(textAt(after, "name") ?? "") === true)
        .map((change) => ({ address: change.address, details: [textAt(change.after, "name") ?? ""] })),
  },
  {
    id: "check-failed",
    reason: "A condition that the configuration states does not hold.",
    remedy: "Do what the message says, then plan again.",
    find: ({ failedChecks }) => failedChecks.map(({ address, messages }) => ({ address, details: messages })),
  },
  {
    id: "plan-broken-off",
    reason: "Planning broke off by an error: what would be changed besides is not known.",
    remedy: "Cure what terraform plan says, then plan again.",
    find: ({ errored }) => (errored ? [{ address: "all of the stack", details: [] }] : []),
  },
];
