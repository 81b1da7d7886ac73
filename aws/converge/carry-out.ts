import {
  type IvsClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateChannelCommand,
  type UpdateChannelRequest,
} from "@aws-sdk/client-ivs";
import { type IvschatClient, UpdateRoomCommand, type UpdateRoomRequest } from "@aws-sdk/client-ivschat";
import type { Pace } from "#domain/accounts/ports.ts";
import { ServiceError } from "#domain/accounts/service-error.ts";
import type { ChannelState, RoomState } from "#domain/converge/state.ts";
import type { Step } from "#domain/converge/steps.ts";
import { ask, CallFailedError, isNamed } from "../accounts/refusals.ts";
import { multitrackInput } from "../ivs/multitrack.ts";

export interface ConvergeClients {
  readonly ivs: IvsClient;
  readonly chat: IvschatClient;
}

/** Why a call did nothing, where that concerns what it was about, and nothing else. */
export type Refusal = "live" | "gone" | "refused";

/**
 * Makes one call; answers why the service refused it, if it did: the channel is live, it or what it is to name is not
 * there, or the service does not take such values.
 *
 * @throws ServiceError, CallFailedError
 */
export async function carryOut(
  { ivs, chat }: ConvergeClients,
  pace: Pace,
  arn: string,
  step: Step,
): Promise<"done" | Refusal> {
  const call = callFor({ ivs, chat }, arn, step);
  await pace.turn(call.operation);
  try {
    await ask(call.operation, call.send());
    return "done";
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    return refusal;
  }
}

function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof ServiceError && error.code === "CONFLICT") return "live";
  if (!(error instanceof CallFailedError)) return undefined;
  if (isNamed(error.cause, "ResourceNotFoundException")) return "gone";
  return isNamed(error.cause, "ValidationException") ? "refused" : undefined;
}

interface Call {
  readonly operation: string;
  readonly send: () => Promise<unknown>;
}

function callFor({ ivs, chat }: ConvergeClients, arn: string, step: Step): Call {
  switch (step.kind) {
    case "update-channel": {
      const input = { arn, ...channelInput(step.changes) } as UpdateChannelRequest;
      return { operation: "UpdateChannel", send: () => ivs.send(new UpdateChannelCommand(input)) };
    }
    case "update-room": {
      const input = { identifier: arn, ...roomInput(step.changes) } as UpdateRoomRequest;
      return { operation: "UpdateRoom", send: () => chat.send(new UpdateRoomCommand(input)) };
    }
    case "tag": {
      const input = { resourceArn: arn, tags: { ...step.tags } };
      return { operation: "TagResource", send: () => ivs.send(new TagResourceCommand(input)) };
    }
    case "untag": {
      const input = { resourceArn: arn, tagKeys: [...step.keys] };
      return { operation: "UntagResource", send: () => ivs.send(new UntagResourceCommand(input)) };
    }
  }
}

const channelInput = ({ multitrack, ...changes }: Partial<ChannelState>) =>
  multitrack === undefined ? changes : { ...changes, ...multitrackInput(multitrack) };

/** An empty address is how the service takes a handler away. */
const roomInput = (changes: Partial<RoomState>) =>
  changes.messageReviewHandler === null ? { ...changes, messageReviewHandler: { uri: "" } } : changes;
