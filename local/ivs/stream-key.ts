import { arnFor } from "../service-model/arn.ts";
import { quotaExceeded } from "../service-model/error.ts";
import { find } from "../service-model/find.ts";
import type { Shapes } from "../service-model/generated/ivs.types.ts";
import { newId, randomText } from "../service-model/identifiers.ts";
import { page } from "../service-model/pages.ts";
import { pick } from "../service-model/pick.ts";
import { batchOf } from "./batch.ts";
import type { IvsCall, Operation } from "./state.ts";

/** The stream keys of a channel. */
export const keysOfChannel = ({ tables }: IvsCall, channelArn: string) =>
  tables.streamKeys.all().filter((key) => key.channelArn === channelArn);

/** Gives a channel one more stream key. Throws ServiceQuotaExceededException. */
export const addStreamKey = (call: IvsCall, channelArn: string, tags: Shapes["Tags"]) => {
  const { region, tables, settings } = call;
  const limit = settings.quotas.streamKeysPerChannel;
  if (keysOfChannel(call, channelArn).length >= limit) throw quotaExceeded("stream key per channel", limit);
  const value = `sk_${region}_${newId()}_${randomText(30)}`;
  const key = { arn: arnFor("ivs", call, "stream-key", newId()), value, channelArn, tags };
  tables.streamKeys.put(key.arn, key);
  return key;
};

export const createStreamKey: Operation<"CreateStreamKey"> = (call, { channelArn, tags = {} }) => {
  find(call.tables.channels, channelArn);
  return { streamKey: addStreamKey(call, channelArn, tags) };
};

export const getStreamKey: Operation<"GetStreamKey"> = (call, { arn }) => ({
  streamKey: find(call.tables.streamKeys, arn),
});

export const batchGetStreamKey: Operation<"BatchGetStreamKey"> = (call, { arns }) => {
  const { found, errors } = batchOf(arns, (arn) => find(call.tables.streamKeys, arn));
  return { streamKeys: found, errors };
};

export const deleteStreamKey: Operation<"DeleteStreamKey"> = (call, { arn }) => {
  call.tables.streamKeys.delete(find(call.tables.streamKeys, arn).arn);
  return undefined;
};

export const listStreamKeys: Operation<"ListStreamKeys"> = (call, input) => {
  find(call.tables.channels, input.channelArn);
  const scope = ["ListStreamKeys", input.channelArn];
  const keys = keysOfChannel(call, input.channelArn);
  const { items, nextToken } = page(keys, input, { scope, size: 1, key: ({ arn }) => arn });
  return { streamKeys: items.map((key) => pick(key, ["arn", "channelArn", "tags"])), nextToken };
};
