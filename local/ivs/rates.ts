import type { Operations } from "../service-model/generated/ivs.types.ts";
import type { Rate } from "../service-model/rates.ts";

const perSecond = (rate: number): readonly Rate[] => [{ perSecond: rate }];

/**
 * Calls per second that the service quotas pages list for each operation, per account and region.
 * Those of ad configurations and InsertAdBreak are unverified.
 */
export const ivsRates: { readonly [Name in keyof Operations]: readonly Rate[] } = {
  BatchGetChannel: perSecond(5),
  BatchGetStreamKey: perSecond(5),
  BatchStartViewerSessionRevocation: perSecond(2),
  CreateAdConfiguration: perSecond(3),
  CreateChannel: perSecond(5),
  CreatePlaybackRestrictionPolicy: perSecond(5),
  CreateRecordingConfiguration: perSecond(3),
  CreateStreamKey: perSecond(5),
  DeleteAdConfiguration: perSecond(3),
  DeleteChannel: perSecond(5),
  DeletePlaybackKeyPair: perSecond(3),
  DeletePlaybackRestrictionPolicy: perSecond(5),
  DeleteRecordingConfiguration: perSecond(3),
  DeleteStreamKey: perSecond(5),
  GetAdConfiguration: perSecond(3),
  GetChannel: perSecond(5),
  GetPlaybackKeyPair: perSecond(3),
  GetPlaybackRestrictionPolicy: perSecond(5),
  GetRecordingConfiguration: perSecond(3),
  GetStream: perSecond(5),
  GetStreamKey: perSecond(5),
  GetStreamSession: perSecond(5),
  ImportPlaybackKeyPair: perSecond(3),
  InsertAdBreak: perSecond(5),
  ListAdConfigurations: perSecond(3),
  ListChannels: perSecond(5),
  ListPlaybackKeyPairs: perSecond(3),
  ListPlaybackRestrictionPolicies: perSecond(5),
  ListRecordingConfigurations: perSecond(3),
  ListStreamKeys: perSecond(5),
  ListStreamSessions: perSecond(5),
  ListStreams: perSecond(5),
  ListTagsForResource: perSecond(10),
  PutMetadata: [{ perSecond: 5, per: "channelArn" }, { perSecond: 155 }],
  StartViewerSessionRevocation: perSecond(10),
  StopStream: perSecond(5),
  TagResource: perSecond(10),
  UntagResource: perSecond(10),
  UpdateAdConfiguration: perSecond(3),
  UpdateChannel: perSecond(5),
  UpdatePlaybackRestrictionPolicy: perSecond(5),
};
