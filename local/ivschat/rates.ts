import type { Operations } from "../service-model/generated/ivschat.types.ts";
import type { Rate } from "../service-model/rates.ts";

const perSecond = (rate: number): readonly Rate[] => [{ perSecond: rate }];

/** Calls per second that the service quotas pages list for each operation, per account and region. */
export const ivsChatRates: { readonly [Name in keyof Operations]: readonly Rate[] } = {
  CreateChatToken: perSecond(200),
  CreateLoggingConfiguration: perSecond(3),
  CreateRoom: perSecond(5),
  DeleteLoggingConfiguration: perSecond(3),
  DeleteMessage: perSecond(100),
  DeleteRoom: perSecond(5),
  DisconnectUser: perSecond(100),
  GetLoggingConfiguration: perSecond(3),
  GetRoom: perSecond(5),
  ListLoggingConfigurations: perSecond(3),
  ListRooms: perSecond(5),
  ListTagsForResource: perSecond(10),
  SendEvent: perSecond(100),
  TagResource: perSecond(10),
  UntagResource: perSecond(10),
  UpdateLoggingConfiguration: perSecond(3),
  UpdateRoom: perSecond(5),
};
