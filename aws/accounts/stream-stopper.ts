import { type IvsClient, StopStreamCommand } from "@aws-sdk/client-ivs";
import type { StreamStopper } from "#domain/accounts/ports.ts";
import { askOfChannel } from "./presence.ts";
import { isNamed } from "./refusals.ts";

/** Ends streams in IVS. A stream that ends is still there for some seconds. */
export function createStreamStopper(ivs: IvsClient): StreamStopper {
  const stop = async (channelArn: string) => {
    try {
      await ivs.send(new StopStreamCommand({ channelArn }));
      return "stopping";
    } catch (error) {
      if (isNamed(error, "ChannelNotBroadcasting")) return "offline";
      throw error;
    }
  };
  return {
    stop: (channelArn) =>
      askOfChannel<"stopping" | "offline">(ivs, channelArn, "StopStream", () => stop(channelArn), "offline"),
  };
}
