import type { Operations } from "../service-model/generated/ivs.types.ts";
import type { OperationTable } from "../service-model/service.ts";
import { listTagsForResource, tagResource, untagResource } from "../service-model/tags.ts";
import * as ads from "./ad-configuration.ts";
import * as channels from "./channel.ts";
import * as keyPairs from "./playback-key-pair.ts";
import * as restrictions from "./playback-restriction-policy.ts";
import * as recordings from "./recording-configuration.ts";
import type { IvsCall } from "./state.ts";
import * as streams from "./stream.ts";
import * as streamKeys from "./stream-key.ts";
import * as viewerSessions from "./viewer-session.ts";

/** Every operation of the model; the compiler refuses a missing or an unknown one. */
export const ivsOperations: OperationTable<Operations, IvsCall> = {
  BatchGetChannel: channels.batchGetChannel,
  CreateChannel: channels.createChannel,
  DeleteChannel: channels.deleteChannel,
  GetChannel: channels.getChannel,
  ListChannels: channels.listChannels,
  UpdateChannel: channels.updateChannel,

  BatchGetStreamKey: streamKeys.batchGetStreamKey,
  CreateStreamKey: streamKeys.createStreamKey,
  DeleteStreamKey: streamKeys.deleteStreamKey,
  GetStreamKey: streamKeys.getStreamKey,
  ListStreamKeys: streamKeys.listStreamKeys,

  CreateRecordingConfiguration: recordings.createRecordingConfiguration,
  DeleteRecordingConfiguration: recordings.deleteRecordingConfiguration,
  GetRecordingConfiguration: recordings.getRecordingConfiguration,
  ListRecordingConfigurations: recordings.listRecordingConfigurations,

  DeletePlaybackKeyPair: keyPairs.deletePlaybackKeyPair,
  GetPlaybackKeyPair: keyPairs.getPlaybackKeyPair,
  ImportPlaybackKeyPair: keyPairs.importPlaybackKeyPair,
  ListPlaybackKeyPairs: keyPairs.listPlaybackKeyPairs,

  CreatePlaybackRestrictionPolicy: restrictions.createPlaybackRestrictionPolicy,
  DeletePlaybackRestrictionPolicy: restrictions.deletePlaybackRestrictionPolicy,
  GetPlaybackRestrictionPolicy: restrictions.getPlaybackRestrictionPolicy,
  ListPlaybackRestrictionPolicies: restrictions.listPlaybackRestrictionPolicies,
  UpdatePlaybackRestrictionPolicy: restrictions.updatePlaybackRestrictionPolicy,

  CreateAdConfiguration: ads.createAdConfiguration,
  DeleteAdConfiguration: ads.deleteAdConfiguration,
  GetAdConfiguration: ads.getAdConfiguration,
  ListAdConfigurations: ads.listAdConfigurations,
  UpdateAdConfiguration: ads.updateAdConfiguration,

  BatchStartViewerSessionRevocation: viewerSessions.batchStartViewerSessionRevocation,
  StartViewerSessionRevocation: viewerSessions.startViewerSessionRevocation,

  GetStream: streams.getStream,
  GetStreamSession: streams.getStreamSession,
  InsertAdBreak: streams.insertAdBreak,
  ListStreamSessions: streams.listStreamSessions,
  ListStreams: streams.listStreams,
  PutMetadata: streams.putMetadata,
  StopStream: streams.stopStream,

  ListTagsForResource: listTagsForResource,
  TagResource: tagResource,
  UntagResource: untagResource,
};
