import type { Operations } from "../service-model/generated/ivs.types.ts";
import { anything, every, named, type PermissionTable, type ResourceRule } from "../service-model/permissions.ts";

const revokedChannels: ResourceRule = ({ viewerSessions }) =>
  (viewerSessions as Operations["BatchStartViewerSessionRevocation"]["input"]["viewerSessions"]).map(
    ({ channelArn }) => channelArn,
  );

/**
 * Resource types of each action, from the service authorization reference for Amazon Interactive Video Service.
 * Ad configurations are not in it yet; their lines and InsertAdBreak's follow the pattern of the others (unverified).
 */
export const ivsPermissions: PermissionTable<Operations> = {
  BatchGetChannel: [named("arns")],
  BatchGetStreamKey: [named("arns")],
  BatchStartViewerSessionRevocation: [revokedChannels],
  CreateAdConfiguration: [every("ad-configuration")],
  CreateChannel: [every("channel"), every("stream-key")],
  CreatePlaybackRestrictionPolicy: [every("playback-restriction-policy")],
  CreateRecordingConfiguration: [every("recording-configuration")],
  CreateStreamKey: [every("stream-key")],
  DeleteAdConfiguration: [named("arn")],
  DeleteChannel: [named("arn"), every("stream-key")],
  DeletePlaybackKeyPair: [named("arn")],
  DeletePlaybackRestrictionPolicy: [named("arn")],
  DeleteRecordingConfiguration: [named("arn")],
  DeleteStreamKey: [named("arn")],
  GetAdConfiguration: [named("arn")],
  GetChannel: [named("arn")],
  GetPlaybackKeyPair: [named("arn")],
  GetPlaybackRestrictionPolicy: [named("arn")],
  GetRecordingConfiguration: [named("arn")],
  GetStream: [named("channelArn")],
  GetStreamKey: [named("arn")],
  GetStreamSession: [named("channelArn")],
  ImportPlaybackKeyPair: [every("playback-key")],
  InsertAdBreak: [named("channelArn")],
  ListAdConfigurations: [every("ad-configuration")],
  ListChannels: [every("channel")],
  ListPlaybackKeyPairs: [every("playback-key")],
  ListPlaybackRestrictionPolicies: [anything],
  ListRecordingConfigurations: [every("recording-configuration")],
  ListStreamKeys: [named("channelArn"), every("stream-key")],
  ListStreamSessions: [named("channelArn")],
  ListStreams: [every("channel")],
  ListTagsForResource: [named("resourceArn")],
  PutMetadata: [named("channelArn")],
  StartViewerSessionRevocation: [named("channelArn")],
  StopStream: [named("channelArn")],
  TagResource: [named("resourceArn")],
  UntagResource: [named("resourceArn")],
  UpdateAdConfiguration: [named("arn")],
  UpdateChannel: [named("arn")],
  UpdatePlaybackRestrictionPolicy: [named("arn")],
};
