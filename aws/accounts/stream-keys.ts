import {
  CreateStreamKeyCommand,
  DeleteStreamKeyCommand,
  type IvsClient,
  ListStreamKeysCommand,
} from "@aws-sdk/client-ivs";
import type { StreamKeys } from "#domain/accounts/ports.ts";
import { environmentTags } from "./ownership.ts";
import { askOfChannel } from "./presence.ts";
import { ask, CallFailedError, isNamed } from "./refusals.ts";

export interface StreamKeyPorts {
  readonly ivs: IvsClient;
  /** A client that asks once (`maxAttempts: 1`): repeated after a lost answer, CreateStreamKey is refused. */
  readonly ivsOnce: IvsClient;
  /** The environment's name, for example `dev`. */
  readonly environment: string;
}

/** Stream keys in IVS. The key that a channel is made with carries no tags. */
export function createStreamKeys({ ivs, ivsOnce, environment }: StreamKeyPorts): StreamKeys {
  return {
    list(channelArn) {
      const list = async () => {
        const { streamKeys = [] } = await ivs.send(new ListStreamKeysCommand({ channelArn }));
        return streamKeys.flatMap(({ arn }) => arn ?? []);
      };
      return askOfChannel(ivs, channelArn, "ListStreamKeys", list, []);
    },

    async create(channelArn) {
      const make = new CreateStreamKeyCommand({ channelArn, tags: environmentTags(environment) });
      const { streamKey } = await ask("CreateStreamKey", ivsOnce.send(make));
      if (streamKey?.arn === undefined) throw new CallFailedError("CreateStreamKey answered without an ARN");
      return streamKey.arn;
    },

    async remove(arn) {
      const removed = ivs.send(new DeleteStreamKeyCommand({ arn })).catch((error: unknown) => {
        if (!isNamed(error, "ResourceNotFoundException")) throw error;
      });
      await ask("DeleteStreamKey", removed);
    },
  };
}
