import { CreateChannelCommand, CreateRecordingConfigurationCommand } from "@aws-sdk/client-ivs";
import { type Probe, refusalOf } from "./probe.ts";

const toBucket = (bucketName: string) => ({ destinationConfiguration: { s3: { bucketName } } });

/** What can be asked about recording with a bucket, without a stream. */
export const onRecording: readonly Probe[] = [
  {
    place: "local/ivs/channel-rules.ts",
    fact: "a channel takes no recording configuration that is still being made, by a ValidationException",
    run: async ({ ivs, name, tags, stack }) => {
      const given = { name: `${name}-early`, tags: { ...tags } };
      const made = await ivs.send(new CreateRecordingConfigurationCommand({ ...given, ...toBucket(stack.bucketName) }));
      const { arn, state } = made.recordingConfiguration ?? {};
      if (state !== "CREATING") return { agrees: undefined, seen: `it is ${state} at once` };
      const refused = await refusalOf(ivs.send(new CreateChannelCommand({ ...given, recordingConfigurationArn: arn })));
      return { agrees: refused?.name === "ValidationException", seen: refused?.name ?? "taken, or it was quicker" };
    },
  },
  {
    place: "local/ivs/rules.ts",
    fact: "thumbnails by interval need one",
    run: async ({ ivs, name, tags, stack }) => {
      const create = new CreateRecordingConfigurationCommand({
        ...{ name: `${name}-interval`, tags: { ...tags } },
        ...toBucket(stack.bucketName),
        thumbnailConfiguration: { recordingMode: "INTERVAL" },
      });
      const refused = await refusalOf(ivs.send(create));
      return { agrees: refused?.name === "ValidationException", seen: refused?.name ?? "taken" };
    },
  },
];
