import { arnFor } from "../service-model/arn.ts";
import { quotaExceeded } from "../service-model/error.ts";
import { find } from "../service-model/find.ts";
import type { Shapes } from "../service-model/generated/ivs.types.ts";
import { newId } from "../service-model/identifiers.ts";
import { page } from "../service-model/pages.ts";
import { pick } from "../service-model/pick.ts";
import { invalidInput } from "../service-model/respond.ts";
import { type Settling, stateAt } from "../service-model/settle.ts";
import { refuseWhileUsed } from "./in-use.ts";
import type { IvsCall, Operation } from "./state.ts";

/** A recording configuration as it is kept; its state follows from the clock. */
export type RecordingConfiguration = Required<Omit<Shapes["RecordingConfiguration"], "state">> & {
  readonly settling: Settling<Shapes["RecordingConfigurationState"]>;
};

/** As IVS answers it, at a moment in milliseconds since 1970. */
export const show = (configuration: RecordingConfiguration, now: number): Shapes["RecordingConfiguration"] => {
  const { settling, ...shown } = configuration;
  return { ...shown, state: stateAt(settling, now) };
};

const thumbnailsFor = (asked: Shapes["ThumbnailConfiguration"] = {}): Shapes["ThumbnailConfiguration"] =>
  asked.recordingMode === "DISABLED"
    ? asked
    : { recordingMode: "INTERVAL", targetIntervalSeconds: 60, storage: ["SEQUENTIAL"], ...asked };

/**
 * The state that creation ends in. A bucket of another region is refused, except in us-east-1, where creation
 * succeeds and ends CREATE_FAILED (a known issue in the API reference).
 */
const outcomeFor = async ({ region, accountId, settings }: IvsCall, bucketName: string) => {
  const bucketRegion = (await settings.bucketRegion(bucketName, accountId)) ?? region;
  if (bucketRegion === region) return "ACTIVE";
  if (region === "us-east-1") return "CREATE_FAILED";
  const message = `The bucket must be in ${region}, it is in ${bucketRegion}`;
  throw invalidInput([{ path: "destinationConfiguration.s3.bucketName", message }]);
};

export const createRecordingConfiguration: Operation<"CreateRecordingConfiguration"> = async (call, input) => {
  const { tables, settings, now } = call;
  const after = await outcomeFor(call, input.destinationConfiguration.s3?.bucketName ?? "");
  const limit = settings.quotas.recordingConfigurations;
  if (tables.recordingConfigurations.size >= limit) throw quotaExceeded("recording configurations", limit);
  const configuration: RecordingConfiguration = {
    arn: arnFor("ivs", call, "recording-configuration", newId()),
    name: input.name ?? "",
    destinationConfiguration: input.destinationConfiguration,
    thumbnailConfiguration: thumbnailsFor(input.thumbnailConfiguration),
    recordingReconnectWindowSeconds: input.recordingReconnectWindowSeconds ?? 0,
    renditionConfiguration: { renditionSelection: "ALL", renditions: [], ...input.renditionConfiguration },
    tags: input.tags ?? {},
    settling: { before: "CREATING", after, at: now + settings.settleMilliseconds },
  };
  tables.recordingConfigurations.put(configuration.arn, configuration);
  return { recordingConfiguration: show(configuration, now) };
};

export const getRecordingConfiguration: Operation<"GetRecordingConfiguration"> = (call, { arn }) => ({
  recordingConfiguration: show(find(call.tables.recordingConfigurations, arn), call.now),
});

export const listRecordingConfigurations: Operation<"ListRecordingConfigurations"> = (call, input) => {
  const { tables, accountId, region, now } = call;
  const scope = ["ListRecordingConfigurations", accountId, region];
  const all = tables.recordingConfigurations.all();
  const { items, nextToken } = page(all, input, { scope, size: 100, key: ({ arn }) => arn });
  const summary = ["arn", "name", "destinationConfiguration", "state", "tags"] as const;
  return { recordingConfigurations: items.map((item) => pick(show(item, now), summary)), nextToken };
};

export const deleteRecordingConfiguration: Operation<"DeleteRecordingConfiguration"> = (call, { arn }) => {
  find(call.tables.recordingConfigurations, arn);
  refuseWhileUsed(call, "recordingConfigurationArn", arn);
  call.tables.recordingConfigurations.delete(arn);
  return undefined;
};
