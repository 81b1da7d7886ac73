import { conflict } from "../service-model/error.ts";
import type { IvsCall } from "./state.ts";

type Reference = "recordingConfigurationArn" | "playbackRestrictionPolicyArn" | "adConfigurationArn";

/** Throws ConflictException where a channel refers to this resource. */
export const refuseWhileUsed = ({ tables }: IvsCall, reference: Reference, arn: string) => {
  const user = tables.channels.all().find((channel) => channel[reference] === arn);
  if (user) throw conflict(arn, `Resource: ${arn} is in use by channel ${user.arn}`);
};
