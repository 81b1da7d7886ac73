import * as v from "valibot";

/** Policies that functions of the platform have (stacks/doctor/grants.ts). */
const grants = v.object({
  makeChannels: v.string(),
  makeChannelsUntagged: v.string(),
  makeChannelsOfUser: v.string(),
  changeChannels: v.string(),
  makeRooms: v.string(),
  putMetadata: v.string(),
  createChatToken: v.string(),
});

const outputs = v.pipe(
  v.object({
    channel_arn: v.string(),
    room_arn: v.string(),
    spare_recording_arn: v.string(),
    bucket_name: v.string(),
    role_arn: v.string(),
    grants,
  }),
  v.transform((given) => ({
    channelArn: given.channel_arn,
    roomArn: given.room_arn,
    spareRecordingArn: given.spare_recording_arn,
    bucketName: given.bucket_name,
    roleArn: given.role_arn,
    grants: given.grants,
  })),
);

/** What the run's stack has (stacks/doctor/stack.ts). */
export type StackOutputs = v.InferOutput<typeof outputs>;

export const readStackOutputs = (values: Readonly<Record<string, unknown>>): StackOutputs => v.parse(outputs, values);
