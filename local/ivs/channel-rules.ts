import { find } from "../service-model/find.ts";
import { invalidInput } from "../service-model/respond.ts";
import { stateAt } from "../service-model/settle.ts";
import type { Channel } from "./channel.ts";
import type { IvsCall } from "./state.ts";

const isAdvanced = ({ type }: Pick<Channel, "type">) => type === "ADVANCED_SD" || type === "ADVANCED_HD";

/** The transcode preset that a channel of this type ends up with; only the advanced types have one. */
export const presetFor = (channel: Pick<Channel, "type" | "preset">, asked: Channel["preset"] | undefined) => {
  if (!isAdvanced(channel)) return asked ?? "";
  return channel.preset === "" ? "HIGHER_BANDWIDTH_DELIVERY" : channel.preset;
};

/** What the API reference says about multitrack input, as far as a single channel shows it. */
const multitrackProblem = ({ type, containerFormat, multitrackInputConfiguration: multitrack }: Channel) => {
  if (!multitrack?.enabled) return undefined;
  if (type !== "STANDARD") return "Multitrack input can be enabled only for channel type STANDARD";
  if (multitrack.policy === undefined || multitrack.maximumResolution === undefined) {
    return "Multitrack input that is enabled needs policy and maximumResolution";
  }
  return containerFormat === "FRAGMENTED_MP4" ? undefined : "Multitrack input needs containerFormat FRAGMENTED_MP4";
};

const checkRecording = ({ tables, now }: IvsCall, arn: string) => {
  const state = stateAt(find(tables.recordingConfigurations, arn).settling, now);
  if (state === "ACTIVE") return;
  // Documented: a configuration is ready for recording when ACTIVE. The error for another state is unverified.
  throw invalidInput([{ path: "recordingConfigurationArn", message: `${arn} must be ACTIVE, it is ${state}` }]);
};

/**
 * Checks what no single field shows: fields against each other, and the resources that the input names.
 * Throws ValidationException or ResourceNotFoundException.
 */
export const checkChannel = (call: IvsCall, channel: Channel, input: Partial<Channel>) => {
  if (channel.preset !== "" && !isAdvanced(channel)) {
    throw invalidInput([{ path: "preset", message: "Only channel types ADVANCED_SD and ADVANCED_HD have a preset" }]);
  }
  const multitrack = multitrackProblem(channel);
  if (multitrack) throw invalidInput([{ path: "multitrackInputConfiguration", message: multitrack }]);
  const { recordingConfigurationArn, playbackRestrictionPolicyArn, adConfigurationArn } = input;
  if (recordingConfigurationArn) checkRecording(call, recordingConfigurationArn);
  if (playbackRestrictionPolicyArn) find(call.tables.playbackRestrictionPolicies, playbackRestrictionPolicyArn);
  if (adConfigurationArn) find(call.tables.adConfigurations, adConfigurationArn);
};
