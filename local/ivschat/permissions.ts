import type { Operations } from "../service-model/generated/ivschat.types.ts";
import { every, named, type PermissionTable } from "../service-model/permissions.ts";

/** Resource types of each action, from the service authorization reference for Amazon IVS Chat. */
export const ivsChatPermissions: PermissionTable<Operations> = {
  CreateChatToken: [named("roomIdentifier")],
  CreateLoggingConfiguration: [every("logging-configuration")],
  CreateRoom: [every("room")],
  DeleteLoggingConfiguration: [named("identifier")],
  DeleteMessage: [named("roomIdentifier")],
  DeleteRoom: [named("identifier")],
  DisconnectUser: [named("roomIdentifier")],
  GetLoggingConfiguration: [named("identifier")],
  GetRoom: [named("identifier")],
  ListLoggingConfigurations: [every("logging-configuration")],
  ListRooms: [every("room")],
  ListTagsForResource: [named("resourceArn")],
  SendEvent: [named("roomIdentifier")],
  TagResource: [named("resourceArn")],
  UntagResource: [named("resourceArn")],
  UpdateLoggingConfiguration: [named("identifier")],
  UpdateRoom: [named("identifier")],
};
