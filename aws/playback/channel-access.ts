import { GetChannelCommand, type IvsClient, UpdateChannelCommand } from "@aws-sdk/client-ivs";
import { ServiceError } from "#domain/accounts/service-error.ts";
import type { ChannelAccess } from "#domain/playback/change-access.ts";
import { ask } from "../accounts/refusals.ts";

/** Makes channels private and public in IVS. */
export const createChannelAccess = (ivs: IvsClient): ChannelAccess => ({
  async set(channelArn, access) {
    const authorized = access === "private";
    const isLive = await update(ivs, channelArn, authorized);
    const { channel } = await ask("GetChannel", ivs.send(new GetChannelCommand({ arn: channelArn })));
    if (channel?.authorized === authorized) return "changed";
    if (isLive) return "live";
    // The next try finds out; until then nobody is told that a channel is private which is not.
    throw new ServiceError("UNAVAILABLE", "UpdateChannel");
  },
});

/** Whether IVS refused because the channel is live. */
async function update(ivs: IvsClient, arn: string, authorized: boolean): Promise<boolean> {
  try {
    await ask("UpdateChannel", ivs.send(new UpdateChannelCommand({ arn, authorized })));
    return false;
  } catch (error) {
    if (error instanceof ServiceError && error.code === "CONFLICT") return true;
    throw error;
  }
}
