import { GetChannelCommand, type IvsClient, UpdateChannelCommand } from "@aws-sdk/client-ivs";
import { ServiceError } from "#domain/accounts/service-error.ts";
import type { ChannelAccess } from "#domain/playback/change-access.ts";
import { ask } from "../accounts/refusals.ts";

/** Makes channels private and public in IVS. */
export const createChannelAccess = (ivs: IvsClient): ChannelAccess => ({
  async set(channelArn, access) {
    const authorized = access === "private";
    try {
      await ask("UpdateChannel", ivs.send(new UpdateChannelCommand({ arn: channelArn, authorized })));
    } catch (error) {
      if (error instanceof ServiceError && error.code === "CONFLICT") return "live";
      throw error;
    }
    const { channel } = await ask("GetChannel", ivs.send(new GetChannelCommand({ arn: channelArn })));
    // The next try finds out; until then nobody is told that a channel is private which is not.
    if (channel?.authorized !== authorized) throw new ServiceError("UNAVAILABLE", "UpdateChannel");
    return "changed";
  },
});
